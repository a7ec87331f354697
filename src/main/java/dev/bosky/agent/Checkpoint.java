package dev.bosky.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the reader goes on after a restart, as one document:
 *
 * <pre>
 * boot        the kernel's id of the boot it is about
 * instance    the instance it is about
 * logs{}      by name, a {@link dev.bosky.source.TailPosition}
 * pipeline    what the pipeline has to remember
 * </pre>
 */
record Checkpoint(
    String bootId, String instanceId, Map<String, ObjectNode> logs, ObjectNode pipeline) {
  /** The version of the document. */
  static final int VERSION = 1;

  /** The name of the document in the state folder. */
  static final String NAME = "checkpoint";

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("boot", bootId).put("instance", instanceId);
    ObjectNode positions = json.putObject("logs");
    new TreeMap<>(logs).forEach(positions::set);
    json.set("pipeline", pipeline);
    return json;
  }

  static Checkpoint fromJson(JsonNode json) {
    Map<String, ObjectNode> logs = new TreeMap<>();
    json.path("logs")
        .properties()
        .forEach(entry -> logs.put(entry.getKey(), (ObjectNode) entry.getValue()));
    return new Checkpoint(
        json.path("boot").asText(),
        json.path("instance").asText(),
        logs,
        json.path("pipeline") instanceof ObjectNode pipeline
            ? pipeline
            : JsonNodeFactory.instance.objectNode());
  }
}
