package dev.bosky.agent;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Evidence;
import dev.bosky.boot.Failure;
import dev.bosky.event.Event;
import dev.bosky.match.MatchSignal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes of what a marker found, missed, or a person said, the failure that the boot is judged by:
 * markers know nothing of boots, and the tracker nothing of patterns.
 */
final class Failures {
  private Failures() {}

  /** A marker with the status {@code fail} has found its line. */
  static Failure of(MatchSignal.Matched matched, Instant now) {
    return new Failure(
        matched.marker().pack().equals("bosky") ? Failure.Origin.EXPLICIT : Failure.Origin.MARKER,
        matched.marker().key(),
        matched.marker().decides(),
        matched.pending(),
        matched.message(),
        matched.evidence(),
        Optional.of(matched.at()),
        matched.fields(),
        matched.exitCode(),
        now);
  }

  /** A marker's line had to come, and did not. */
  static Failure of(MatchSignal.RequiredMissing missing, Instant now) {
    return withoutLine(Failure.Origin.REQUIRED, missing.marker().key(), missing.message(), now);
  }

  /** An event that was sent by hand says {@code fail}. */
  static Failure of(Event event) {
    String text = DetailBlocks.message(event);
    return withoutLine(Failure.Origin.MESSAGE, "", text, event.time());
  }

  private static Failure withoutLine(
      Failure.Origin origin, String marker, String message, Instant at) {
    return new Failure(
        origin,
        marker,
        Decides.YES,
        Optional.empty(),
        message,
        new Evidence(List.of(), message, List.of()),
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        at);
  }
}
