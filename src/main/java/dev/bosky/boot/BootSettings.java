package dev.bosky.boot;

import java.time.Duration;
import java.time.Instant;

/**
 * What a {@link BootTracker} is told at its start.
 *
 * @param live true for the agent on the machine: one boot, with a clock; false for replay: as many
 *     boots as the log has, without one
 * @param timeout how long after the boot's first sign cloud-init must have ended
 * @param bootBegan when the kernel started, by the clock as it is now; not used in replay
 */
public record BootSettings(boolean live, Duration timeout, Instant bootBegan) {
  /** For the agent: this boot only. */
  public static BootSettings agent(Duration timeout, Instant bootBegan) {
    return new BootSettings(true, timeout, bootBegan);
  }

  /** For a saved log. */
  public static BootSettings replay() {
    return new BootSettings(false, Duration.ZERO, Instant.EPOCH);
  }
}
