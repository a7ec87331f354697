package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A text that a line has to contain before an expression is worth a try.
 *
 * @param text not empty; ASCII letters in lower case: the search does not look at their case
 * @param atStart true if it has to stand at the line's very beginning
 */
record Literal(String text, boolean atStart) {
  /** Longer ones are cut. */
  static final int MAX_BYTES = 32;

  /**
   * What is looked for of one, unless many begin alike: more would be more states to search, and
   * hardly fewer lines to try.
   */
  static final int USUAL_BYTES = 8;

  /** Shorter ones occur in very many lines. */
  static final int MIN_LENGTH = 3;

  /** More alternatives than this say nothing. */
  static final int MAX_ALTERNATIVES = 128;

  /** At most so many bytes of its beginning. */
  byte[] bytes(int most) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    return all.length <= most ? all : Arrays.copyOf(all, most);
  }

  /** At most so many characters of its beginning. */
  String head(int most) {
    return text.substring(0, Math.min(most, text.length()));
  }

  boolean tellsEnough() {
    return atStart || text.length() >= MIN_LENGTH;
  }

  /** Alternatives with these texts; none if one of them is empty. */
  static Set<Literal> alternatives(Set<String> texts, boolean atStart) {
    Set<Literal> literals = new LinkedHashSet<>();
    for (String text : texts) {
      if (text.isEmpty()) {
        return Set.of();
      }
      literals.add(new Literal(text, atStart));
    }
    return literals;
  }

  /**
   * How much a set of alternatives probably narrows: the longer its shortest text the more, at the
   * beginning of a line more still. 0 for an empty set, which says nothing.
   */
  static int rarity(Set<Literal> alternatives) {
    int worst = alternatives.isEmpty() ? 0 : Integer.MAX_VALUE;
    for (Literal literal : alternatives) {
      int length = Math.min(literal.text.length(), USUAL_BYTES);
      worst = Math.min(worst, length + (literal.atStart ? MIN_LENGTH : 0));
    }
    return worst == 0 ? 0 : worst * MAX_ALTERNATIVES - Math.min(alternatives.size(), 100);
  }
}
