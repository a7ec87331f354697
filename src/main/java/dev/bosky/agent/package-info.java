/**
 * Wires the parts. Start at {@link dev.bosky.agent.Agent}, whose two threads run the whole flow,
 * and {@link dev.bosky.agent.Pipeline}, the part of it that needs neither threads, disk nor
 * network: {@link dev.bosky.agent.Replay} is that part alone, over a saved log. {@link
 * dev.bosky.agent.Matching} is what it matches by, and what a boot is judged by, {@code Failures}
 * makes of what markers found.
 *
 * <p>{@link dev.bosky.agent.AgentReader} is the reader's thread, step by step; {@link
 * dev.bosky.agent.FollowedLogs} are the logs it reads, which {@link dev.bosky.agent.AgentLogs}
 * finds. {@link dev.bosky.agent.Resumption} is what an earlier agent left, and {@link
 * dev.bosky.agent.PreviousBoot} settles what that one still owed. {@link dev.bosky.agent.Delivery}
 * is the publisher's thread. What may take a while to find out, that the machine goes down or
 * cloud-init has died, is watched by {@link dev.bosky.agent.GoingDown} beside both threads: the
 * reader only asks for what is known by now.
 */
package dev.bosky.agent;
