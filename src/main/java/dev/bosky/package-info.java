/**
 * Bosky: tells an event bus how an instance's user data went. The map, in reading order:
 *
 * <pre>
 * log file    -&gt; LogTailer  -+
 *                            +-&gt; Pipeline -&gt; Event -&gt; [ Spool ] -&gt; Publisher -&gt; EventSink -&gt; EventBridge
 * result.json -&gt; StatusFile -+   (BootTracker, MatchSession)                  `-&gt; DeadLetters
 *                |&lt;------- thread "agent-reader" -------&gt;|       |&lt;-- thread "agent-publisher" --&gt;|
 * </pre>
 *
 * <ol>
 *   <li>{@link dev.bosky.source}: bytes in; one path as one endless source, across rotation.
 *   <li>{@link dev.bosky.boot}: what cloud-init is doing, and the one verdict of each boot.
 *   <li>{@link dev.bosky.match}: pattern files, matching, masking.
 *   <li>{@link dev.bosky.identity}: which instance this is.
 *   <li>{@link dev.bosky.event}: what is published, and its size.
 *   <li>{@link dev.bosky.spool}: the durable middle: events, checkpoint, dead letters.
 *   <li>{@link dev.bosky.publish}: events out, with retries.
 *   <li>{@link dev.bosky.agent}: wires all of it, owns both threads; {@code replay} is the same
 *       without threads, disk and network.
 *   <li>{@link dev.bosky.golden}: saved logs, and what has to be told of them.
 *   <li>{@link dev.bosky.bus}: a local event bus for a laptop and for the tests.
 *   <li>{@link dev.bosky.install}: the service, its user and its folders, put on a machine.
 *   <li>{@link dev.bosky.config} and {@link dev.bosky.cli}: options, files, commands.
 * </ol>
 *
 * <p>A package depends only on those above it. Order is the design: an event is on disk before the
 * checkpoint passes its line, and leaves the disk when the service took that very entry. A crash at
 * any point repeats and never loses.
 */
package dev.bosky;
