package dev.bosky.match;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The syntax tree of an expression, as far as it matters for what a line has to look like: groups,
 * word boundaries and the greed of repetitions are left out.
 */
sealed interface Syntax {
  /** Nothing, wherever it is asked: the empty group, and {@code \b}, which is taken as true. */
  record Nothing() implements Syntax {}

  /** The beginning of the line. */
  record Begin() implements Syntax {}

  /** The end of the line. */
  record End() implements Syntax {}

  /**
   * One character of a set.
   *
   * @param bytes the ASCII characters of the set; and, all together or not at all, the bytes from
   *     0x80 on, which stand for some character beyond ASCII
   * @param few the characters one by one, with ASCII letters in lower case, if they are few
   */
  record Characters(BitSet bytes, Optional<Set<String>> few) implements Syntax {}

  /** One after the other. */
  record Sequence(List<Syntax> parts) implements Syntax {}

  /** One or the other. */
  record Either(List<Syntax> parts) implements Syntax {}

  /**
   * Repeated.
   *
   * @param max -1 for without end
   */
  record Repeat(Syntax part, int min, int max) implements Syntax {}

  Syntax NOTHING = new Nothing();
  Syntax BEGIN = new Begin();
  Syntax END = new End();

  /** Any character. */
  static Syntax anyCharacter() {
    return new Characters(Bytes.any(), Optional.empty());
  }

  static Syntax sequence(List<Syntax> parts) {
    return parts.size() == 1 ? parts.get(0) : new Sequence(List.copyOf(parts));
  }

  static Syntax either(List<Syntax> parts) {
    return parts.size() == 1 ? parts.get(0) : new Either(List.copyOf(parts));
  }
}
