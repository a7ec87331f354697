package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that a line has to contain before an expression is worth a try.
 *
 * @param text ASCII letters in lower case: the search for literals does not look at their case
 * @param atStart true if it has to stand at the line's very beginning
 */
record Literal(String text, boolean atStart) {
  /** Longer ones are cut: more states to search, hardly fewer lines to try. */
  static final int MAX_BYTES = 12;

  /** Shorter ones occur in nearly every line. */
  static final int MIN_BYTES = 3;

  /** At the beginning of a line fewer bytes tell as much. */
  static final int MIN_BYTES_AT_START = 2;

  byte[] bytes() {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    return all.length <= MAX_BYTES ? all : Arrays.copyOf(all, MAX_BYTES);
  }

  boolean tellsEnough() {
    return bytes().length >= (atStart ? MIN_BYTES_AT_START : MIN_BYTES);
  }

  /** How rare it probably is in a log: longer is rarer, and the beginning of a line is rarer. */
  int rarity() {
    return bytes().length + (atStart ? MIN_BYTES : 0);
  }
}
