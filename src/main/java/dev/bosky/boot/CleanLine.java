package dev.bosky.boot;

import java.nio.charset.StandardCharsets;

/**
 * A program's own words: a log line without console or journal prefix, escape sequences and
 * overwritten parts. One {@link dev.bosky.source.LogLine} gives several where a banner of
 * cloud-init was glued to other output.
 *
 * <p>{@code bytes} is UTF-8, from {@code start} to {@code end}; nobody changes it. Kept as bytes
 * until something may match.
 */
public final class CleanLine {
  private final String log;
  private final int generation;
  private final long offset;
  private final long number;
  private final byte[] bytes;
  private final int start;
  private final int end;
  private final boolean cut;
  private String text;

  public CleanLine(
      String log,
      int generation,
      long offset,
      long number,
      byte[] bytes,
      int start,
      int end,
      boolean cut) {
    this.log = log;
    this.generation = generation;
    this.offset = offset;
    this.number = number;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.cut = cut;
  }

  /** Which log: {@code output}, {@code cloud-init}, or a path. */
  public String log() {
    return log;
  }

  public int generation() {
    return generation;
  }

  /** Byte position in the file of the first byte of this line (of the glued part, if it is one). */
  public long offset() {
    return offset;
  }

  public long number() {
    return number;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int length() {
    return end - start;
  }

  /** The line without so many bytes at its beginning. */
  CleanLine from(int count) {
    return new CleanLine(log, generation, offset, number, bytes, start + count, end, cut);
  }

  /** True if the line was longer than the limit. */
  public boolean cut() {
    return cut;
  }

  /** The line as text, decoded once. Not masked: never let it leave the machine as it is. */
  public String text() {
    if (text == null) {
      text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    return text;
  }

  @Override
  public String toString() {
    return text();
  }
}
