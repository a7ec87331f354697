package dev.bosky.bus;

import java.util.List;

/** A request refused as a whole, in the form of AWS's JSON 1.1 protocol. */
final class BusError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  BusError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** Status 400, which AWS's JSON protocol gives nearly all that is the caller's fault. */
  BusError(String code, String message) {
    this(400, code, message);
  }

  BusAnswer answer() {
    String body = Json.object().put("__type", code).put("message", getMessage()).toString();
    return new BusAnswer(status, body, List.of());
  }
}
