package dev.bosky.source;

/**
 * Trouble a source met that someone should know of: it went on, but something may be missing.
 *
 * @param code the kind of trouble in lower case with hyphens, one of the constants here
 * @param count how many bytes, or 0 if that is not known
 * @param text one sentence: where, what, how much
 */
public record SourceNotice(String code, long count, String text) implements SourceRecord {
  /** Bytes of a log were gone before they were read; the count is what is known of them. */
  public static final String BYTES_MISSED = "bytes-missed";

  /** A log was emptied; all of it that was known had been read, but more may have been there. */
  public static final String TRUNCATED = "truncated";

  /** A file is there and cannot be read: no permission, no regular file, a disk error. */
  public static final String UNREADABLE = "unreadable";
}
