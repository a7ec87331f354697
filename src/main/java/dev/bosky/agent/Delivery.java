package dev.bosky.agent;

import dev.bosky.publish.Publisher;
import java.time.Duration;

/**
 * The publisher on its thread {@code agent-publisher}, from when there is a spool to publish from,
 * and how long what waits there is given at the end. Any thread.
 */
final class Delivery {
  /** How long after the outcome the spool may take to drain. */
  static final Duration DRAIN = Duration.ofHours(2);

  /** How long what waits may take at a stop. */
  static final Duration STOP_DRAIN = Duration.ofSeconds(20);

  private volatile Publisher publisher;

  /** Begins to publish; once. */
  void start(Publisher made) {
    publisher = made;
    new Thread(made, "agent-publisher").start();
  }

  /**
   * Returns when all is delivered, or it is no use to wait any longer; at once if nothing was
   * begun.
   *
   * @param stopping whether only {@link #STOP_DRAIN} is given, instead of {@link #DRAIN}
   */
  void drain(boolean stopping) throws InterruptedException {
    if (publisher != null) {
      publisher.drain(stopping ? STOP_DRAIN : DRAIN);
    }
  }

  /** Ends the long drain of a boot that has been told already. */
  void hasten() {
    if (publisher != null) {
      publisher.hasten(STOP_DRAIN);
    }
  }
}
