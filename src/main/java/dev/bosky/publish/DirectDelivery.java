package dev.bosky.publish;

import dev.bosky.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Sends one event without a spool, for a call that waits for the answer.
 *
 * @param sink where to
 * @param backoff between tries
 * @param random the backoff's chance
 * @param nanoTime a clock that only goes forward
 * @param pause how to wait
 */
public record DirectDelivery(
    EventSink sink,
    Backoff backoff,
    RandomGenerator random,
    LongSupplier nanoTime,
    Publisher.Pause pause) {

  /** Delivery on the real clock. */
  public static DirectDelivery to(EventSink sink, RandomGenerator random) {
    return new DirectDelivery(
        sink,
        Backoff.DEFAULT,
        random,
        System::nanoTime,
        most -> java.util.concurrent.TimeUnit.NANOSECONDS.sleep(most.toNanos()));
  }

  /**
   * Tries until it is taken, refused for good, or the time is over; at least once. What a person
   * has to change first is not tried again.
   *
   * @return {@code Retryable} if it was not taken in time: it may be kept for later
   */
  public DeliveryOutcome deliver(Event event, Duration most) throws InterruptedException {
    long until = nanoTime.getAsLong() + most.toNanos();
    for (int failures = 1; ; failures++) {
      DeliveryOutcome outcome = tryOnce(event);
      if (!(outcome instanceof DeliveryOutcome.Retryable retryable)
          || retryable.code().equals(SinkException.Cause.CONFIGURATION.name())) {
        return outcome;
      }
      Duration delay = backoff.delay(failures, random);
      if (nanoTime.getAsLong() + delay.toNanos() - until >= 0) {
        return outcome;
      }
      pause.await(delay);
    }
  }

  private DeliveryOutcome tryOnce(Event event) {
    try {
      return sink.send(List.of(event)).get(0);
    } catch (SinkException e) {
      return new DeliveryOutcome.Retryable(e.kind().name(), e.getMessage());
    }
  }
}
