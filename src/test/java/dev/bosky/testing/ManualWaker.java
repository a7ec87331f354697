package dev.bosky.testing;

import dev.bosky.source.Waker;
import java.time.Duration;

/**
 * Steps a polling loop by hand: the loop waits until a test lets it go round once more.
 *
 * <p>The loop runs in a thread of its own; {@link #step} returns when that thread waits again, or
 * has closed the waker, so that everything of the round is done.
 */
public final class ManualWaker implements Waker {
  /** Far beyond any round of a loop; reached by failing tests only. */
  private static final long MOST_MILLIS = 30_000;

  private int wakes;
  private boolean waiting;
  private boolean closed;

  @Override
  public synchronized void await(Duration most) throws InterruptedException {
    waiting = true;
    notifyAll();
    while (wakes == 0 && !closed) {
      wait();
    }
    wakes = 0;
    waiting = false;
  }

  @Override
  public synchronized void wake() {
    wakes++;
    notifyAll();
  }

  /** Waits until the loop waits, lets it go round once, and waits until it waits again. */
  public synchronized void step() throws InterruptedException {
    untilWaiting();
    wake();
    waiting = false;
    untilWaiting();
  }

  /** Waits until the loop waits, or has ended. */
  public synchronized void untilWaiting() throws InterruptedException {
    long until = System.currentTimeMillis() + MOST_MILLIS;
    while (!waiting && !closed) {
      long left = until - System.currentTimeMillis();
      if (left <= 0) {
        throw new AssertionError("the loop did not come back to its wait");
      }
      wait(left);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
