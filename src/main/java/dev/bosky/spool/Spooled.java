package dev.bosky.spool;

import dev.bosky.event.Event;

/**
 * An event that waits in the spool.
 *
 * @param number its place in the order of arrival
 */
public record Spooled(long number, Event event) {}
