package dev.bosky.publish;

import static dev.bosky.testing.ScriptedSink.fails;
import static dev.bosky.testing.ScriptedSink.rejects;
import static dev.bosky.testing.ScriptedSink.throttles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.publish.DeliveryOutcome.Delivered;
import dev.bosky.publish.DeliveryOutcome.Rejected;
import dev.bosky.publish.DeliveryOutcome.Retryable;
import dev.bosky.testing.Events;
import dev.bosky.testing.ManualClock;
import dev.bosky.testing.ScriptedSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DirectDeliveryTest {
  private static final Duration MOST = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final ManualClock clock = new ManualClock(START);
  private final ScriptedSink sink = new ScriptedSink("eventbridge");
  private final DirectDelivery delivery =
      new DirectDelivery(sink, Backoff.DEFAULT, new Random(1), clock::nanoTime, clock::advance);

  private DeliveryOutcome deliver() throws InterruptedException {
    return delivery.deliver(Events.info("a"), MOST);
  }

  @Test
  void deliver_triesUntilItIsTaken() throws InterruptedException {
    sink.then(fails("down")).then(throttles("a")).then(fails("down"));

    assertEquals(new Delivered("receipt"), deliver());
    assertEquals(4, sink.requests().size());
  }

  @Test
  void deliver_stopsAtOnceWhenRejected() throws InterruptedException {
    sink.then(rejects("a"));

    assertEquals(new Rejected("InvalidArgument", "not valid"), deliver());
    assertEquals(1, sink.requests().size());
  }

  @Test
  void deliver_givesUpInTime_withTheLastReason() throws InterruptedException {
    sink.then(1000, fails("no route"));

    assertEquals(new Retryable("UNAVAILABLE", "no route"), deliver());
    assertTrue(!clock.instant().isAfter(START.plus(MOST)), clock.instant().toString());
    assertTrue(sink.requests().size() > 3, "tries: " + sink.requests().size());
  }

  @Test
  void deliver_doesNotWaitForAPersonToChangeTheSettings() throws InterruptedException {
    sink.then(
        events -> {
          throw new SinkException(SinkException.Cause.CONFIGURATION, "wrong endpoint");
        });

    assertEquals(new Retryable("CONFIGURATION", "wrong endpoint"), deliver());
    assertEquals(1, sink.requests().size());
  }
}
