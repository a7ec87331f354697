package dev.bosky.bus;

/**
 * An entry that was refused by itself, under HTTP 200.
 *
 * @param code the service's code, such as {@code InvalidArgument}
 * @param message the service's words
 */
public record RefusedEntry(String code, String message) implements EntryResult {}
