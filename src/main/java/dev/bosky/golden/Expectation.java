package dev.bosky.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has to be told of a saved log: for each boot the outcome with its evidence, and the events
 * in their order.
 *
 * <pre>
 * {"boots": [
 *   {"verdict": "fail",
 *    "reasons":  [{"code": "marker", "marker": "web/no-license", "text": "no license"}],
 *    "evidence": {"line": 41, "text": "web: no license for shop"},
 *    "events":   [{"line": 41, "status": "fail", "marker": "web/no-license", "message": "…"}]}]}
 * </pre>
 *
 * <p>An event that is no marker's has its {@code kind} too; a failure that may yet be taken back is
 * {@code "pending": true}. Ids, times, hosts, offsets and paths are left out: they are another
 * run's. All texts are masked, as in the events they come from.
 *
 * @param tree of that form when made of events; any JSON that has {@code boots} when read
 */
record Expectation(JsonNode tree) {
  /** A log of many boots stays far below. */
  static final int MAX_BYTES = 10_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What was told, of the events of a replay in their order. */
  static Expectation of(List<Event> events) throws IOException {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode boots = tree.putArray("boots");
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    for (Event event : events) {
      JsonNode detail = JSON.readTree(event.detail());
      if (event.kind() == Kind.OUTCOME) {
        ObjectNode boot = boots.addObject();
        outcome(detail, boot);
        boot.set("events", told);
        told = JsonNodeFactory.instance.arrayNode();
      } else if (event.kind() != Kind.STARTED) {
        told.add(event(event, detail));
      }
    }
    return new Expectation(tree);
  }

  private static void outcome(JsonNode detail, ObjectNode boot) {
    boot.set("verdict", detail.at("/Outcome/Verdict"));
    ArrayNode reasons = boot.putArray("reasons");
    for (JsonNode reason : detail.at("/Outcome/Reasons")) {
      ObjectNode kept = reasons.addObject();
      keep(reason, "/Code", kept, "code");
      keep(reason, "/Marker", kept, "marker");
      keep(reason, "/Text", kept, "text");
    }
    if (detail.has("Evidence")) {
      ObjectNode evidence = boot.putObject("evidence");
      keep(detail, "/Log/Line", evidence, "line");
      keep(detail, "/Evidence/Text", evidence, "text");
    }
  }

  private static ObjectNode event(Event event, JsonNode detail) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    keep(detail, "/Log/Line", kept, "line");
    if (event.kind() != Kind.MARKER) {
      kept.put("kind", event.kind().label());
    }
    kept.put("status", event.status().label());
    keep(detail, "/Pending", kept, "pending");
    if (detail.has("Marker")) {
      JsonNode marker = detail.path("Marker");
      kept.put("marker", marker.path("Pack").asText() + "/" + marker.path("Id").asText());
    }
    keep(detail, "/Message", kept, "message");
    return kept;
  }

  private static void keep(JsonNode from, String pointer, ObjectNode to, String name) {
    JsonNode value = from.at(pointer);
    if (!value.isMissingNode()) {
      to.set(name, value);
    }
  }

  /**
   * Reads a file.
   *
   * @throws UnfitExpectationException if it is none, with what to do
   * @throws IOException if it cannot be read
   */
  static Expectation read(Path file) throws IOException, UnfitExpectationException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new UnfitExpectationException(
          "%s: expected at most %d bytes, found more".formatted(file, MAX_BYTES));
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new UnfitExpectationException(
          "%s%s: expected JSON, found %s".formatted(file, place, e.getOriginalMessage()));
    }
    if (!tree.path("boots").isArray()) {
      throw new UnfitExpectationException(
          "%s: expected an object with a list 'boots', found %s"
              .formatted(
                  file,
                  tree.isObject()
                      ? "an object without one"
                      : tree.isMissingNode() ? "nothing" : "none"));
    }
    return new Expectation(tree);
  }

  /** As it is written to a file. */
  String text() {
    return JsonLayout.write(tree);
  }

  /** What differs, for a person; empty if nothing does. */
  List<String> differenceTo(Expectation found) {
    return LineDiff.of(lines(), found.lines());
  }

  /** Without the commas at their ends: what was the last of a list may not be so any more. */
  private List<String> lines() {
    return text().lines().map(line -> line.replaceFirst(",$", "")).toList();
  }
}
