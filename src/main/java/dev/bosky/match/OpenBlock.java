package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import dev.bosky.boot.Evidence;
import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A match whose evidence is still coming: the lines up to and with the one that {@code until}
 * names.
 *
 * <p>If {@code until} has named groups, the line they were found in is the decisive one (the last
 * line of a traceback): it stands first in the evidence, is the default message, and its captures
 * are fields. Everything in here is masked already.
 */
final class OpenBlock {
  /** Longer blocks are cut off here: what decides stands at their beginning or soon after. */
  static final int MAX_LINES = 200;

  /** A block that goes on after so long is not waited for: an event has to go out at once. */
  static final Duration MAX_WAIT = Duration.ofMillis(500);

  private final Marker marker;
  private final Position at;
  private final Optional<Stage> stage;
  private final Optional<String> pending;
  private final boolean published;
  private final Duration opened;
  private final List<String> before;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private boolean lastIsDecisive;

  OpenBlock(
      Marker marker,
      Position at,
      Optional<Stage> stage,
      Optional<String> pending,
      boolean published,
      Duration opened,
      List<String> before,
      String text,
      Map<String, String> fields) {
    this.marker = marker;
    this.at = at;
    this.stage = stage;
    this.pending = pending;
    this.published = published;
    this.opened = opened;
    this.before = List.copyOf(before);
    this.lines.add(text);
    this.fields.putAll(fields);
  }

  /** Whether the block is complete with the line given last. */
  boolean complete() {
    return marker.until().isEmpty() || lastIsDecisive || lines.size() > MAX_LINES;
  }

  boolean waitedTooLong(Duration sinceBoot) {
    return sinceBoot.minus(opened).compareTo(MAX_WAIT) >= 0;
  }

  /**
   * Takes the next line of the log.
   *
   * @param line as it was read, for {@code until} to look at
   * @param masked the same, masked
   * @return true if it was the last one
   */
  boolean add(String line, String masked) {
    lines.add(MaskedText.cutLine(masked));
    Expression until = marker.until().orElseThrow();
    Matcher matcher = until.matcher(line);
    if (!matcher.find()) {
      return lines.size() > MAX_LINES;
    }
    Map<String, String> captured = new Capture(until, matcher, line, masked).fields();
    fields.putAll(captured);
    lastIsDecisive = !captured.isEmpty();
    return true;
  }

  /** The signal that this match makes. */
  MatchSignal.Matched close() {
    String decisive = lines.get(lastIsDecisive ? lines.size() - 1 : 0);
    List<String> text = new ArrayList<>(lines);
    if (lastIsDecisive) {
      text.add(0, decisive);
    }
    String message =
        marker
            .message()
            .filter(this::fillable)
            .map(this::fill)
            .filter(told -> !told.isBlank())
            .orElse(decisive);
    return new MatchSignal.Matched(
        marker,
        at,
        stage,
        fields,
        Capture.exitCode(fields),
        MaskedText.cutMessage(message),
        new Evidence(before, String.join("\n", text), List.of()),
        pending,
        published);
  }

  /** False while the message needs captures of a last line that did not come. */
  private boolean fillable(String template) {
    Set<String> fromLast = marker.until().map(e -> e.groups().keySet()).orElse(Set.of());
    return MessageTemplate.uses(template).stream()
        .noneMatch(use -> fromLast.contains(use.name()) && !fields.containsKey(use.name()));
  }

  private String fill(String template) {
    return MessageTemplate.fill(template, name -> fields.getOrDefault(name, ""));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("marker", marker.key());
    json.set("at", at.toJson());
    stage.ifPresent(value -> json.put("stage", value.label()));
    pending.ifPresent(value -> json.put("pending", value));
    json.put("published", published);
    json.put("opened_ms", opened.toMillis());
    before.forEach(json.putArray("before")::add);
    lines.forEach(json.putArray("lines")::add);
    ObjectNode values = json.putObject("fields");
    fields.forEach(values::put);
    return json;
  }

  static OpenBlock fromJson(Marker marker, JsonNode json) {
    Map<String, String> fields = new LinkedHashMap<>();
    json.path("fields").properties().forEach(e -> fields.put(e.getKey(), e.getValue().asText()));
    List<String> lines = MaskedText.texts(json.path("lines"));
    OpenBlock block =
        new OpenBlock(
            marker,
            Position.fromJson(json.path("at")),
            Stage.of(json.path("stage").asText()),
            Optional.ofNullable(json.path("pending").textValue()),
            json.path("published").asBoolean(),
            Duration.ofMillis(json.path("opened_ms").asLong()),
            MaskedText.texts(json.path("before")),
            lines.isEmpty() ? "" : lines.get(0),
            fields);
    lines.stream().skip(1).forEach(block.lines::add);
    return block;
  }
}
