package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Finds a line of cloud-init that follows output without a newline at its end.
 *
 * <pre>
 *   no newline at the endCloud-init v. 22.4.2 finished at …
 *   no newline at the end2025-11-22 12:15:00,613 - cc_scripts_user.py[WARNING]: Failed to run …
 * </pre>
 *
 * <p>A script that prints such a text in the middle of a line of its own is taken for cloud-init.
 */
final class GluedLine {
  private static final byte[] BANNER = "Cloud-init v. ".getBytes(US_ASCII);
  private static final byte[] RUNNING = " running '".getBytes(US_ASCII);
  private static final byte[] FINISHED = " finished at ".getBytes(US_ASCII);
  private static final byte[] PYTHON = ".py".getBytes(US_ASCII);
  private static final byte[][] LEVELS = {
    "[WARNING]: ".getBytes(US_ASCII),
    "[ERROR]: ".getBytes(US_ASCII),
    "[CRITICAL]: ".getBytes(US_ASCII),
    "[DEPRECATED]: ".getBytes(US_ASCII),
  };

  /** {@code 0000-00-00 00:00:00,000 - }: a 0 stands for any digit. */
  private static final byte[] TIME = "0000-00-00 00:00:00,000 - ".getBytes(US_ASCII);

  /** A version and a file name are at most this long. */
  private static final int MAX_NAME = 80;

  private GluedLine() {}

  /**
   * Looks at a {@code C} (a banner may begin there) or a {@code [} (a level may begin there).
   *
   * @param from the line of cloud-init begins behind this position
   * @return where that line begins, or -1 if there is none
   */
  static int startAt(byte[] bytes, int from, int at) {
    return bytes[at] == 'C' ? banner(bytes, from, at) : message(bytes, from, at);
  }

  private static int banner(byte[] bytes, int from, int at) {
    if (at == from || !Ascii.has(bytes, at, bytes.length, BANNER)) {
      return -1;
    }
    int i = at + BANNER.length;
    int stop = Math.min(bytes.length, i + MAX_NAME);
    while (i < stop && bytes[i] > ' ') {
      i++;
    }
    return Ascii.has(bytes, i, bytes.length, RUNNING) || Ascii.has(bytes, i, bytes.length, FINISHED)
        ? at
        : -1;
  }

  /**
   * Whether the first banner of a boot stands right behind this text, in the same line of the log:
   * then the text is the last word of the boot before, which was cut off in the middle of a line.
   */
  static boolean isFollowedByBoot(CleanLine line) {
    byte[] bytes = line.bytes();
    return Ascii.has(bytes, line.end(), bytes.length, BANNER)
        && Banner.of(new String(bytes, line.end(), bytes.length - line.end(), UTF_8))
            .flatMap(Banner::stage)
            .filter(Stage.INIT_LOCAL::equals)
            .isPresent();
  }

  private static int message(byte[] bytes, int from, int at) {
    if (at - PYTHON.length <= from
        || !Ascii.has(bytes, at - PYTHON.length, bytes.length, PYTHON)
        || !level(bytes, at)) {
      return -1;
    }
    int name = at - PYTHON.length;
    int stop = Math.max(from, name - MAX_NAME);
    while (name > stop && Ascii.isWord(bytes[name - 1])) {
      name--;
    }
    int start = name - TIME.length;
    return start > from && hasTime(bytes, start) ? start : -1;
  }

  private static boolean level(byte[] bytes, int at) {
    for (byte[] level : LEVELS) {
      if (Ascii.has(bytes, at, bytes.length, level)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTime(byte[] bytes, int start) {
    for (int i = 0; i < TIME.length; i++) {
      byte b = bytes[start + i];
      if (TIME[i] == '0' ? !Ascii.isDigit(b) : b != TIME[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where in the raw line the glued one begins that was found in its cleaned copy.
   *
   * @param raw the line as it stands in the file
   * @param from where to begin to look
   * @return its place in {@code raw}, or {@code from} if control codes stand within it
   */
  static int find(byte[] raw, int from, byte[] clean, int start, int end) {
    int length = Math.min(TIME.length, end - start);
    for (int i = from; i + length <= raw.length; i++) {
      if (raw[i] == clean[start]
          && Arrays.equals(raw, i, i + length, clean, start, start + length)) {
        return i;
      }
    }
    return Math.min(from, raw.length);
  }
}
