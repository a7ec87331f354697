/**
 * Golden logs: saved boots beside the pattern files, each with what has to be told of it.
 *
 * <pre>
 *   web.yaml                          the pattern file
 *   web.log, web.no-license.log       saved output logs
 *   web.no-license.expected.json      what {@code bosky replay} has to tell of one
 * </pre>
 *
 * <p>Start at {@link dev.bosky.golden.GoldenRunner}: it replays a {@link
 * dev.bosky.golden.GoldenLog} and compares. An {@link dev.bosky.golden.Expectation} holds what a
 * team wants to keep and nothing that another machine, day or release would change.
 *
 * <p>Why it is so:
 *
 * <ul>
 *   <li>There is one judge. A golden log goes through {@link dev.bosky.agent.Replay}, as the
 *       agent's lines go through the same pipeline.
 *   <li>An example tests one marker by itself. A golden log tests what the on-call person gets: all
 *       files together, the order, the limits, what was taken back, the verdict.
 *   <li>A log belongs to the pattern file whose name it begins with, up to a dot; whoever names a
 *       folder means every log in it.
 * </ul>
 */
package dev.bosky.golden;
