package dev.bosky.publish;

import java.io.IOException;

/**
 * A request that got nothing through. The message is one sentence for a person, the same each time
 * the same thing happens.
 */
public final class SinkException extends IOException {
  private final Cause cause;

  /** What kind of trouble. */
  public enum Cause {
    /** The service is busy or broken, the network is slow: it will pass. */
    UNAVAILABLE,
    /** No name, no route, no connection. */
    UNREACHABLE,
    /** Missing, expired or unknown credentials. */
    CREDENTIALS,
    /** The credentials are fine, what they may do is not. */
    DENIED,
    /** This machine's clock is wrong. */
    CLOCK,
    /** What we were told to use cannot be used: a person has to change it. */
    CONFIGURATION,
    /** The disk or pipe behind a local sink. */
    LOCAL
  }

  public SinkException(Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  public SinkException(Cause cause, String message, Throwable because) {
    super(message, because);
    this.cause = cause;
  }

  public Cause kind() {
    return cause;
  }
}
