package dev.bosky.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * When this boot began, in the terms of the clock that dates files, even after that clock was set
 * back: a file written then looks older than it is.
 */
final class BootClock {
  private final Instant began;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Instant firstInstant;
  private final long firstNanos;
  private Duration setBack = Duration.ZERO;

  BootClock(Instant began, InstantSource clock, LongSupplier nanoTime) {
    this.began = began;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.firstInstant = clock.instant();
    this.firstNanos = nanoTime.getAsLong();
  }

  /** Files last written before this hold nothing of this boot. */
  Instant began() {
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - firstNanos);
    Duration ahead = Duration.between(clock.instant(), firstInstant.plus(elapsed));
    if (ahead.compareTo(setBack) > 0) {
      setBack = ahead;
    }
    return began.minus(setBack);
  }

  /**
   * From when on a rotated file is news to someone who last saw the log written at this time. If
   * that is still to come, the clock was set back meanwhile: all of this boot counts then.
   */
  Instant threshold(Instant lastWritten) {
    Instant began = began();
    return lastWritten.isAfter(clock.instant()) && began.isBefore(lastWritten)
        ? began
        : lastWritten;
  }
}
