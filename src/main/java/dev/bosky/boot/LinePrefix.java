package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Recognises what a console or a journal writes before a line of cloud-init.
 *
 * <pre>
 *   [   12.345678] cloud-init[99]:                          kernel console
 *   Jun 07 10:00:00 host cloud-init[99]:                    journal, syslog; Amazon Linux 2 without host
 *   2025-06-07T10:00:00.123456+00:00 host cloud-init[99]:   journal, ISO dates
 * </pre>
 *
 * <p>The program may be {@code user-data} too, the tag in the snippet that sends a script's output
 * to {@code logger}, which writes a priority {@code <13>} in front. Lines of other programs keep
 * their prefix: in a console's log it tells them from the script's output.
 */
final class LinePrefix {
  private static final byte[][] PROGRAMS = {
    "cloud-init".getBytes(US_ASCII), "user-data".getBytes(US_ASCII)
  };
  private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(US_ASCII);

  /** The console's, and behind it that of Amazon Linux 2. */
  private static final int MOST = 2;

  /** A host name in a prefix is at most this long. */
  private static final int MAX_HOST = 255;

  private final byte[] bytes;
  private final int end;
  private int at;

  private LinePrefix(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Where the program's own words begin: {@code start} if there is no such prefix. */
  static int end(byte[] bytes, int start, int end) {
    int words = start;
    for (int i = 0; i < MOST; i++) {
      words = endOfOne(bytes, words, end);
    }
    return words;
  }

  private static int endOfOne(byte[] bytes, int start, int end) {
    if (start >= end || !mayBegin(bytes[start])) {
      return start;
    }
    LinePrefix prefix = new LinePrefix(bytes, start, end);
    return prefix.matches() ? prefix.at : start;
  }

  private static boolean mayBegin(byte b) {
    return b == '[' || b == '<' || (b >= 'A' && b <= 'S') || Ascii.isDigit(b);
  }

  private boolean matches() {
    if (take('[')) {
      return consoleTime() && program();
    }
    if (take('<')) {
      if (digits() == 0 || !take('>')) {
        return false;
      }
    }
    if (!syslogTime() && !isoTime()) {
      return false;
    }
    int afterTime = at;
    if (program()) {
      return true;
    }
    at = afterTime;
    return host() && program();
  }

  private boolean consoleTime() {
    spaces();
    return digits() > 0 && take('.') && digits() > 0 && take(']') && take(' ');
  }

  /** {@code Jun 07 10:00:00 } or {@code Jun 7 10:00:00 }. */
  private boolean syslogTime() {
    if (!month()) {
      return false;
    }
    return take(' ') && spaces() && digits() > 0 && take(' ') && clock() && take(' ');
  }

  private boolean month() {
    for (int m = 0; m < MONTHS.length && at + 3 <= end; m += 3) {
      if (bytes[at] == MONTHS[m]
          && bytes[at + 1] == MONTHS[m + 1]
          && bytes[at + 2] == MONTHS[m + 2]) {
        at += 3;
        return true;
      }
    }
    return false;
  }

  /** {@code 2025-06-07T10:00:00.123456+00:00 }; never cloud-init's own, which has a space for T. */
  private boolean isoTime() {
    if (digits() != 4 || !take('-') || digits() != 2 || !take('-') || digits() != 2 || !take('T')) {
      return false;
    }
    if (!clock()) {
      return false;
    }
    if ((take('.') || take(',')) && digits() == 0) {
      return false;
    }
    if (!take('Z') && (take('+') || take('-'))) {
      digits();
      if (take(':')) {
        digits();
      }
    }
    return take(' ');
  }

  private boolean clock() {
    return digits() == 2 && take(':') && digits() == 2 && take(':') && digits() == 2;
  }

  private boolean host() {
    int start = at;
    while (at < end && bytes[at] > ' ' && at - start <= MAX_HOST) {
      at++;
    }
    return at > start && take(' ');
  }

  /** {@code cloud-init[99]: }, the number and the last space may be missing. */
  private boolean program() {
    for (byte[] name : PROGRAMS) {
      if (Ascii.has(bytes, at, end, name)) {
        at += name.length;
        if (take('[') && (digits() == 0 || !take(']'))) {
          return false;
        }
        boolean colon = take(':');
        take(' ');
        return colon;
      }
    }
    return false;
  }

  private boolean take(char c) {
    if (at < end && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean spaces() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return true;
  }

  private int digits() {
    int start = at;
    while (at < end && Ascii.isDigit(bytes[at])) {
      at++;
    }
    return at - start;
  }
}
