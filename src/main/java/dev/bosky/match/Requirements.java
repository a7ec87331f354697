package dev.bosky.match;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a line has to have before an expression is worth a try.
 *
 * @param allOf of each of these lists one literal has to occur; empty if nothing is known
 * @param firstByte the bytes that the line can begin with; empty if any
 */
record Requirements(List<List<Literal>> allOf, Optional<BitSet> firstByte) {
  Requirements {
    allOf = List.copyOf(allOf);
  }

  /** True if it is hardly ever known in advance that a line cannot match. */
  boolean tellLittle() {
    return firstByte.isEmpty()
        && allOf.stream().allMatch(set -> set.stream().anyMatch(literal -> !literal.tellsEnough()));
  }
}
