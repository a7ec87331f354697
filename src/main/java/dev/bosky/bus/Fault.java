package dev.bosky.bus;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How a request misbehaves, on purpose: what a service or the way to it may do. */
public sealed interface Fault {
  /** The connection is closed without an answer; the request was not taken. */
  record HangUpBefore() implements Fault {}

  /** The connection is closed without an answer, though the request was taken. */
  record HangUpAfter() implements Fault {}

  /** The request is taken as usual; the answer comes late, or with {@link LocalBus#close}. */
  record Slow(Duration delay) implements Fault {}

  /** These entries, by index from 0, are refused; the others are taken. */
  record FailEntries(Map<Integer, EntryError> errors) implements Fault {
    public FailEntries {
      errors = Map.copyOf(errors);
    }
  }

  /**
   * The request is refused as a whole.
   *
   * @param code the error's code; empty for an answer without a body
   */
  record Refuse(int status, String code, String message) implements Fault {
    BusAnswer answer() {
      return code.isEmpty() ? BusAnswer.bare(status) : new BusError(status, code, message).answer();
    }
  }

  /** What an entry is refused with. */
  record EntryError(String code, String message) {}

  static Fault throttled() {
    return new Refuse(400, "ThrottlingException", "Rate exceeded");
  }

  static Fault internalFailure() {
    return new Refuse(500, "InternalFailure", "Internal Failure");
  }

  static Fault expiredToken() {
    return new Refuse(
        400, "ExpiredTokenException", "The security token included in the request is expired");
  }

  static Fault accessDenied() {
    return new Refuse(
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/web/i-0abc is not authorized to perform:"
            + " events:PutEvents on resource: "
            + BusService.arn("eu-west-1", BusService.DEFAULT_BUS));
  }

  /** The sender's clock is wrong. The answer's own {@code Date} stays that of this machine. */
  static Fault clockSkew() {
    return new Refuse(
        403,
        "InvalidSignatureException",
        "Signature expired: 20200101T000000Z is now earlier than 20200101T001000Z"
            + " (20200101T001500Z - 5 min.)");
  }

  /** A status without a word, as something between client and service gives it. */
  static Fault bare(int status) {
    return new Refuse(status, "", "");
  }

  /** The entries at these indices are throttled. */
  static Fault throttledEntries(int... indices) {
    return failedEntries("ThrottlingException", "Rate exceeded", indices);
  }

  /** The entries at these indices are refused with this code. */
  static Fault failedEntries(String code, String message, int... indices) {
    Map<Integer, EntryError> errors = new HashMap<>();
    for (int index : indices) {
      errors.put(index, new EntryError(code, message));
    }
    return new FailEntries(errors);
  }

  /** So many of the same in a row. */
  static Fault[] times(int count, Fault fault) {
    return Collections.nCopies(count, fault).toArray(Fault[]::new);
  }
}
