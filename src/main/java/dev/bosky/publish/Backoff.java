package dev.bosky.publish;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after so many requests in a row that got nothing through: a random time between
 * zero and a bound that doubles ("full jitter": a fleet that was refused together comes back spread
 * out).
 *
 * @param first the bound after the first failure
 * @param most what the bound never exceeds
 */
public record Backoff(Duration first, Duration most) {
  /** 50 ms, at most 20 s. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(20));

  public Backoff {
    if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff: expected 0 < first <= most, found %s and %s".formatted(first, most));
    }
  }

  /** The bound after {@code failures} in a row, from 1. */
  public Duration bound(int failures) {
    int doublings = Math.min(failures - 1, 40);
    long nanos = first.toNanos();
    for (int i = 0; i < doublings && nanos < most.toNanos(); i++) {
      nanos *= 2;
    }
    return nanos < most.toNanos() ? Duration.ofNanos(nanos) : most;
  }

  /** The wait after {@code failures} in a row, from 1. */
  public Duration delay(int failures, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(bound(failures).toNanos() + 1));
  }
}
