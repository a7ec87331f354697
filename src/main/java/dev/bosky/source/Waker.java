package dev.bosky.source;

import java.io.Closeable;
import java.time.Duration;

/**
 * How a loop that polls waits between two polls. Ending a wait early is only for speed: whoever
 * polls gets everything without it.
 */
public interface Waker extends Closeable {
  /**
   * Waits until woken, at most so long. A wake that came since the last wait counts.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  void await(Duration most) throws InterruptedException;

  /** Ends the wait that is going on, or else the next one. Any thread may call it. */
  void wake();
}
