package dev.bosky.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events to bytes and back.
 *
 * <p>Two forms. {@link #entry} is one entry of {@code PutEvents} as JSON, {@code Detail} a string
 * as on the wire: what {@code --sink stdout} and {@code replay --format json} print. {@link
 * #encode} is that entry in an envelope with what the spool must know without reading the detail:
 *
 * <pre>
 * { "version": 1, "id": "…", "kind": "marker", "status": "fail", "sequence": 7, "entry": { … } }
 * </pre>
 */
public final class EventCodec {
  /** The version of the envelope that this build writes and the newest it reads. */
  public static final int VERSION = 1;

  private EventCodec() {}

  /** The event as one entry of {@code PutEvents}. */
  public static ObjectNode entry(Event event) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("Time", event.time().toString());
    entry.put("Source", event.eventSource());
    ArrayNode resources = entry.putArray("Resources");
    event.resources().forEach(resources::add);
    entry.put("DetailType", event.detailType());
    entry.put("Detail", event.detail());
    entry.put("EventBusName", event.bus());
    return entry;
  }

  /** The event in its envelope, one line of UTF-8 JSON without line end. */
  public static byte[] encode(Event event) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("version", VERSION);
    envelope.put("id", event.id());
    envelope.put("kind", event.kind().label());
    envelope.put("status", event.status().label());
    envelope.put("sequence", event.sequence());
    envelope.set("entry", entry(event));
    return JsonTree.bytes(envelope);
  }

  /**
   * The event in that envelope.
   *
   * @throws NewerEventException if a newer build wrote it
   * @throws IOException if it is no such envelope: the text says what was expected and found
   */
  public static Event decode(byte[] bytes) throws IOException {
    JsonNode envelope;
    try {
      envelope = JsonTree.read(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException("expected JSON, found: " + e.getOriginalMessage(), e);
    }
    if (!envelope.isObject()) {
      throw new IOException(
          "expected a JSON object with an event, found " + envelope.getNodeType());
    }
    int version = envelope.path("version").asInt();
    if (version > VERSION) {
      throw new NewerEventException(version);
    }
    if (version < 1) {
      throw new IOException("expected the version of an event, found " + envelope.get("version"));
    }
    JsonNode entry = envelope.path("entry");
    List<String> resources = new ArrayList<>();
    entry.path("Resources").forEach(r -> resources.add(r.asText()));
    try {
      return new Event(
          text(envelope, "id"),
          Kind.valueOf(text(envelope, "kind").toUpperCase(Locale.ROOT)),
          Status.valueOf(text(envelope, "status").toUpperCase(Locale.ROOT)),
          envelope.path("sequence").asLong(),
          Instant.parse(text(entry, "Time")),
          text(entry, "Source"),
          text(entry, "DetailType"),
          resources,
          text(entry, "EventBusName"),
          text(entry, "Detail"));
    } catch (IllegalArgumentException | java.time.format.DateTimeParseException e) {
      throw new IOException("no event of version " + VERSION + ": " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String field) throws IOException {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual()) {
      throw new IOException("expected a text at " + field + ", found " + value);
    }
    return value.textValue();
  }
}
