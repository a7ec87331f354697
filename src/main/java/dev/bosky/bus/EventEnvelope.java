package dev.bosky.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The event that EventBridge makes of an entry: what rules match and targets get. */
final class EventEnvelope {
  private EventEnvelope() {}

  static ObjectNode of(
      String id, String region, JsonNode entry, ObjectNode detail, InstantSource clock) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", entry.get("DetailType").textValue());
    event.put("source", entry.get("Source").textValue());
    event.put("account", LocalBusBuilder.ACCOUNT);
    // EventBridge keeps whole seconds.
    Instant time = entry.hasNonNull("Time") ? time(entry.get("Time")) : clock.instant();
    event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", region);
    ArrayNode resources = event.putArray("resources");
    entry.path("Resources").forEach(resources::add);
    event.set("detail", detail);
    return event;
  }

  /** Whether it is a time, or none. */
  static boolean isTime(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return true;
    }
    try {
      time(value);
      return true;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  /** Seconds since 1970, which SDKs send, or ISO 8601. */
  private static Instant time(JsonNode value) {
    return value.isNumber()
        ? Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue())
        : Instant.parse(value.asText());
  }
}
