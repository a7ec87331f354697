package dev.bosky.source;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One line of a log as it stands in the file: bytes, without its line end.
 *
 * <p>Bytes, because most lines match nothing and need not be decoded. The array is handed over, not
 * copied: whoever made the line no longer touches it, and nobody changes it.
 */
public final class LogLine implements SourceRecord {
  private final String log;
  private final int generation;
  private final long offset;
  private final long number;
  private final byte[] bytes;
  private final boolean cut;

  /**
   * @param log which log this is: {@code output}, {@code cloud-init}, or the path of a further one
   * @param generation counts the files that stood under the log's name, from 0, and goes on across
   *     restarts of the agent
   * @param offset byte position of the line's first byte in that file
   * @param number the line's number in that file, from 1
   * @param bytes the line without its {@code \n} or {@code \r\n}
   * @param cut true if the line was longer than the limit and only its beginning is here
   */
  public LogLine(String log, int generation, long offset, long number, byte[] bytes, boolean cut) {
    this.log = Objects.requireNonNull(log);
    this.generation = generation;
    this.offset = offset;
    this.number = number;
    this.bytes = Objects.requireNonNull(bytes);
    this.cut = cut;
  }

  public String log() {
    return log;
  }

  public int generation() {
    return generation;
  }

  public long offset() {
    return offset;
  }

  public long number() {
    return number;
  }

  public byte[] bytes() {
    return bytes;
  }

  public boolean cut() {
    return cut;
  }

  /** The line as text; invalid UTF-8 shows as U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return log + "#" + generation + "@" + offset + " " + text();
  }
}
