package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The expressions that open failures wait for, each as the {@code cleared_by} of a marker with the
 * captures of one failure filled in.
 *
 * <p>Making one costs as much as some hundred lines, and a loop that fails, ends well and fails
 * again waits for the same line each time. So one that is no longer waited for is kept for a while,
 * and only {@value #MAX_UNINDEXED} are added before the filter is made anew.
 *
 * <p>For one thread.
 */
final class ClearingLines {
  /** So many are kept although nothing waits for them: the filter's making grows with them. */
  static final int MAX_IDLE = 32;

  /** So many are tried on each line, because the filter does not know them yet. */
  private static final int MAX_UNINDEXED = 16;

  /** For the automaton of one. */
  private static final long MAX_AUTOMATON_BYTES = 64 << 10;

  /** Those that the filter knows come first, in its order. */
  private final List<Awaited> all = new ArrayList<>();

  private int indexed;
  private Prefilter prefilter = new Prefilter(List.of());
  private final Prefilter.Room room = new Prefilter.Room();

  /** One expression, and whether a failure waits for it. */
  private static final class Awaited {
    final Expression expression;
    final QuickCheck quickCheck;
    boolean waitedFor = true;

    Awaited(Expression expression) {
      this.expression = expression;
      this.quickCheck = new QuickCheck(expression, new LazyDfa.Room(MAX_AUTOMATON_BYTES));
    }

    boolean isIn(CleanLine line) {
      return waitedFor
          && quickCheck.perhaps(line.bytes(), line.start(), LineMatcher.headEnd(line))
          && expression.foundIn(LineMatcher.head(line));
    }
  }

  /**
   * Waits for lines with this expression.
   *
   * @return false if it cannot be: a capture may be so long that the expression passes its bound
   */
  boolean add(String expression) {
    for (Awaited awaited : all) {
      if (awaited.expression.text().equals(expression)) {
        awaited.waitedFor = true;
        return true;
      }
    }
    try {
      all.add(new Awaited(Expression.compile(expression)));
    } catch (ExpressionException e) {
      return false;
    }
    if (all.size() - indexed > MAX_UNINDEXED) {
      index();
    }
    return true;
  }

  private void index() {
    if (all.stream().filter(awaited -> !awaited.waitedFor).count() > MAX_IDLE) {
      all.removeIf(awaited -> !awaited.waitedFor);
    }
    indexed = all.size();
    prefilter = new Prefilter(all.stream().map(a -> a.expression.requirements()).toList());
  }

  /** No failure waits for this one any more. */
  void release(String expression) {
    for (Awaited awaited : all) {
      awaited.waitedFor &= !awaited.expression.text().equals(expression);
    }
  }

  /** Those that are in this line; the caller may change the answer. */
  Set<String> matching(CleanLine line) {
    BitSet candidates = prefilter.scan(line.bytes(), line.start(), LineMatcher.headEnd(line), room);
    candidates.set(indexed, all.size());
    Set<String> matching = new HashSet<>();
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (all.get(i).isIn(line)) {
        matching.add(all.get(i).expression.text());
      }
    }
    return matching;
  }
}
