package dev.bosky.spool;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;

/** What goes first; read backwards, what gives way first. */
enum Rank {
  /** The verdict, and its amendment: goes first, is never given up. */
  OUTCOME,
  FAIL,
  SUCCESS,
  INFO;

  static Rank of(Event event) {
    if (event.kind() == Kind.OUTCOME || event.kind() == Kind.AMENDED) {
      return OUTCOME;
    }
    return switch (event.status()) {
      case FAIL -> FAIL;
      case SUCCESS -> SUCCESS;
      case INFO -> INFO;
    };
  }
}
