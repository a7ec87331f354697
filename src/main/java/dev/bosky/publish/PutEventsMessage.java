package dev.bosky.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bosky.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What goes over the wire for {@code PutEvents}: AWS's JSON protocol 1.1.
 *
 * <p>By Jackson's streaming API: the mapper takes longer to make than the request to send.
 */
final class PutEventsMessage {
  private static final JsonFactory JSON = new JsonFactory();

  private PutEventsMessage() {}

  /**
   * What the answer says of one entry.
   *
   * @param eventId the service's id, if it took the entry; else null
   * @param errorCode why it did not; else null
   * @param errorMessage its words for it; may be null
   */
  record Result(String eventId, String errorCode, String errorMessage) {}

  /** The request's body. */
  static byte[] request(List<Event> events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Entries");
      for (Event event : events) {
        write(json, event);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Event event) throws IOException {
    json.writeStartObject();
    // Seconds, with the milliseconds behind the point.
    json.writeNumberField("Time", BigDecimal.valueOf(event.time().toEpochMilli(), 3));
    json.writeStringField("Source", event.eventSource());
    json.writeArrayFieldStart("Resources");
    for (String resource : event.resources()) {
      json.writeString(resource);
    }
    json.writeEndArray();
    json.writeStringField("DetailType", event.detailType());
    json.writeStringField("Detail", event.detail());
    json.writeStringField("EventBusName", event.bus());
    json.writeEndObject();
  }

  /**
   * The answer to a request that was taken.
   *
   * @throws IOException if it is no JSON object
   */
  static List<Result> results(byte[] body) throws IOException {
    List<Result> results = new ArrayList<>();
    try (JsonParser json = JSON.createParser(body)) {
      expectObject(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean entries = json.currentName().equals("Entries");
        if (json.nextToken() == JsonToken.START_ARRAY && entries) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> entry = texts(json);
            results.add(
                new Result(
                    entry.get("EventId"), entry.get("ErrorCode"), entry.get("ErrorMessage")));
          }
        } else {
          json.skipChildren();
        }
      }
    }
    return results;
  }

  /** The answer to a request that was refused: its code in a header or in the body, or nowhere. */
  static Refusal refusal(SdkHttpResponse response, byte[] body) {
    Map<String, String> said = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      expectObject(json);
      texts(json).forEach((key, value) -> said.put(key.toLowerCase(Locale.ROOT), value));
    } catch (IOException e) {
      // Not the service's words, but a proxy's: the status has to do.
      said.clear();
    }
    Optional<String> code =
        response
            .firstMatchingHeader("x-amzn-ErrorType")
            .or(() -> Optional.ofNullable(said.get("__type")))
            .or(() -> Optional.ofNullable(said.get("code")))
            .map(PutEventsMessage::shortCode)
            .filter(name -> !name.isEmpty());
    return new Refusal(
        response.statusCode(),
        code,
        said.get("message"),
        response.firstMatchingHeader("Date").flatMap(PutEventsMessage::time).orElse(null));
  }

  /** {@code com.amazon.coral.service#AccessDenied:http://…} is {@code AccessDenied}. */
  private static String shortCode(String name) {
    String behind = name.substring(name.indexOf('#') + 1);
    int colon = behind.indexOf(':');
    return (colon < 0 ? behind : behind.substring(0, colon)).strip();
  }

  private static Optional<Instant> time(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void expectObject(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("an answer that is no JSON object");
    }
  }

  /** The fields with a text of the object at hand, which it is behind of then. */
  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return texts;
  }
}
