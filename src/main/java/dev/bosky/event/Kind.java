package dev.bosky.event;

import java.util.Locale;

/** What an event is about. */
public enum Kind {
  MESSAGE,
  STARTED,
  MARKER,
  OUTCOME,
  CLEARED,
  AMENDED,
  NOTICE;

  /** The name in events, such as {@code marker}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
