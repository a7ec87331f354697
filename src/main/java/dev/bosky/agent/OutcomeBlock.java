package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.Outcome;
import dev.bosky.boot.Reason;
import dev.bosky.boot.Verdict;
import dev.bosky.match.MatchCounts;

/** The {@code Outcome} block of an event. */
final class OutcomeBlock {
  private OutcomeBlock() {}

  /**
   * @param lost how often something was lost in this boot: an event given up, a part of a log that
   *     was gone before it was read, a line that met a bug
   */
  static ObjectNode of(Outcome outcome, MatchCounts counts, long lost) {
    ObjectNode block = DetailBlocks.object();
    block.put("Verdict", outcome.verdict().label());
    block.put("Silent", outcome.silent());
    text(block, "Cause", outcome.cause());
    reasons(block, outcome);
    DetailBlocks.lines(block, "Errors", outcome.errors());
    if (!outcome.recoverableErrors().isEmpty()) {
      ObjectNode levels = block.putObject("RecoverableErrors");
      outcome
          .recoverableErrors()
          .forEach((level, texts) -> DetailBlocks.lines(levels, level, texts));
    }
    outcome
        .durationSeconds()
        .ifPresent(s -> block.put("DurationSeconds", Math.round(s * 1000) / 1000.0));
    outcome.firstVerdict().map(Verdict::label).ifPresent(v -> block.put("FirstVerdict", v));
    block
        .putObject("Markers")
        .put("info", counts.info())
        .put("fail", counts.fail())
        .put("success", counts.success());
    block.put("Suppressed", counts.suppressed());
    block.put("Lost", lost);
    text(block, "Fingerprint", outcome.fingerprint());
    return block;
  }

  private static void reasons(ObjectNode block, Outcome outcome) {
    if (outcome.reasons().isEmpty()) {
      return;
    }
    ArrayNode array = block.putArray("Reasons");
    for (Reason reason : outcome.reasons()) {
      ObjectNode node = array.addObject();
      node.put("Code", reason.code()).put("Text", reason.text());
      text(node, "Marker", reason.marker());
      text(node, "Module", reason.module());
      text(node, "Script", reason.script());
      reason.exitCode().ifPresent(v -> node.put("ExitCode", v));
      reason.seconds().ifPresent(v -> node.put("DurationSeconds", v));
    }
  }

  private static void text(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  /** The outcome in one line. */
  static String message(Outcome outcome) {
    String why =
        outcome
            .failure()
            .map(failure -> ": " + failure.message())
            .orElseGet(() -> outcome.cause().isEmpty() ? "" : ": " + outcome.cause());
    return switch (outcome.verdict()) {
      case SUCCESS -> "boot succeeded";
      case DEGRADED -> "boot succeeded with recoverable errors" + why;
      case FAIL -> "boot failed" + why;
      case TIMEOUT -> "boot did not end in time" + why;
      case INTERRUPTED -> "boot was interrupted" + why;
      case UNFINISHED -> "the log has neither an end nor a decisive failure";
    };
  }
}
