package dev.bosky.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what is known about parts that follow each other: neighbours whose texts are known
 * exactly become one longer run.
 */
final class SequenceFacts {
  /** Longer texts are not put together: a literal is no longer. */
  private static final int MAX_RUN_LENGTH = Literal.MAX_BYTES;

  /** Where there are alternatives, two short sets of them tell more than one of long texts. */
  private static final int MAX_LENGTH_OF_ALTERNATIVES = Literal.USUAL_BYTES;

  private static final Set<String> NOTHING = Set.of("");

  private final List<Set<Literal>> required = new ArrayList<>();
  private final BitSet first = Bytes.none();
  private Set<String> run = NOTHING;
  private boolean runAtStart = true;
  private boolean exact = true;
  private boolean atStart;
  private boolean matchesEmpty = true;
  private long size;

  /** One after the other. */
  static ExpressionFacts of(List<ExpressionFacts> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    SequenceFacts sequence = new SequenceFacts();
    parts.forEach(sequence::add);
    return sequence.facts();
  }

  private void add(ExpressionFacts part) {
    if (matchesEmpty) {
      first.or(part.first());
    }
    matchesEmpty &= part.matchesEmpty();
    atStart |= part.atStart();
    size += part.size();
    required.addAll(part.required());
    Optional<Set<String>> longer = part.exact().flatMap(texts -> joined(run, texts));
    if (longer.isPresent()) {
      run = longer.get();
    } else {
      endRun();
      run = part.exact().orElse(NOTHING);
      exact = false;
    }
  }

  /** The run stands at the line's beginning if it is the first and the sequence begins there. */
  private void endRun() {
    required.add(Literal.alternatives(run, runAtStart && atStart));
    runAtStart = false;
  }

  private ExpressionFacts facts() {
    if (!exact) {
      endRun();
    }
    return new ExpressionFacts(
        exact ? Optional.of(run) : Optional.empty(),
        ExpressionFacts.best(required.stream()),
        atStart,
        matchesEmpty,
        first,
        size);
  }

  private static Optional<Set<String>> joined(Set<String> heads, Set<String> tails) {
    if (tails.equals(NOTHING)) {
      return Optional.of(heads);
    }
    int maxLength =
        heads.size() == 1 && tails.size() == 1 ? MAX_RUN_LENGTH : MAX_LENGTH_OF_ALTERNATIVES;
    boolean tooMuch =
        heads.size() * tails.size() > ExpressionFacts.MAX_EXACT
            || heads.stream().anyMatch(head -> head.length() >= maxLength);
    if (tooMuch) {
      return Optional.empty();
    }
    if (heads.size() == 1 && tails.size() == 1) {
      return Optional.of(Set.of(heads.iterator().next() + tails.iterator().next()));
    }
    Set<String> joined = new LinkedHashSet<>();
    heads.forEach(head -> tails.forEach(tail -> joined.add(head + tail)));
    return Optional.of(joined);
  }
}
