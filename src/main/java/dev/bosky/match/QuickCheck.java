package dev.bosky.match;

import java.util.Optional;

/**
 * Rules an expression out without RE2/J, once it has been tried often enough for that to pay.
 *
 * <p>For one thread.
 */
final class QuickCheck {
  /** Before this many tries, making the automaton would take longer than RE2/J does. */
  static final int MIN_TRIES = 8;

  private final Expression expression;
  private final LazyDfa.Room room;
  private Optional<LazyDfa> automaton = Optional.empty();
  private int tries;

  QuickCheck(Expression expression, LazyDfa.Room room) {
    this.expression = expression;
    this.room = room;
  }

  /** False if the expression cannot match. */
  boolean perhaps(byte[] bytes, int start, int end) {
    if (tries < MIN_TRIES && ++tries == MIN_TRIES) {
      automaton = expression.quickCheck(room);
    }
    return automaton.isEmpty() || automaton.get().perhaps(bytes, start, end);
  }
}
