package dev.bosky.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code PutEvents}: the request as a whole is refused for its form, its number of entries or its
 * size; then each entry is taken or refused by itself.
 */
final class PutEvents {
  /** Entries in a request. */
  static final int MAX_ENTRIES = 10;

  /** What {@code Time} counts. */
  private static final int TIME_BYTES = 14;

  private static final List<String> REQUIRED = List.of("Source", "DetailType", "Detail");
  private static final List<String> TEXTS =
      List.of("Source", "DetailType", "Detail", "EventBusName", "TraceHeader");

  private final Set<String> buses;
  private final RuleSet rules;
  private final int maxRequestBytes;
  private final InstantSource clock;

  PutEvents(LocalBusBuilder settings, Set<String> buses) {
    this.buses = buses;
    this.rules = settings.rules;
    this.maxRequestBytes = settings.maxRequestBytes;
    this.clock = settings.clock;
  }

  BusAnswer answer(
      int number, Signature signature, ObjectNode request, Map<Integer, Fault.EntryError> failing)
      throws BusError {
    JsonNode entries = entries(request);
    List<EntryResult> results = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Fault.EntryError error = failing.get(i);
      results.add(
          error == null
              ? take(number, signature, entries.get(i))
              : new RefusedEntry(error.code(), error.message()));
    }
    return BusAnswer.of(body(results), results);
  }

  /** The entries of a request that is right as a whole. */
  private JsonNode entries(ObjectNode request) throws BusError {
    JsonNode entries = request.path("Entries");
    if (entries.isMissingNode() || entries.isNull()) {
      throw constraint("null", "Member must not be null");
    }
    if (!entries.isArray()) {
      throw new BusError("SerializationException", "Entries: expected a list");
    }
    if (entries.isEmpty()) {
      throw constraint("[]", "Member must have length greater than or equal to 1");
    }
    if (entries.size() > MAX_ENTRIES) {
      throw constraint(
          "[PutEventsRequestEntry]",
          "Member must have length less than or equal to " + MAX_ENTRIES);
    }
    long size = 0;
    for (JsonNode entry : entries) {
      checkTypes(entry);
      size += size(entry);
    }
    if (size > maxRequestBytes) {
      throw new BusError(
          "ValidationException", "Total size of the entries in the request is over the limit.");
    }
    return entries;
  }

  private static BusError constraint(String value, String constraint) {
    return new BusError(
        "ValidationException",
        "1 validation error detected: Value '%s' at 'entries' failed to satisfy constraint: %s"
            .formatted(value, constraint));
  }

  private static void checkTypes(JsonNode entry) throws BusError {
    boolean right = entry.isObject() && EventEnvelope.isTime(entry.path("Time"));
    for (String field : TEXTS) {
      right &= !entry.hasNonNull(field) || entry.get(field).isTextual();
    }
    if (entry.hasNonNull("Resources")) {
      right &= entry.get("Resources").isArray();
      for (JsonNode resource : entry.get("Resources")) {
        right &= resource.isTextual();
      }
    }
    if (!right) {
      throw new BusError("SerializationException", "an entry has a field of the wrong type");
    }
  }

  /** The entry's size as EventBridge counts it. */
  private static long size(JsonNode entry) {
    long size = entry.hasNonNull("Time") ? TIME_BYTES : 0;
    for (String field : REQUIRED) {
      size += bytes(entry.path(field));
    }
    for (JsonNode resource : entry.path("Resources")) {
      size += bytes(resource);
    }
    return size;
  }

  private static int bytes(JsonNode text) {
    return text.asText("").getBytes(UTF_8).length;
  }

  private EntryResult take(int number, Signature signature, JsonNode entry) {
    for (String field : REQUIRED) {
      if (entry.path(field).asText("").isEmpty()) {
        return new RefusedEntry(
            "InvalidArgument",
            "Parameter %1$s is not valid. Reason: %1$s is a required argument.".formatted(field));
      }
    }
    if (entry.get("Source").textValue().startsWith("aws.")) {
      return new RefusedEntry("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    String detailText = entry.get("Detail").textValue();
    ObjectNode detail = Json.parseObject(detailText);
    if (detail == null) {
      return new RefusedEntry("MalformedDetail", "Detail is malformed.");
    }
    String id = UUID.randomUUID().toString();
    JsonNode event = EventEnvelope.of(id, signature.region(), entry, detail, clock);
    String bus = BusService.busName(entry.path("EventBusName").asText(BusService.DEFAULT_BUS));
    boolean known = buses.contains(bus);
    List<String> met = known ? rules.match(event) : List.of();
    return new ReceivedEvent(number, id, bus, known, met, detailText, event);
  }

  private static ObjectNode body(List<EntryResult> results) {
    ObjectNode body = Json.object();
    ArrayNode entries = body.putArray("Entries");
    int failed = 0;
    for (EntryResult result : results) {
      if (result instanceof ReceivedEvent event) {
        entries.addObject().put("EventId", event.eventId());
      } else if (result instanceof RefusedEntry refused) {
        failed++;
        entries.addObject().put("ErrorCode", refused.code()).put("ErrorMessage", refused.message());
      }
    }
    return body.put("FailedEntryCount", failed);
  }
}
