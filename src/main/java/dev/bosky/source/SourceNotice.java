package dev.bosky.source;

/**
 * Trouble a source met that someone should know of: it went on, but something may be missing.
 *
 * @param code the kind of trouble in lower case with hyphens, such as {@code bytes-missed}
 * @param count how many (bytes, lines), or 0 if that is not known
 * @param text one sentence: where, what, how much
 */
public record SourceNotice(String code, long count, String text) implements SourceRecord {}
