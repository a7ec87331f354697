package dev.bosky.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.Interruption;
import dev.bosky.source.TailPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the reader goes on after a restart, as one document:
 *
 * <pre>
 * boot        the kernel's id of the boot it is about
 * began       when that boot began, ISO 8601
 * instance    the instance it is about
 * stopped     true if the agent was stopped in order, and had nothing to say of the boot's end
 * interruption  what was announced to end the instance, such as spot; or absent
 * logs{}      by name, a {@link dev.bosky.source.TailPosition}
 * pipeline    what the pipeline has to remember
 * </pre>
 */
record Checkpoint(
    ThisBoot boot,
    String instanceId,
    boolean stopped,
    Optional<Interruption> interruption,
    Map<String, ObjectNode> logs,
    ObjectNode pipeline) {
  /** The version of the document. */
  static final int VERSION = 1;

  /** The name of the document in the state folder. */
  static final String NAME = "checkpoint";

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("boot", boot.bootId()).put("began", boot.bootStarted().toString());
    json.put("instance", instanceId);
    if (stopped) {
      json.put("stopped", true);
    }
    interruption.ifPresent(why -> json.put("interruption", why.label()));
    ObjectNode positions = json.putObject("logs");
    new TreeMap<>(logs).forEach(positions::set);
    json.set("pipeline", pipeline);
    return json;
  }

  /**
   * The checkpoint that {@link #toJson} made.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  static Checkpoint fromJson(JsonNode json) {
    try {
      return read(json);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("began: " + e.getMessage(), e);
    }
  }

  private static Checkpoint read(JsonNode json) {
    Map<String, ObjectNode> logs = new TreeMap<>();
    json.path("logs")
        .properties()
        .forEach(entry -> logs.put(entry.getKey(), position(entry.getKey(), entry.getValue())));
    return new Checkpoint(
        new ThisBoot(
            json.path("boot").asText(),
            Instant.parse(json.path("began").asText(Instant.EPOCH.toString()))),
        json.path("instance").asText(),
        json.path("stopped").asBoolean(),
        Interruption.of(json.path("interruption").asText()),
        logs,
        json.path("pipeline") instanceof ObjectNode pipeline
            ? pipeline
            : JsonNodeFactory.instance.objectNode());
  }

  private static ObjectNode position(String log, JsonNode json) {
    if (json instanceof ObjectNode position) {
      return position;
    }
    throw new IllegalArgumentException(
        "position of " + log + ": expected an object, found " + json);
  }

  /**
   * The place to go on at in each log, by its name.
   *
   * @throws IllegalArgumentException if one is of another form
   */
  Map<String, TailPosition> positions() {
    Map<String, TailPosition> positions = new TreeMap<>();
    logs.forEach((name, json) -> positions.put(name, TailPosition.fromJson(json)));
    return positions;
  }
}
