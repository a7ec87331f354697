package dev.bosky.boot;

import java.util.Locale;

/** How a boot went. */
public enum Verdict {
  SUCCESS,
  DEGRADED,
  FAIL,
  TIMEOUT,
  INTERRUPTED,
  UNFINISHED;

  /** The name in events, such as {@code degraded}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
