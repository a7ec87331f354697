/**
 * What outlives a process: events that wait, the agent's documents, and the folder they are in.
 *
 * <p>Start with {@link dev.bosky.spool.Spool}, the one place where the reader's and the publisher's
 * threads meet, then {@link dev.bosky.spool.StateFile} and {@link dev.bosky.spool.StateFolder}.
 * {@link dev.bosky.spool.DeadLetters} keeps what can never be delivered, {@link
 * dev.bosky.spool.Inbox} takes what other processes hand over.
 *
 * <p>Why a file an event and not a log with a position in it: a boot has tens of events, a file is
 * whole or not there, and an event leaves by having its file removed, in whatever order the sinks
 * take them. Every disk call goes through {@link dev.bosky.spool.Storage}, so that the tests can
 * stop at each one and look what is left.
 */
package dev.bosky.spool;
