package dev.bosky.match;

import java.nio.charset.StandardCharsets;

/**
 * Follows a log line by line and says which lines are the inside of a private key.
 *
 * <p>It assumes that a key's lines are base64 without spaces, perhaps indented, quoted, or with a
 * shell's trace in front. A block whose end never comes is left after {@value #MAX_STRANGERS} lines
 * that look otherwise, or after {@value #MAX_LINES} lines: until then a line of one single word is
 * masked too.
 */
final class KeyBlock {
  /** A key of 16,384 bits has about 200 lines. */
  static final int MAX_LINES = 250;

  /** Lines of other programs that may stand within a key. */
  static final int MAX_STRANGERS = 3;

  private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PRIVATE = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
  private static final String[] HEADERS = {"Proc-Type:", "DEK-Info:", "Comment:", "Version:"};

  private int linesLeft;
  private int strangers;

  /** Takes the next line; true if it is the inside of a private key. */
  boolean next(byte[] bytes, int start, int end) {
    int begin = indexOf(BEGIN, bytes, start, end);
    if (begin >= 0) {
      boolean opens =
          indexOf(PRIVATE, bytes, begin, end) >= 0 && indexOf(END, bytes, begin, end) < 0;
      linesLeft = opens ? MAX_LINES : 0;
      strangers = 0;
      return false;
    }
    if (linesLeft == 0) {
      return false;
    }
    linesLeft--;
    if (indexOf(END, bytes, start, end) >= 0) {
      linesLeft = 0;
      return true;
    }
    if (looksLikeKey(new String(bytes, start, end - start, StandardCharsets.UTF_8))) {
      strangers = 0;
      return true;
    }
    if (++strangers > MAX_STRANGERS) {
      linesLeft = 0;
    }
    return false;
  }

  /** Lines that may still belong to a key, for the checkpoint; 0 outside of one. */
  int linesLeft() {
    return linesLeft;
  }

  static KeyBlock restored(int linesLeft) {
    KeyBlock block = new KeyBlock();
    block.linesLeft = Math.max(0, Math.min(linesLeft, MAX_LINES));
    return block;
  }

  /** A line within a key with all its letters and digits masked; the end mark stays. */
  static String mask(String line) {
    int end = line.indexOf("-----END ");
    String inside = end < 0 ? line : line.substring(0, end);
    return inside.replaceAll("[A-Za-z0-9+/=]", "*") + (end < 0 ? "" : line.substring(end));
  }

  private static boolean looksLikeKey(String line) {
    String text = line.strip();
    while (!text.isEmpty() && "+>|'\" \t".indexOf(text.charAt(0)) >= 0) {
      text = text.substring(1);
    }
    for (String header : HEADERS) {
      if (text.startsWith(header)) {
        return true;
      }
    }
    return text.chars().allMatch(KeyBlock::base64);
  }

  private static boolean base64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/=\\'\",".indexOf(c) >= 0;
  }

  /** Where {@code wanted} (which begins with five dashes, or is searched rarely) stands, or -1. */
  private static int indexOf(byte[] wanted, byte[] bytes, int start, int end) {
    int last = end - wanted.length;
    for (int i = start; i <= last; i++) {
      if (bytes[i] == wanted[0] && matches(wanted, bytes, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] wanted, byte[] bytes, int at) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
