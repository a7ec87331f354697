package dev.bosky.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which of many literals occur in a line, in one pass over its bytes.
 *
 * <p>The algorithm of Aho and Corasick with all its steps in one dense table: a step is two array
 * reads, however many literals there are. ASCII letters are compared without regard to case.
 * Immutable, for any thread.
 */
final class LiteralAutomaton {
  private static final int NONE = -1;

  /** If more than so many begin alike, more of each is looked for. */
  private static final int MAX_ALIKE = 4;

  /** For each byte its column in the table; column 0 is for all bytes that no literal has. */
  private final int[] columnOf = new int[256];

  private final int width;

  /** Next state by state and column; a state is the index of its row, the root's is 0. */
  private final int[] next;

  /** States from here on report something. */
  private final int firstReporting;

  /** What a state reports, from {@link #firstReporting} on. */
  private final int[][] reports;

  /**
   * A literal to look for.
   *
   * @param literal what occurs
   * @param length so many bytes of it are looked for
   * @param number is reported when it occurs; several literals may have the same
   */
  private record Entry(Literal literal, int length, int number) {
    byte[] bytes() {
      return literal.bytes(length);
    }
  }

  /** The literals to look for, each with its number. */
  static final class Entries {
    private final List<Entry> entries = new ArrayList<>();

    void add(Literal literal, int number) {
      entries.add(new Entry(literal, Literal.USUAL_BYTES, number));
    }

    /** Each with as much as tells it from most others. */
    private List<Entry> telling() {
      List<Entry> telling = entries;
      for (int l = Literal.USUAL_BYTES; l < Literal.MAX_BYTES; l *= 2) {
        int length = l;
        Map<String, Set<Integer>> alike = new HashMap<>();
        for (Entry entry : telling) {
          alike
              .computeIfAbsent(entry.literal.head(length), head -> new HashSet<>())
              .add(entry.number);
        }
        telling =
            telling.stream()
                .map(
                    entry ->
                        alike.get(entry.literal.head(length)).size() > MAX_ALIKE
                            ? new Entry(entry.literal, 2 * length, entry.number)
                            : entry)
                .toList();
      }
      return telling;
    }
  }

  /**
   * @param onlyAtStart true if the literals are looked for at the beginning of a line only
   */
  LiteralAutomaton(Entries literals, boolean onlyAtStart) {
    List<Entry> entries = literals.telling();
    width = assignColumns(entries);
    Builder builder = new Builder();
    entries.forEach(builder::add);
    if (onlyAtStart) {
      builder.close();
    } else {
      builder.link();
    }
    int[] order = builder.silentFirst();
    int silent = (int) builder.reports.stream().filter(List::isEmpty).count();
    firstReporting = silent * width;
    next = builder.table(order);
    reports = new int[order.length - silent][];
    for (int i = 0; i < reports.length; i++) {
      reports[i] =
          builder.reports.get(order[silent + i]).stream()
              .distinct()
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  /** Gives a column to each byte that occurs in a literal; says how many columns there are. */
  private int assignColumns(List<Entry> entries) {
    int columns = 1;
    for (Entry entry : entries) {
      for (byte b : entry.bytes()) {
        if (columnOf[b & 0xff] == 0) {
          columnOf[b & 0xff] = columns++;
        }
      }
    }
    for (int value = 'a'; value <= 'z'; value++) {
      columnOf[Character.toUpperCase(value)] = columnOf[value];
    }
    return columns;
  }

  /** Bytes of the table. */
  long tableBytes() {
    return 4L * next.length;
  }

  /** Sets in {@code found} the numbers of the literals that occur from start to end. */
  void scan(byte[] bytes, int start, int end, BitSet found) {
    int state = 0;
    for (int i = start; i < end; i++) {
      state = next[state + columnOf[bytes[i] & 0xff]];
      if (state >= firstReporting) {
        for (int number : reports[(state - firstReporting) / width]) {
          found.set(number);
        }
      }
    }
  }

  /** The literals as a tree of states, which is then completed. */
  private final class Builder {
    private final List<int[]> rows = new ArrayList<>();
    private final List<List<Integer>> reports = new ArrayList<>();

    Builder() {
      newState();
    }

    private int newState() {
      int[] row = new int[width];
      Arrays.fill(row, NONE);
      rows.add(row);
      reports.add(new ArrayList<>(1));
      return rows.size() - 1;
    }

    void add(Entry entry) {
      int state = 0;
      for (byte b : entry.bytes()) {
        int column = columnOf[b & 0xff];
        if (rows.get(state)[column] == NONE) {
          int child = newState();
          rows.get(state)[column] = child;
        }
        state = rows.get(state)[column];
      }
      reports.get(state).add(entry.number);
    }

    /** Each missing step leads to a state that is never left. */
    void close() {
      int dead = newState();
      for (int[] row : rows) {
        for (int column = 0; column < width; column++) {
          row[column] = row[column] == NONE ? dead : row[column];
        }
      }
    }

    /**
     * Fills in the missing steps, breadth first: where a literal breaks off, the longest end of
     * what was read that begins another one goes on.
     */
    void link() {
      int[] fallback = new int[rows.size()];
      ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
      while (!queue.isEmpty()) {
        int state = queue.remove();
        int[] row = rows.get(state);
        int[] fallbackRow = rows.get(fallback[state]);
        for (int column = 0; column < width; column++) {
          int child = row[column];
          int instead = state == 0 ? 0 : fallbackRow[column];
          if (child == NONE) {
            row[column] = instead;
          } else {
            fallback[child] = instead;
            reports.get(child).addAll(reports.get(instead));
            queue.add(child);
          }
        }
      }
    }

    /** The states, those that report nothing first; the root stays at the head. */
    int[] silentFirst() {
      List<Integer> order = new ArrayList<>();
      for (int pass = 0; pass < 2; pass++) {
        for (int state = 0; state < rows.size(); state++) {
          if (reports.get(state).isEmpty() == (pass == 0)) {
            order.add(state);
          }
        }
      }
      return order.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] table(int[] order) {
      int[] numberOf = new int[order.length];
      for (int number = 0; number < order.length; number++) {
        numberOf[order[number]] = number;
      }
      int[] table = new int[order.length * width];
      for (int number = 0; number < order.length; number++) {
        int[] row = rows.get(order[number]);
        for (int column = 0; column < width; column++) {
          table[number * width + column] = numberOf[row[column]] * width;
        }
      }
      return table;
    }
  }
}
