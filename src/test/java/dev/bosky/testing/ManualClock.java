package dev.bosky.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes when it is told to. Any thread may ask. */
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** The same as nanoseconds, for what measures durations. */
  public long nanoTime() {
    Instant instant = now.get();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  public void advance(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }

  public void set(Instant time) {
    now.set(time);
  }
}
