package dev.bosky.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One finished event: what lies in the spool and goes on the wire, byte for byte.
 *
 * @param id our own id, the same at each repeat ({@code Detail.Id})
 * @param kind what it is about; decides what gives way in a full spool and what goes first
 * @param status the status before any renaming
 * @param sequence its number within the boot, from 1; 0 for a message sent by hand
 * @param time when it happened ({@code Time}); whole milliseconds are kept
 * @param eventSource the project ({@code Source})
 * @param detailType {@code DetailType}
 * @param resources {@code Resources}
 * @param bus {@code EventBusName}: a name or an ARN
 * @param detail {@code Detail}: a JSON object as text
 */
public record Event(
    String id,
    Kind kind,
    Status status,
    long sequence,
    Instant time,
    String eventSource,
    String detailType,
    List<String> resources,
    String bus,
    String detail) {
  public Event {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(status);
    Objects.requireNonNull(time);
    Objects.requireNonNull(eventSource);
    Objects.requireNonNull(detailType);
    resources = List.copyOf(resources);
    Objects.requireNonNull(bus);
    Objects.requireNonNull(detail);
  }
}
