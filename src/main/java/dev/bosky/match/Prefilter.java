package dev.bosky.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Says in one pass over a line which of many expressions are worth a try: those of which a required
 * literal occurs, and those about which nothing is known.
 *
 * <p>An Aho-Corasick automaton over bytes, as one dense table: a step is two array reads, however
 * many literals there are. ASCII letters are compared without regard to case, so that one automaton
 * serves {@code (?i)} too; a candidate too many costs time, never a wrong result. Immutable, for
 * any thread.
 */
final class Prefilter {
  /** For each byte its column in the table; column 0 is for all bytes that no literal has. */
  private final int[] columnOf = new int[256];

  private final int width;

  /** Next state by state and column; a state is the index of its row, the root's is 0. */
  private final int[] next;

  /** States from here on report something. */
  private final int firstReporting;

  private final List<List<Report>> reports;
  private final BitSet always = new BitSet();

  /**
   * An expression that becomes a candidate.
   *
   * @param endsAt the only place for the literal's end, counted from the line's start; 0 for any
   */
  private record Report(int expression, int endsAt) {}

  /**
   * @param literals for each expression its literals; an empty set makes it a candidate always
   */
  Prefilter(List<Set<Literal>> literals) {
    width = assignColumns(literals);
    Automaton automaton = new Automaton();
    for (int i = 0; i < literals.size(); i++) {
      if (literals.get(i).isEmpty()) {
        always.set(i);
      }
      for (Literal literal : literals.get(i)) {
        automaton.add(literal, i);
      }
    }
    automaton.link();
    int[] order = automaton.silentFirst();
    int silent = (int) automaton.reports.stream().filter(List::isEmpty).count();
    firstReporting = silent * width;
    next = automaton.table(order);
    reports = new ArrayList<>();
    for (int number = silent; number < order.length; number++) {
      reports.add(List.copyOf(automaton.reports.get(order[number])));
    }
  }

  /** Gives a column to each byte that occurs in a literal; says how many columns there are. */
  private int assignColumns(List<Set<Literal>> literals) {
    int columns = 1;
    for (Set<Literal> alternatives : literals) {
      for (Literal literal : alternatives) {
        for (byte b : literal.bytes()) {
          int value = b & 0xff;
          if (columnOf[value] == 0) {
            columnOf[value] = columns++;
          }
        }
      }
    }
    for (int value = 'a'; value <= 'z'; value++) {
      columnOf[Character.toUpperCase(value)] = columnOf[value];
    }
    return columns;
  }

  /** Expressions that are candidates for every line. */
  int alwaysCount() {
    return always.cardinality();
  }

  /** Bytes of the table. */
  long tableBytes() {
    return 4L * next.length;
  }

  /**
   * Sets the candidates for {@code bytes} from {@code start} to {@code end}.
   *
   * @param candidates cleared first
   */
  void scan(byte[] bytes, int start, int end, BitSet candidates) {
    candidates.clear();
    candidates.or(always);
    int state = 0;
    for (int i = start; i < end; i++) {
      state = next[state + columnOf[bytes[i] & 0xff]];
      if (state >= firstReporting) {
        int length = i + 1 - start;
        for (Report report : reports.get((state - firstReporting) / width)) {
          if (report.endsAt == 0 || report.endsAt == length) {
            candidates.set(report.expression);
          }
        }
      }
    }
  }

  /** The literals as a tree of states, then linked into an automaton. */
  private final class Automaton {
    private static final int NONE = -1;

    private final List<int[]> rows = new ArrayList<>();
    private final List<List<Report>> reports = new ArrayList<>();

    Automaton() {
      newState();
    }

    private int newState() {
      int[] row = new int[width];
      Arrays.fill(row, NONE);
      rows.add(row);
      reports.add(new ArrayList<>(1));
      return rows.size() - 1;
    }

    void add(Literal literal, int expression) {
      int state = 0;
      byte[] bytes = literal.bytes();
      for (byte b : bytes) {
        int column = columnOf[b & 0xff];
        if (rows.get(state)[column] == NONE) {
          int child = newState();
          rows.get(state)[column] = child;
        }
        state = rows.get(state)[column];
      }
      reports.get(state).add(new Report(expression, literal.atStart() ? bytes.length : 0));
    }

    /**
     * Fills in the missing steps, breadth first: where a literal breaks off, the longest end of
     * what was read that begins another one goes on.
     */
    void link() {
      int[] fallback = new int[rows.size()];
      ArrayDeque<Integer> queue = new ArrayDeque<>();
      queue.add(0);
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
