package dev.bosky.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last lines of one log, to show what stood before a failure or where a boot hangs.
 *
 * <p>At most {@link #CAPACITY} lines, of each at most {@link #MAX_BYTES}. For the reader thread
 * only.
 */
final class RecentLines {
  static final int CAPACITY = 64;
  static final int MAX_BYTES = 2048;

  private final CleanLine[] lines = new CleanLine[CAPACITY];
  private long count;

  void add(CleanLine line) {
    lines[(int) (count++ % CAPACITY)] = line.bytes().length > MAX_BYTES ? shortened(line) : line;
  }

  /** A copy, so that no long array is kept for a short piece of it. */
  private static CleanLine shortened(CleanLine line) {
    byte[] bytes =
        Arrays.copyOfRange(
            line.bytes(), line.start(), Math.min(line.end(), line.start() + MAX_BYTES));
    return new CleanLine(
        line.log(),
        line.generation(),
        line.offset(),
        line.number(),
        bytes,
        0,
        bytes.length,
        line.cut() || line.length() > MAX_BYTES);
  }

  /** All that is kept, oldest first. */
  List<CleanLine> all() {
    List<CleanLine> all = new ArrayList<>();
    for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
      all.add(lines[(int) (i % CAPACITY)]);
    }
    return all;
  }

  /** The last lines that are wanted, oldest first. */
  List<CleanLine> last(int wanted, Predicate<CleanLine> which) {
    List<CleanLine> chosen = new ArrayList<>(all());
    chosen.removeIf(which.negate());
    return chosen.subList(Math.max(0, chosen.size() - wanted), chosen.size());
  }

  boolean isEmpty() {
    return count == 0;
  }
}
