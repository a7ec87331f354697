package dev.bosky.publish;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a denial of access means. The role of a fresh instance may need its first minutes until
 * every endpoint knows it; later a denial is one.
 *
 * @param sinceBoot how long ago the machine came up
 * @param grace how long after that a denial is tried again; then it is final
 */
public record DenialPolicy(Supplier<Duration> sinceBoot, Duration grace) {
  /** Longer than it took in any report we know of. */
  public static final Duration DEFAULT_GRACE = Duration.ofMinutes(10);

  /** A policy with the default grace. */
  public static DenialPolicy sinceBoot(Supplier<Duration> sinceBoot) {
    return new DenialPolicy(sinceBoot, DEFAULT_GRACE);
  }

  boolean mayPass() {
    return sinceBoot.get().compareTo(grace) < 0;
  }
}
