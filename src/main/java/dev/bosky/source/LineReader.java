package dev.bosky.source;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Bytes to lines: each with the offset of its first byte. Knows no files.
 *
 * <p>A line ends with {@code \n}; a {@code \r} before it belongs to the line end. Everything else
 * is handed on as it stands, invalid UTF-8 and control codes too, with one exception: NUL bytes at
 * the beginning of a line are dropped. They are the hole that a writer without {@code O_APPEND}
 * leaves when its file is emptied under it.
 *
 * <p>Memory is bounded by the longest line allowed: of a longer one the beginning is given, marked
 * as cut, as soon as the limit is passed, and the rest is dropped up to its line end.
 *
 * <p>Not thread-safe.
 */
public final class LineReader {
  /** The longest line, in bytes, that is kept whole: far above any text a person would read. */
  public static final int DEFAULT_MAX_LINE_BYTES = 256 * 1024;

  /** The highest limit that can be asked for, in bytes: a line is held in memory. */
  public static final int MOST_MAX_LINE_BYTES = 64 * 1024 * 1024;

  /** A buffer larger than this is given back once its line is done. */
  private static final int KEPT_BUFFER_BYTES = 8 * 1024;

  private final String log;
  private final int generation;
  private final int maxLineBytes;

  /** The line's bytes so far: at most the limit, and one that may be the {@code \r} of its end. */
  private byte[] pending = new byte[256];

  private int pendingLength;

  /** Where the pending bytes begin in the file. */
  private long offset;

  /** How many line ends there were before {@link #offset}. */
  private long lines;

  private Given given;

  /** What of the line at a place has been handed on already. */
  public enum Given {
    /** Nothing: the place is where the line begins. */
    NOTHING,
    /** Its beginning, by {@link #flush}: what follows is a line of its own, if it is not empty. */
    BEGINNING,
    /** Its beginning, as a cut line: what follows is dropped up to the line end. */
    CUT
  }

  /**
   * Where reading can begin, or begin again.
   *
   * @param offset of the next byte to be fed
   * @param lines how many line ends come before it
   * @param given what of the line that goes on there has been handed on
   */
  public record Place(long offset, long lines, Given given) {
    /** The beginning of a file. */
    public static final Place START = new Place(0, 0, Given.NOTHING);

    public Place {
      Objects.requireNonNull(given);
      if (offset < 0 || lines < 0) {
        throw new IllegalArgumentException("a place before the file: " + offset + ", " + lines);
      }
    }
  }

  /** Reads a whole file of the log named, from its beginning. */
  public LineReader(String log, int generation, int maxLineBytes) {
    this(log, generation, maxLineBytes, Place.START);
  }

  /**
   * @param log which log the lines are of
   * @param generation which file of that log
   * @param maxLineBytes the longest line that is kept whole, without its line end
   * @param from where the first byte that will be fed stands
   */
  public LineReader(String log, int generation, int maxLineBytes, Place from) {
    if (maxLineBytes < 1 || maxLineBytes > MOST_MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          "maxLineBytes must be between 1 and " + MOST_MAX_LINE_BYTES + ", is " + maxLineBytes);
    }
    this.log = Objects.requireNonNull(log);
    this.generation = generation;
    this.maxLineBytes = maxLineBytes;
    offset = from.offset();
    lines = from.lines();
    given = from.given();
  }

  /**
   * Takes the bytes {@code from} (inclusive) to {@code to} (exclusive) and gives the lines in them.
   */
  public void feed(byte[] bytes, int from, int to, Consumer<? super LogLine> out) {
    int at = from;
    while (at < to) {
      if (pendingLength == 0 && bytes[at] == 0 && given != Given.CUT) {
        int text = skipHole(bytes, at, to);
        offset += text - at;
        at = text;
        continue;
      }
      int end = lineEnd(bytes, at, to);
      if (end == to) {
        keep(bytes, at, to, out);
        return;
      }
      finish(bytes, at, end, out);
      at = end + 1;
    }
  }

  /**
   * Gives what there is of a line without its end. Its newline, when it comes, gives nothing again;
   * further text before that is a line of its own.
   */
  public void flush(Consumer<? super LogLine> out) {
    if (pendingLength == 0) {
      return;
    }
    give(pending, 0, pendingLength, false, out);
    offset += pendingLength;
    given = Given.BEGINNING;
    clearPending();
  }

  /** True if bytes wait for their line end. */
  public boolean hasPartial() {
    return pendingLength > 0;
  }

  /** Where to begin again so that no line is lost and none comes twice: half a line is fed anew. */
  public Place place() {
    return new Place(offset, lines, given);
  }

  private void keep(byte[] bytes, int from, int to, Consumer<? super LogLine> out) {
    int length = to - from;
    if (given == Given.CUT) {
      offset += length;
      return;
    }
    int room = maxLineBytes + 1 - pendingLength;
    append(bytes, from, Math.min(length, room));
    if (length > room) {
      give(pending, 0, pendingLength, true, out);
      offset += pendingLength + (length - room);
      given = Given.CUT;
      clearPending();
    }
  }

  private void finish(byte[] bytes, int from, int end, Consumer<? super LogLine> out) {
    int length = end - from;
    int before = pendingLength;
    if (given != Given.CUT && before == 0) {
      give(bytes, from, length, false, out);
    } else if (given != Given.CUT) {
      int room = maxLineBytes + 1 - before;
      append(bytes, from, Math.min(length, room));
      give(pending, 0, pendingLength, length > room, out);
    }
    offset += before + length + 1L;
    lines++;
    given = Given.NOTHING;
    clearPending();
  }

  /** Hands on one line, or the part of it that the limit allows; {@code more}: it goes on. */
  private void give(
      byte[] bytes, int from, int length, boolean more, Consumer<? super LogLine> out) {
    boolean crlf = !more && length > 0 && bytes[from + length - 1] == '\r';
    int content = crlf ? length - 1 : length;
    if (content == 0 && given == Given.BEGINNING) {
      return;
    }
    boolean cut = content > maxLineBytes;
    byte[] line = Arrays.copyOfRange(bytes, from, from + (cut ? maxLineBytes : content));
    out.accept(new LogLine(log, generation, offset, lines + 1, line, cut));
  }

  private void append(byte[] bytes, int from, int length) {
    int needed = pendingLength + length;
    if (needed > pending.length) {
      int doubled = (int) Math.min(pending.length * 2L, maxLineBytes + 1L);
      pending = Arrays.copyOf(pending, Math.max(needed, doubled));
    }
    System.arraycopy(bytes, from, pending, pendingLength, length);
    pendingLength = needed;
  }

  private void clearPending() {
    pendingLength = 0;
    if (pending.length > KEPT_BUFFER_BYTES) {
      pending = new byte[256];
    }
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return to;
  }

  private static int skipHole(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] == 0) {
      i++;
    }
    return i;
  }
}
