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
  /**
   * More states than this a table does not get, which is then 9 MB or so: a literal that would need
   * more is taken to occur in every line.
   */
  static final int MAX_STATES = 1 << 16;

  /** In a tree no step leads to the root. */
  private static final char NONE = 0;

  /** If more than so many begin alike, more of each is looked for. */
  private static final int MAX_ALIKE = 4;

  /** For each byte its column in the table; column 0 is for all bytes that no literal has. */
  private final int[] columnOf = new int[256];

  private final int width;

  /** Next state by state and column; the root is state 0. */
  private final char[] next;

  /** States from here on report something. */
  private final int firstReporting;

  /** What a state reports, from {@link #firstReporting} on. */
  private final int[][] reports;

  /** The numbers of literals for which there was no room. */
  private final BitSet notSought = new BitSet();

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
    for (Entry entry : entries) {
      if (!builder.add(entry)) {
        notSought.set(entry.number);
      }
    }
    if (onlyAtStart) {
      builder.close();
    } else {
      builder.link();
    }
    int[] order = builder.silentFirst();
    firstReporting = (int) builder.reports.stream().filter(List::isEmpty).count();
    next = builder.table(order);
    reports = new int[order.length - firstReporting][];
    for (int i = 0; i < reports.length; i++) {
      reports[i] =
          builder.reports.get(order[firstReporting + i]).stream()
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
    return (long) Character.BYTES * next.length;
  }

  /** Sets in {@code found} the numbers of the literals that occur from start to end. */
  void scan(byte[] bytes, int start, int end, BitSet found) {
    found.or(notSought);
    int state = 0;
    for (int i = start; i < end; i++) {
      state = next[state * width + columnOf[bytes[i] & 0xff]];
      if (state >= firstReporting) {
        for (int number : reports[state - firstReporting]) {
          found.set(number);
        }
      }
    }
  }

  /** The literals as a tree of states, which is then completed. */
  private final class Builder {
    /** As the table to be, with its states in the order in which they are made. */
    private char[] rows = new char[64 * width];

    private final List<List<Integer>> reports = new ArrayList<>();

    Builder() {
      newState();
    }

    private int states() {
      return reports.size();
    }

    private char newState() {
      int state = states();
      if ((state + 1) * width > rows.length) {
        rows = Arrays.copyOf(rows, 2 * rows.length);
      }
      reports.add(new ArrayList<>(1));
      return (char) state;
    }

    /** False if there is no room for it; one state stays in reserve. */
    boolean add(Entry entry) {
      byte[] bytes = entry.bytes();
      if (states() + bytes.length >= MAX_STATES) {
        return false;
      }
      int state = 0;
      for (byte b : bytes) {
        int at = state * width + columnOf[b & 0xff];
        if (rows[at] == NONE) {
          char child = newState();
          rows[at] = child;
        }
        state = rows[at];
      }
      reports.get(state).add(entry.number);
      return true;
    }

    /** Each missing step leads to a state that is never left. */
    void close() {
      char dead = newState();
      for (int at = 0; at < states() * width; at++) {
        rows[at] = rows[at] == NONE ? dead : rows[at];
      }
    }

    /**
     * Fills in the missing steps, breadth first: where a literal breaks off, the longest end of
     * what was read that begins another one goes on.
     */
    void link() {
      char[] fallback = new char[states()];
      ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
      while (!queue.isEmpty()) {
        int state = queue.remove();
        int row = state * width;
        int fallbackRow = fallback[state] * width;
        for (int column = 0; column < width; column++) {
          char child = rows[row + column];
          char instead = state == 0 ? NONE : rows[fallbackRow + column];
          if (child == NONE) {
            rows[row + column] = instead;
          } else {
            fallback[child] = instead;
            reports.get(child).addAll(reports.get(instead));
            queue.add((int) child);
          }
        }
      }
    }

    /** The states, those that report nothing first; the root stays at the head. */
    int[] silentFirst() {
      List<Integer> order = new ArrayList<>();
      for (int pass = 0; pass < 2; pass++) {
        for (int state = 0; state < states(); state++) {
          if (reports.get(state).isEmpty() == (pass == 0)) {
            order.add(state);
          }
        }
      }
      return order.stream().mapToInt(Integer::intValue).toArray();
    }

    char[] table(int[] order) {
      char[] numberOf = new char[order.length];
      for (int number = 0; number < order.length; number++) {
        numberOf[order[number]] = (char) number;
      }
      char[] table = new char[order.length * width];
      for (int number = 0; number < order.length; number++) {
        int row = order[number] * width;
        for (int column = 0; column < width; column++) {
          table[number * width + column] = numberOf[rows[row + column]];
        }
      }
      return table;
    }
  }
}
