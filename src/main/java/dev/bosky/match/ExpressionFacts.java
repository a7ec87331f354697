package dev.bosky.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about the texts that a part of an expression can match.
 *
 * @param exact all of them, with ASCII letters in lower case, if they are few; else empty
 * @param required one of these is in each of them; empty if nothing is known
 * @param anchored true if it begins with {@code ^}
 * @param matchesEmpty true if it matches the empty text
 * @param size steps of the compiled program, roughly
 */
record ExpressionFacts(
    Optional<Set<String>> exact,
    Set<Literal> required,
    boolean anchored,
    boolean matchesEmpty,
    long size) {
  /** More possible texts than this are not kept one by one. */
  static final int MAX_EXACT = 16;

  /** Longer texts are not put together: the beginning tells enough. */
  private static final int MAX_EXACT_LENGTH = 64;

  /** Nothing at all, such as {@code \b}. */
  static final ExpressionFacts EMPTY =
      new ExpressionFacts(Optional.of(Set.of("")), Set.of(), false, true, 1);

  /** The beginning of the line. */
  static final ExpressionFacts BEGIN =
      new ExpressionFacts(Optional.of(Set.of("")), Set.of(), true, true, 1);

  /** Some character, such as {@code .} or {@code \d}. */
  static final ExpressionFacts ANY_CHARACTER =
      new ExpressionFacts(Optional.empty(), Set.of(), false, false, 1);

  /** One of these characters. */
  static ExpressionFacts oneOf(Set<String> characters) {
    return new ExpressionFacts(Optional.of(characters), Set.of(), false, false, 1);
  }

  /** One after the other. */
  static ExpressionFacts sequence(List<ExpressionFacts> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Sequence sequence = new Sequence();
    parts.forEach(sequence::add);
    return sequence.facts();
  }

  /** One or the other. */
  static ExpressionFacts either(List<ExpressionFacts> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long size = 1;
    boolean matchesEmpty = false;
    boolean known = true;
    Set<String> exact = new LinkedHashSet<>();
    Set<Literal> required = new LinkedHashSet<>();
    for (ExpressionFacts part : parts) {
      size += part.size + 1;
      matchesEmpty |= part.matchesEmpty;
      Set<Literal> best = part.bestRequired();
      known &= !best.isEmpty();
      required.addAll(best);
      if (exact != null) {
        exact = part.anchored ? null : union(exact, part.exact);
      }
    }
    return new ExpressionFacts(
        Optional.ofNullable(exact),
        known && required.size() <= MAX_EXACT ? required : Set.of(),
        false,
        matchesEmpty,
        size);
  }

  /** Repeated; {@code max} is -1 for without end. */
  ExpressionFacts repeated(int min, int max) {
    long copies = Math.max(1, max < 0 ? min : max);
    long repeatedSize = Math.min(size * copies + 1, Long.MAX_VALUE / 2_000);
    Optional<Set<String>> few = Optional.empty();
    if (min == 1 && max == 1) {
      few = exact;
    } else if (min == 0 && max == 1 && !anchored) {
      few = Optional.ofNullable(union(new LinkedHashSet<>(Set.of("")), exact));
    }
    return new ExpressionFacts(
        few,
        min == 0 ? Set.of() : bestRequired(),
        anchored && min == 1 && max == 1,
        matchesEmpty || min == 0,
        repeatedSize);
  }

  /** The literals, taken from the exact texts if those tell enough. */
  Set<Literal> bestRequired() {
    Set<Literal> own = exact.map(texts -> literals(texts, anchored)).orElse(Set.of());
    return rarity(own) >= rarity(required) ? own : required;
  }

  private static Set<String> union(Set<String> some, Optional<Set<String>> more) {
    if (more.isEmpty() || some.size() + more.get().size() > MAX_EXACT) {
      return null;
    }
    some.addAll(more.get());
    return some;
  }

  private static Set<Literal> literals(Set<String> texts, boolean atStart) {
    Set<Literal> literals = new LinkedHashSet<>();
    for (String text : texts) {
      Literal literal = new Literal(text, atStart);
      if (!literal.tellsEnough()) {
        return Set.of();
      }
      literals.add(literal);
    }
    return literals;
  }

  /** How much a set of alternatives narrows; 0 for a set that says nothing. */
  private static int rarity(Set<Literal> literals) {
    int common = literals.stream().mapToInt(Literal::rarity).min().orElse(0);
    return common == 0 ? 0 : common * MAX_EXACT - literals.size();
  }

  /** Puts the parts of a sequence together, keeping the run of exact texts that is going on. */
  private static final class Sequence {
    private final List<Set<Literal>> candidates = new ArrayList<>();
    private Set<String> run = Set.of("");
    private boolean runAtStart;
    private boolean broken;
    private boolean first = true;
    private boolean matchesEmpty = true;
    private long size;

    void add(ExpressionFacts part) {
      size = Math.min(size + part.size, Long.MAX_VALUE / 2_000);
      matchesEmpty &= part.matchesEmpty;
      Optional<Set<String>> joined = part.exact.flatMap(texts -> joined(run, texts));
      if (joined.isPresent()) {
        runAtStart |= first && part.anchored;
        run = joined.get();
      } else {
        candidates.add(literals(run, runAtStart));
        candidates.add(part.bestRequired());
        run = part.exact.orElse(Set.of(""));
        runAtStart = false;
        broken = true;
      }
      first = false;
    }

    ExpressionFacts facts() {
      if (!broken) {
        return new ExpressionFacts(Optional.of(run), Set.of(), runAtStart, matchesEmpty, size);
      }
      candidates.add(literals(run, runAtStart));
      Set<Literal> best = Set.of();
      for (Set<Literal> candidate : candidates) {
        if (rarity(candidate) > rarity(best)) {
          best = candidate;
        }
      }
      return new ExpressionFacts(Optional.empty(), best, false, matchesEmpty, size);
    }

    private static Optional<Set<String>> joined(Set<String> heads, Set<String> tails) {
      if (heads.size() * tails.size() > MAX_EXACT) {
        return Optional.empty();
      }
      Set<String> joined = new LinkedHashSet<>();
      for (String head : heads) {
        if (head.length() > MAX_EXACT_LENGTH) {
          return Optional.empty();
        }
        tails.forEach(tail -> joined.add(head + tail));
      }
      return Optional.of(joined);
    }
  }
}
