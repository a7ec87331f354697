package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What one of cloud-init's status files says, in any version.
 *
 * <pre>
 *   result.json  {"v1": {"datasource": …, "errors": [text…]}}
 *   status.json  {"v1": {"datasource": …, "stage": name or null,
 *                        "init-local": {"start": 1.5, "finished": 2.5, "errors": [text…],
 *                                       "recoverable_errors": {"WARNING": [text…]}}, …}}
 * </pre>
 *
 * <p>{@code start} and {@code finished} are seconds since 1970 up to 24.1, and seconds since the
 * kernel started from 24.2 on: differences mean the same in both.
 *
 * @param running the stage that status.json names; empty between stages and for result.json
 * @param times start and end of the stages that have begun, in their order
 */
record StatusReport(
    Optional<Stage> running,
    List<CloudInitError> errors,
    Map<String, List<String>> recoverableErrors,
    Map<Stage, Times> times) {
  /** No file was seen yet. */
  static final StatusReport NONE =
      new StatusReport(Optional.empty(), List.of(), Map.of(), Map.of());

  /** Times before this are seconds since the kernel started, later ones since 1970. */
  private static final double LONGEST_UPTIME_SECONDS = 1e9;

  /** Seconds, of which only differences are to be used. */
  record Times(double start, OptionalDouble finished) {
    boolean isUptime() {
      return start < LONGEST_UPTIME_SECONDS;
    }
  }

  StatusReport {
    errors = List.copyOf(errors);
    recoverableErrors = Collections.unmodifiableMap(new LinkedHashMap<>(recoverableErrors));
    times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
  }

  /**
   * Reads either file; what is not there or of another type than expected is left out.
   *
   * @param mask takes secrets out of cloud-init's texts
   */
  static StatusReport of(JsonNode document, UnaryOperator<String> mask) {
    JsonNode v1 = document.path("v1");
    List<CloudInitError> errors = new ArrayList<>();
    Map<String, List<String>> recoverable = new LinkedHashMap<>();
    Map<Stage, Times> times = new EnumMap<>(Stage.class);
    addErrors(v1.path("errors"), mask, errors);
    addRecoverable(v1.path("recoverable_errors"), mask, recoverable);
    for (Stage stage : Stage.values()) {
      JsonNode node = v1.path(stage.label());
      addErrors(node.path("errors"), mask, errors);
      addRecoverable(node.path("recoverable_errors"), mask, recoverable);
      if (node.path("start").isNumber()) {
        JsonNode finished = node.path("finished");
        times.put(
            stage,
            new Times(
                node.path("start").asDouble(),
                finished.isNumber()
                    ? OptionalDouble.of(finished.asDouble())
                    : OptionalDouble.empty()));
      }
    }
    return new StatusReport(Stage.of(v1.path("stage").asText("")), errors, recoverable, times);
  }

  private static void addErrors(
      JsonNode texts, UnaryOperator<String> mask, List<CloudInitError> errors) {
    for (JsonNode text : texts) {
      errors.add(CloudInitError.of(mask.apply(text.asText())));
    }
  }

  private static void addRecoverable(
      JsonNode levels, UnaryOperator<String> mask, Map<String, List<String>> all) {
    levels
        .properties()
        .forEach(
            level -> {
              List<String> texts = all.computeIfAbsent(level.getKey(), k -> new ArrayList<>());
              level
                  .getValue()
                  .forEach(
                      text -> {
                        if (!isOfItsOutput(text.asText())) {
                          texts.add(mask.apply(text.asText()));
                        }
                      });
            });
    all.values().removeIf(List::isEmpty);
  }

  /** 25.1 warns of what {@code output:} in the user data has asked for. */
  private static boolean isOfItsOutput(String text) {
    return CloudInitLine.warning(text).kind() == CloudInitLine.Kind.OUTPUT_MOVED;
  }

  /** From the first stage's start to the last stage's end, once that is there. */
  OptionalDouble durationSeconds() {
    Times last = times.get(Stage.MODULES_FINAL);
    if (last == null || last.finished().isEmpty()) {
      return OptionalDouble.empty();
    }
    double first = times.values().stream().mapToDouble(Times::start).min().orElseThrow();
    double seconds = last.finished().getAsDouble() - first;
    return seconds >= 0 && seconds < LONGEST_UPTIME_SECONDS
        ? OptionalDouble.of(seconds)
        : OptionalDouble.empty();
  }

  /** The stage that ended last, if none is running. */
  Optional<Stage> lastEnded() {
    return times.entrySet().stream()
        .filter(e -> e.getValue().finished().isPresent())
        .map(Map.Entry::getKey)
        .reduce((a, b) -> b);
  }

  /** In status.json's own form, so that {@link #of} reads it back. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode v1 = json.putObject("v1");
    running.ifPresent(stage -> v1.put("stage", stage.label()));
    ArrayNode texts = v1.putArray("errors");
    errors.forEach(error -> texts.add(error.text()));
    ObjectNode levels = v1.putObject("recoverable_errors");
    recoverableErrors.forEach(
        (level, all) -> {
          ArrayNode array = levels.putArray(level);
          all.forEach(array::add);
        });
    times.forEach(
        (stage, time) -> {
          ObjectNode node = v1.putObject(stage.label()).put("start", time.start());
          time.finished().ifPresent(end -> node.put("finished", end));
        });
    return json;
  }
}
