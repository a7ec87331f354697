package dev.bosky.spool;

import dev.bosky.event.Event;
import java.time.Instant;

/**
 * An event that a sink will never take.
 *
 * @param sink the name of the sink that refuses it
 * @param code the service's code, such as {@code InvalidArgument}
 * @param reason in words
 * @param time when it was refused
 */
public record DeadLetter(Event event, String sink, String code, String reason, Instant time) {}
