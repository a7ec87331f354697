package dev.bosky.match;

import java.util.BitSet;
import java.util.List;

/**
 * Says in one pass over a line which of many expressions are worth a try, by what each {@linkplain
 * Requirements requires} of a line.
 *
 * <p>A candidate too many costs time, never a wrong result. Immutable, for any thread.
 */
final class Prefilter {
  /** Literals that may occur anywhere. */
  private final LiteralAutomaton anywhere;

  /** Literals that have to stand at the line's beginning. */
  private final LiteralAutomaton atStart;

  /** For each expression the sets of which a literal has to occur besides the first one. */
  private final int[][] furtherSets;

  /**
   * For each byte the expressions that can match a line that begins with it; all further sets are
   * among them.
   */
  private final BitSet[] byFirstByte = new BitSet[256];

  /** The expressions that can match an empty line. */
  private final BitSet onEmptyLine = new BitSet();

  /** Expressions that require no literal. */
  private final BitSet always = new BitSet();

  /** Room for one scan; kept by the caller, so that scans share no state. */
  static final class Room {
    private final BitSet found = new BitSet();
  }

  /**
   * @param requirements of each expression
   */
  Prefilter(List<Requirements> requirements) {
    int expressions = requirements.size();
    LiteralAutomaton.Entries anywhereEntries = new LiteralAutomaton.Entries();
    LiteralAutomaton.Entries startEntries = new LiteralAutomaton.Entries();
    furtherSets = new int[expressions][];
    // An expression's first set has the expression's number; further sets are numbered after them.
    int nextSet = expressions;
    for (int i = 0; i < expressions; i++) {
      List<List<Literal>> allOf = requirements.get(i).allOf();
      always.set(i, allOf.isEmpty());
      onEmptyLine.set(i, allOf.isEmpty() && requirements.get(i).firstByte().isEmpty());
      furtherSets[i] = new int[Math.max(0, allOf.size() - 1)];
      for (int k = 0; k < allOf.size(); k++) {
        int set = k == 0 ? i : nextSet++;
        if (k > 0) {
          furtherSets[i][k - 1] = set;
        }
        for (Literal literal : allOf.get(k)) {
          (literal.atStart() ? startEntries : anywhereEntries).add(literal, set);
        }
      }
    }
    anywhere = new LiteralAutomaton(anywhereEntries, false);
    atStart = new LiteralAutomaton(startEntries, true);
    fillFirstBytes(requirements, nextSet);
  }

  private void fillFirstBytes(List<Requirements> requirements, int sets) {
    for (int value = 0; value < 256; value++) {
      byFirstByte[value] = new BitSet(sets);
      byFirstByte[value].set(requirements.size(), sets);
      for (int i = 0; i < requirements.size(); i++) {
        if (requirements.get(i).firstByte().isEmpty()
            || requirements.get(i).firstByte().get().get(value)) {
          byFirstByte[value].set(i);
        }
      }
    }
  }

  /** Bytes of the tables. */
  long tableBytes() {
    return anywhere.tableBytes() + atStart.tableBytes();
  }

  /**
   * The numbers of the expressions worth a try on {@code bytes} from {@code start} to {@code end}.
   *
   * @param room the answer is kept there, until the next scan
   */
  BitSet scan(byte[] bytes, int start, int end, Room room) {
    BitSet found = room.found;
    found.clear();
    if (start == end) {
      found.or(onEmptyLine);
      return found;
    }
    found.or(always);
    anywhere.scan(bytes, start, end, found);
    atStart.scan(bytes, start, Math.min(end, start + Literal.MAX_BYTES), found);
    found.and(byFirstByte[bytes[start] & 0xff]);
    for (int i = found.nextSetBit(0);
        i >= 0 && i < furtherSets.length;
        i = found.nextSetBit(i + 1)) {
      if (!allFound(furtherSets[i], found)) {
        found.clear(i);
      }
    }
    found.clear(furtherSets.length, Math.max(furtherSets.length, found.length()));
    return found;
  }

  private static boolean allFound(int[] sets, BitSet found) {
    for (int set : sets) {
      if (!found.get(set)) {
        return false;
      }
    }
    return true;
  }
}
