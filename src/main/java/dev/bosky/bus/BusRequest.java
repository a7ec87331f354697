package dev.bosky.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request and what it got.
 *
 * @param number its number, from 1
 * @param time when it was answered or broken off
 * @param headers the first value of each header, by name in any case
 * @param body the body; empty where the connection was broken off before it was read
 * @param status the answer's HTTP status; 0 where the connection was broken off without one
 * @param answer the answer's body
 * @param entries what became of each entry of a {@code PutEvents}, in its order
 */
public record BusRequest(
    int number,
    Instant time,
    Map<String, String> headers,
    String body,
    int status,
    String answer,
    List<EntryResult> entries) {
  static final String TARGET = "X-Amz-Target";

  public BusRequest {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
    entries = List.copyOf(entries);
  }

  /** The operation asked for, such as {@code PutEvents}; empty if none was named. */
  public String operation() {
    String target = headers.getOrDefault(TARGET, "");
    return target.substring(target.indexOf('.') + 1);
  }

  /** Whether it was answered as a whole with an error. */
  public boolean isRefused() {
    return status >= 300;
  }

  /** The code of the error that the request as a whole was refused with; empty without one. */
  public String errorCode() {
    return answered("__type");
  }

  /** The service's words with that code; empty without any. */
  public String errorMessage() {
    return answered("message");
  }

  private String answered(String field) {
    ObjectNode object = Json.parseObject(answer);
    return object == null ? "" : object.path(field).asText("");
  }

  /** The entries that were taken. */
  public List<ReceivedEvent> taken() {
    return entries.stream()
        .filter(ReceivedEvent.class::isInstance)
        .map(ReceivedEvent.class::cast)
        .toList();
  }

  /** What it takes of memory, roughly. */
  long bytes() {
    return body.length() * 2L + answer.length();
  }

  static BusRequest of(
      int number, Instant time, Map<String, String> headers, byte[] body, BusAnswer answer) {
    return new BusRequest(
        number,
        time,
        headers,
        new String(body, UTF_8),
        answer.status(),
        answer.body(),
        answer.entries());
  }

  static BusRequest brokenOff(int number, Instant time, Map<String, String> headers) {
    return new BusRequest(number, time, headers, "", 0, "", List.of());
  }
}
