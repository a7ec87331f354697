package dev.bosky.golden;

import java.util.List;

/** How one golden log went. */
public sealed interface GoldenResult {
  GoldenLog log();

  /** What is told of it is what is expected. */
  record Passed(GoldenLog log) implements GoldenResult {}

  /**
   * The expectation was written.
   *
   * @param isNew whether there was none before
   * @param difference to the one before, if it could be read
   */
  record Written(GoldenLog log, boolean isNew, List<String> difference) implements GoldenResult {
    public Written {
      difference = List.copyOf(difference);
    }
  }

  /**
   * It failed.
   *
   * @param problem in one sentence, with the file it is about
   * @param difference by lines, {@code - expected} and {@code + found}; empty if there is none to
   *     show
   */
  record Failed(GoldenLog log, String problem, List<String> difference) implements GoldenResult {
    public Failed {
      difference = List.copyOf(difference);
    }
  }
}
