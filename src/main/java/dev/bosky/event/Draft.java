package dev.bosky.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/**
 * An event that still lacks the instance it came from: everything that was known when its line was
 * read.
 *
 * <p>Very early in a boot the instance id may not be known yet. The agent goes on reading, keeps
 * drafts (in its checkpoint, so they are as durable as the position that passed their lines), and
 * {@link EventFactory#finish finishes} them when the id is there.
 *
 * @param key what makes the event's id unique within its boot: file generation, offset and marker,
 *     or the kind
 * @param team the team the marker's file names; empty if none
 * @param detail the detail's own blocks (Message, Boot, Marker, Log, Evidence, Outcome, …), masked
 */
public record Draft(
    Kind kind,
    Status status,
    long sequence,
    Instant time,
    String key,
    String team,
    ObjectNode detail) {

  /** As a JSON tree, for the checkpoint. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind.label());
    json.put("status", status.label());
    json.put("sequence", sequence);
    json.put("time", time.toString());
    json.put("key", key);
    json.put("team", team);
    json.set("detail", detail);
    return json;
  }

  /** The draft that {@link #toJson} made. */
  public static Draft fromJson(JsonNode json) {
    return new Draft(
        Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        Status.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
        json.path("sequence").asLong(),
        Instant.parse(json.path("time").asText()),
        json.path("key").asText(),
        json.path("team").asText(),
        json.path("detail").deepCopy());
  }
}
