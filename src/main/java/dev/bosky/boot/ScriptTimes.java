package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long scripts ran that failed, by the dates of cloud-init.log, which has one where it starts a
 * script and one where it tells of its end. They are the clock's: a clock that is set in between
 * makes the time wrong, or, if it went back, unknown. Of Amazon Linux 2, whose dates have neither
 * year nor fraction, nothing is known.
 *
 * <p>For the reader thread only.
 */
final class ScriptTimes {
  /** As Python's logging writes it: {@code 2025-11-22 12:15:00,613}. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS");

  private static final int DATE_LENGTH = 23;

  private final Map<String, LocalDateTime> began = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** The last line with a date: the one that tells of an end is followed by lines without. */
  private Optional<CleanLine> dated = Optional.empty();

  /** A line of cloud-init.log that begins with a date. */
  void line(CleanLine line) {
    dated = Optional.of(line);
  }

  /** The last line told that this script starts. */
  void started(String script) {
    dated.flatMap(ScriptTimes::date).ifPresent(at -> began.put(script, at));
  }

  /** The last line told that this script has failed. */
  void failed(String script) {
    Optional<LocalDateTime> end = dated.flatMap(ScriptTimes::date);
    LocalDateTime start = began.get(script);
    if (start != null && end.isPresent() && !end.get().isBefore(start)) {
      seconds.putIfAbsent(script, Duration.between(start, end.get()).toMillis() / 1000.0);
    }
  }

  /** How long it ran; empty if it did not fail, or that is not known. */
  OptionalDouble of(String script) {
    Double known = seconds.get(script);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }

  /** The date may be taken for a prefix or not. */
  private static Optional<LocalDateTime> date(CleanLine line) {
    return date(line, line.start()).or(() -> date(line, 0));
  }

  private static Optional<LocalDateTime> date(CleanLine line, int from) {
    if (line.end() - from < DATE_LENGTH || !Character.isDigit(line.bytes()[from])) {
      return Optional.empty();
    }
    String text = new String(line.bytes(), from, DATE_LENGTH, StandardCharsets.US_ASCII);
    try {
      return Optional.of(LocalDateTime.parse(text, DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode starts = json.putObject("began");
    began.forEach((script, at) -> starts.put(script, at.toString()));
    ObjectNode times = json.putObject("seconds");
    seconds.forEach(times::put);
    return json;
  }

  void restore(JsonNode json) {
    json.path("began")
        .properties()
        .forEach(
            start -> began.put(start.getKey(), LocalDateTime.parse(start.getValue().asText())));
    json.path("seconds")
        .properties()
        .forEach(time -> seconds.put(time.getKey(), time.getValue().asDouble()));
  }
}
