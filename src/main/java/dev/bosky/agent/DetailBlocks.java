package dev.bosky.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootView;
import dev.bosky.boot.Evidence;
import dev.bosky.boot.Position;
import dev.bosky.boot.ScriptLine;
import dev.bosky.boot.Stage;
import dev.bosky.event.Event;
import dev.bosky.json.JsonTree;
import dev.bosky.match.Marker;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The blocks of an event's detail, from what the parts know. All texts come in masked. */
final class DetailBlocks {
  private DetailBlocks() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What tells this event from all others of its boot. */
  static String key(Position at, String marker) {
    return at.log() + ":" + at.generation() + ":" + at.offset() + ":" + marker;
  }

  static ObjectNode boot(BootView view) {
    ObjectNode block = object();
    view.number().ifPresent(number -> block.put("Number", number));
    view.ranUserData().ifPresent(ran -> block.put("RanUserData", ran));
    view.stage().map(Stage::label).ifPresent(stage -> block.put("Stage", stage));
    view.script().ifPresent(script -> block.put("Script", script));
    view.uptimeSeconds().ifPresent(s -> block.put("UptimeSeconds", Math.round(s * 100) / 100.0));
    view.cloudInit().ifPresent(version -> block.put("CloudInit", version));
    return block;
  }

  static ObjectNode marker(Marker marker, Map<String, String> fields, OptionalInt exitCode) {
    ObjectNode block = object().put("Id", marker.id()).put("Pack", marker.pack());
    marker.project().ifPresent(project -> block.put("Project", project));
    if (!fields.isEmpty()) {
      ObjectNode node = block.putObject("Fields");
      fields.forEach(node::put);
    }
    exitCode.ifPresent(code -> block.put("ExitCode", code));
    return block;
  }

  static ObjectNode script(ScriptLine script) {
    ObjectNode block = object().put("File", script.file());
    script.line().ifPresent(line -> block.put("Line", line));
    if (!script.text().isEmpty()) {
      block.put("Text", script.text());
    }
    script.item().ifPresent(item -> block.put("Item", item));
    return block;
  }

  /**
   * @param path the log's path as configured, also after a rotation
   */
  static ObjectNode log(String path, Position at) {
    return object().put("Path", path).put("Offset", at.offset()).put("Line", at.number());
  }

  static ObjectNode evidence(Evidence evidence) {
    ObjectNode block = object();
    lines(block, "Before", evidence.before());
    block.put("Text", evidence.text());
    lines(block, "After", evidence.after());
    return block;
  }

  static void lines(ObjectNode block, String name, List<String> lines) {
    if (!lines.isEmpty()) {
      ArrayNode array = block.putArray(name);
      lines.forEach(array::add);
    }
  }

  /** The message of a finished event. */
  static String message(Event event) {
    return detail(event).path("Message").asText();
  }

  /** The boot that a finished event is of. */
  static String bootId(Event event) {
    return detail(event).at("/Boot/Id").asText();
  }

  private static JsonNode detail(Event event) {
    try {
      return JsonTree.read(event.detail());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event's detail is JSON", e);
    }
  }
}
