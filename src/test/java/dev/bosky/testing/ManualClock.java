package dev.bosky.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes when it is told to. Any thread may ask. */
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** How far the wall clock was put forward or, negative, back. */
  private final AtomicReference<Duration> put = new AtomicReference<>(Duration.ZERO);

  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get().plus(put.get());
  }

  /** The same as nanoseconds, for what measures durations. */
  public long nanoTime() {
    Instant instant = now.get();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  public void advance(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }

  /** Puts the wall clock forward or back, as time synchronisation does: no time passes. */
  public void putForward(Duration by) {
    put.updateAndGet(p -> p.plus(by));
  }

  public void set(Instant time) {
    now.set(time);
  }
}
