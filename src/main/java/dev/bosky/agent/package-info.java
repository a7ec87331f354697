/**
 * Wires the parts. Start at {@link dev.bosky.agent.Agent}, whose two threads run the whole flow,
 * and {@link dev.bosky.agent.Pipeline}, the part of it that needs neither threads, disk nor
 * network: {@link dev.bosky.agent.Replay} is that part alone, over a saved log.
 */
package dev.bosky.agent;
