package dev.bosky.spool;

/**
 * What became of an append.
 *
 * @param added events taken in
 * @param known events left out because one of that id waits already, or was handed in before
 * @param givenUp events that had to give way, new ones among them
 * @param durable whether all that waits is on disk; if not, it is held in memory and the caller
 *     must not save a checkpoint that passes the lines of these events
 */
public record Appended(int added, int known, int givenUp, boolean durable) {}
