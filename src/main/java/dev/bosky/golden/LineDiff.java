package dev.bosky.golden;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts by lines, for a person: {@code - expected}, {@code + found}, each
 * group under the number of its first line in the expected text.
 *
 * <p>Made by the longest common subsequence, between the first and the last line that differ.
 */
final class LineDiff {
  /** A person reads no more; the rest is counted. */
  static final int MAX_SHOWN = 40;

  /** Cells of the table, 16 MB; beyond it all between the first and the last difference is told. */
  private static final int MAX_CELLS = 4_000_000;

  private final List<String> expected;
  private final List<String> found;
  private final List<String> out = new ArrayList<>();
  private int untold;
  private int groupEnd = -1;

  private LineDiff(List<String> expected, List<String> found) {
    this.expected = expected;
    this.found = found;
  }

  /** Empty if the texts are the same. */
  static List<String> of(List<String> expected, List<String> found) {
    LineDiff diff = new LineDiff(expected, found);
    diff.compare();
    if (diff.untold > 0) {
      diff.out.add("and " + diff.untold + " more lines");
    }
    return diff.out;
  }

  private void compare() {
    int head = 0;
    int shorter = Math.min(expected.size(), found.size());
    while (head < shorter && expected.get(head).equals(found.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head && fromEnd(expected, tail).equals(fromEnd(found, tail))) {
      tail++;
    }
    middle(head, expected.size() - tail, found.size() - tail);
  }

  private static String fromEnd(List<String> lines, int back) {
    return lines.get(lines.size() - 1 - back);
  }

  private void middle(int head, int expectedEnd, int foundEnd) {
    int rows = expectedEnd - head;
    int columns = foundEnd - head;
    boolean tooLarge = (long) (rows + 1) * (columns + 1) > MAX_CELLS;
    int[][] common = tooLarge ? new int[0][0] : table(head, rows, columns);
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      if (!tooLarge && i < rows && j < columns && same(head + i, head + j)) {
        i++;
        j++;
      } else if (i < rows && (tooLarge || j == columns || common[i + 1][j] >= common[i][j + 1])) {
        tell("- " + expected.get(head + i).strip(), head + i);
        i++;
        groupEnd = head + i;
      } else {
        tell("+ " + found.get(head + j).strip(), head + i);
        j++;
      }
    }
  }

  /** At [i][j]: how many lines the rests behind i and j have in common. */
  private int[][] table(int head, int rows, int columns) {
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            same(head + i, head + j)
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private boolean same(int i, int j) {
    return expected.get(i).equals(found.get(j));
  }

  private void tell(String line, int at) {
    if (out.size() >= MAX_SHOWN) {
      untold++;
      return;
    }
    if (groupEnd != at) {
      out.add("line " + (at + 1) + ":");
      groupEnd = at;
    }
    out.add(line);
  }
}
