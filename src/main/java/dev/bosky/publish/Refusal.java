package dev.bosky.publish;

import java.time.Instant;
import java.util.Optional;

/** The service answered, and refused the request as a whole. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String text;
  private final Instant serverTime;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param code the service's; empty if the answer has none
   * @param text the service's own words, as they came; null if there are none
   * @param serverTime of the answer; null if it says nothing of it
   */
  Refusal(int status, Optional<String> code, String text, Instant serverTime) {
    super(code.orElse("HTTP " + status) + ": " + text);
    this.status = status;
    this.code = code.orElse("HTTP " + status);
    this.text = text == null || text.isBlank() ? "no reason given" : AwsErrors.oneLine(text);
    this.serverTime = serverTime;
  }

  int status() {
    return status;
  }

  /** The service's code, or {@code HTTP 503} where the answer has none. */
  String code() {
    return code;
  }

  /** The service's own words, one line, not too long. */
  String text() {
    return text;
  }

  Optional<Instant> serverTime() {
    return Optional.ofNullable(serverTime);
  }
}
