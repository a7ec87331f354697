package dev.bosky.boot;

import java.time.Instant;
import java.util.Optional;

/** What a {@link BootTracker} has found out, in the order in which it happened. */
public sealed interface BootSignal {
  /**
   * This boot's first sign, or the agent's start. Once per boot.
   *
   * @param at when
   * @param deadline by then there will be an outcome; empty in replay
   */
  record Started(Instant at, Optional<Instant> deadline) implements BootSignal {}

  /** A stage began, or what was seen can only come from it. At most once per stage and boot. */
  record StageBegan(Stage stage, Instant at) implements BootSignal {}

  /** Cloud-init sends its output elsewhere from now on ({@code output:} in the user data). */
  record OutputMoved(OutputTarget stdout, OutputTarget stderr) implements BootSignal {
    static OutputMoved of(CloudInitLine line) {
      return new OutputMoved(new OutputTarget(line.name()), new OutputTarget(line.detail()));
    }
  }

  /** The boot's one verdict. In replay a new boot may follow. */
  record Ended(Outcome outcome) implements BootSignal {}

  /** Cloud-init ended after all, after a {@code timeout} or {@code interrupted} had been told. */
  record Amended(Outcome outcome) implements BootSignal {}
}
