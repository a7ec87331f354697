package dev.bosky.match;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known about the texts that a part of an expression can match.
 *
 * @param exact all of them, with ASCII letters in lower case, if they are few; else empty
 * @param required of each of these sets one is in every text, besides what {@code exact} says
 * @param atStart true if it can match at the line's beginning only
 * @param matchesEmpty true if it matches the empty text
 * @param first the bytes that a text can begin with, unless it is empty
 * @param size steps of the compiled program, roughly
 */
record ExpressionFacts(
    Optional<Set<String>> exact,
    List<Set<Literal>> required,
    boolean atStart,
    boolean matchesEmpty,
    BitSet first,
    long size) {
  /** More possible texts than this are not kept one by one. */
  static final int MAX_EXACT = 16;

  /** Sets of literals that are looked at for one expression; more would narrow it hardly more. */
  private static final int MAX_SETS = 3;

  /** Keeps sums and products of sizes from overflowing. */
  private static final long HUGE = 1L << 40;

  /** Nothing at all, such as {@code \b}. */
  static final ExpressionFacts EMPTY =
      new ExpressionFacts(Optional.of(Set.of("")), List.of(), false, true, Bytes.none(), 1);

  /** The beginning of the line. */
  static final ExpressionFacts BEGIN =
      new ExpressionFacts(Optional.of(Set.of("")), List.of(), true, true, Bytes.none(), 1);

  ExpressionFacts {
    size = Math.min(size, HUGE);
  }

  /** The facts about a whole tree. */
  static ExpressionFacts of(Syntax tree) {
    if (tree instanceof Syntax.Characters characters) {
      return new ExpressionFacts(characters.few(), List.of(), false, false, characters.bytes(), 1);
    }
    if (tree instanceof Syntax.Sequence sequence) {
      return SequenceFacts.of(sequence.parts().stream().map(ExpressionFacts::of).toList());
    }
    if (tree instanceof Syntax.Either either) {
      return either(either.parts().stream().map(ExpressionFacts::of).toList());
    }
    if (tree instanceof Syntax.Repeat repeat) {
      return of(repeat.part()).repeated(repeat.min(), repeat.max());
    }
    return tree instanceof Syntax.Begin ? BEGIN : EMPTY;
  }

  /** One or the other. */
  private static ExpressionFacts either(List<ExpressionFacts> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    boolean known = true;
    BitSet first = Bytes.none();
    Set<Literal> required = new LinkedHashSet<>();
    Optional<Set<String>> exact = Optional.of(Set.of());
    for (ExpressionFacts part : parts) {
      Set<Literal> best = part.allRequired().stream().findFirst().orElse(Set.of());
      known &= !best.isEmpty();
      required.addAll(best);
      first.or(part.first);
      exact = part.atStart ? Optional.empty() : exact.flatMap(texts -> union(texts, part.exact));
    }
    known &= required.size() <= Literal.MAX_ALTERNATIVES;
    return new ExpressionFacts(
        exact,
        known && exact.isEmpty() ? List.of(required) : List.of(),
        parts.stream().allMatch(ExpressionFacts::atStart),
        parts.stream().anyMatch(ExpressionFacts::matchesEmpty),
        first,
        parts.stream().mapToLong(part -> part.size + 1).sum());
  }

  /** Repeated; {@code max} is -1 for without end. */
  private ExpressionFacts repeated(int min, int max) {
    Optional<Set<String>> few = Optional.empty();
    if (min == 1 && max == 1) {
      few = exact;
    } else if (min == 0 && max == 1 && !atStart) {
      few = union(Set.of(""), exact);
    }
    return new ExpressionFacts(
        few,
        min == 0 ? List.of() : allRequired(),
        atStart && min > 0,
        matchesEmpty || min == 0,
        first,
        size * Math.max(1, max < 0 ? min : max) + 1);
  }

  /** All sets of which one literal has to occur, those of the exact texts too; the best first. */
  List<Set<Literal>> allRequired() {
    Set<Literal> own = exact.map(t -> Literal.alternatives(t, atStart)).orElse(Set.of());
    return best(Stream.concat(Stream.of(own), required.stream()));
  }

  /**
   * The few of these sets that tell most. One that tells little is worth its cost only if there is
   * no other.
   */
  static List<Set<Literal>> best(Stream<Set<Literal>> sets) {
    List<Set<Literal>> best =
        sets.filter(set -> !set.isEmpty())
            .sorted(Comparator.comparingInt(Literal::rarity).reversed())
            .distinct()
            .limit(MAX_SETS)
            .toList();
    List<Set<Literal>> telling =
        best.stream().filter(set -> set.stream().allMatch(Literal::tellsEnough)).toList();
    return telling.isEmpty() ? best.stream().limit(1).toList() : telling;
  }

  /** What a line has to have to be worth a try. */
  Requirements requirements() {
    return new Requirements(
        allRequired().stream().map(List::copyOf).toList(),
        atStart && !matchesEmpty ? Optional.of(first) : Optional.empty());
  }

  private static Optional<Set<String>> union(Set<String> some, Optional<Set<String>> more) {
    if (more.isEmpty() || some.size() + more.get().size() > MAX_EXACT) {
      return Optional.empty();
    }
    Set<String> union = new LinkedHashSet<>(some);
    union.addAll(more.get());
    return Optional.of(union);
  }
}
