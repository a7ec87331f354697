package dev.bosky.boot;

import java.time.Duration;
import java.time.Instant;

/**
 * What a {@link BootTracker} is told at its start.
 *
 * @param mode which boots are followed
 * @param timeout how long after the boot's first sign cloud-init must have ended; live only
 * @param bootBegan when the kernel started, by the clock as it is now; not used in replay
 */
public record BootSettings(Mode mode, Duration timeout, Instant bootBegan) {
  /** Which boots are followed. */
  enum Mode {
    /** The one that this machine is in, with a clock. */
    LIVE,
    /** The one before, to its end: what follows in its logs is another's. */
    PREVIOUS,
    /** As many as the log has, without a clock. */
    REPLAY
  }

  /** For the agent: this boot only. */
  public static BootSettings agent(Duration timeout, Instant bootBegan) {
    return new BootSettings(Mode.LIVE, timeout, bootBegan);
  }

  /**
   * For the boot that an earlier agent followed, and that is over.
   *
   * @param nextBegan when the kernel started that runs now
   */
  public static BootSettings previous(Instant nextBegan) {
    return new BootSettings(Mode.PREVIOUS, Duration.ZERO, nextBegan);
  }

  /** For a saved log. */
  public static BootSettings replay() {
    return new BootSettings(Mode.REPLAY, Duration.ZERO, Instant.EPOCH);
  }

  boolean live() {
    return mode == Mode.LIVE;
  }
}
