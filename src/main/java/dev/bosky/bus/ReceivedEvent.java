package dev.bosky.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * An entry that was taken.
 *
 * @param request the number of the request it came in
 * @param eventId the id it was answered with: a new one at each try
 * @param bus the name of the bus it was sent to
 * @param busKnown whether there is such a bus; if not, the event was answered with an id like any
 *     other and dropped, as EventBridge does
 * @param rules the names of the rules it met, in order; none if it was dropped
 * @param detailText {@code Detail} as it was sent, byte for byte
 * @param event the event as rules and targets see it; not to be changed
 */
public record ReceivedEvent(
    int request,
    String eventId,
    String bus,
    boolean busKnown,
    List<String> rules,
    String detailText,
    JsonNode event)
    implements EntryResult {
  public ReceivedEvent {
    Objects.requireNonNull(eventId);
    Objects.requireNonNull(bus);
    rules = List.copyOf(rules);
    Objects.requireNonNull(detailText);
    Objects.requireNonNull(event);
  }

  public String source() {
    return event.path("source").asText();
  }

  public String detailType() {
    return event.path("detail-type").asText();
  }

  public JsonNode detail() {
    return event.path("detail");
  }
}
