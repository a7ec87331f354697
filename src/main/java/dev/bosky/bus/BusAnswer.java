package dev.bosky.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The answer to one request: status, body (empty for a bare one), and what became of entries. */
record BusAnswer(int status, String body, List<EntryResult> entries) {
  static BusAnswer of(JsonNode body, List<EntryResult> entries) {
    return new BusAnswer(200, body.toString(), entries);
  }

  /** A status without a word, as a proxy or load balancer in front of the service gives it. */
  static BusAnswer bare(int status) {
    return new BusAnswer(status, "", List.of());
  }

  byte[] bytes() {
    return body.getBytes(UTF_8);
  }
}
