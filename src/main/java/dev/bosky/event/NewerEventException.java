package dev.bosky.event;

import java.io.IOException;

/** A newer build wrote the event: it is whole, and not for this build to read or to remove. */
public final class NewerEventException extends IOException {
  NewerEventException(int version) {
    super("event of version " + version + ", this build reads up to " + EventCodec.VERSION);
  }
}
