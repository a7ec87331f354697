package dev.bosky.boot;

import java.util.Arrays;

/** Questions about bytes that are ASCII or else part of a UTF-8 character. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** A letter, a digit or an underscore. */
  static boolean isWord(byte b) {
    byte lower = (byte) (b | 0x20);
    return (lower >= 'a' && lower <= 'z') || isDigit(b) || b == '_';
  }

  /** Whether {@code word} stands at {@code at}, and ends before {@code end}. */
  static boolean has(byte[] bytes, int at, int end, byte[] word) {
    return at >= 0
        && at + word.length <= end
        && bytes[at] == word[0]
        && Arrays.equals(bytes, at, at + word.length, word, 0, word.length);
  }
}
