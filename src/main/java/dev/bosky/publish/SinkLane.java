package dev.bosky.publish;

import dev.bosky.event.Event;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.Spool;
import dev.bosky.spool.Spooled;
import dev.bosky.spool.TroubleLog;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from the spool to one sink, with a backoff of its own: one that is down delays no other.
 * The publisher's thread alone calls {@link #step}; any thread may ask for {@link #stats}.
 */
final class SinkLane {
  /** There is nothing to send: how long to sleep if nobody calls. */
  static final Duration IDLE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(SinkLane.class);

  private final EventSink sink;
  private final Spool spool;
  private final DeadLetters dead;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final TroubleLog trouble;

  private int failuresInARow;
  private long notBefore;
  private volatile SinkStats stats = new SinkStats(0, 0, 0, 0, 0, "");

  SinkLane(
      EventSink sink,
      Spool spool,
      DeadLetters dead,
      Backoff backoff,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.sink = sink;
    this.spool = spool;
    this.dead = dead;
    this.backoff = backoff;
    this.random = random;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.trouble = new TroubleLog(LOG, "sink " + sink.name());
  }

  /** What fails here fails again at the first request, and is told there. */
  void prepare() {
    try {
      sink.prepare();
    } catch (RuntimeException e) {
      LOG.debug("sink {}: not prepared", sink.name(), e);
    }
  }

  /**
   * Makes at most one request.
   *
   * @return how long nothing will be to do for this sink, unless something new comes; zero if there
   *     may be more at once
   */
  Duration step() {
    if (failuresInARow > 0 && notBefore - nanoTime.getAsLong() > 0) {
      return Duration.ofNanos(notBefore - nanoTime.getAsLong());
    }
    List<Spooled> batch =
        Batcher.first(
            spool.peek(
                sink.name(), EventBridgeLimits.MAX_ENTRIES, EventBridgeLimits.MAX_REQUEST_BYTES));
    if (batch.isEmpty()) {
      return IDLE;
    }
    List<DeliveryOutcome> outcomes;
    try {
      outcomes = sink.send(batch.stream().map(Spooled::event).toList());
      if (outcomes.size() != batch.size()) {
        throw new IllegalStateException(
            "%d outcomes for %d events".formatted(outcomes.size(), batch.size()));
      }
    } catch (SinkException | RuntimeException e) {
      return nothingGotThrough(e instanceof SinkException ? e.getMessage() : e.toString());
    }
    return settle(batch, outcomes);
  }

  /** Ends the backoff: the next step tries. */
  void tryNow() {
    notBefore = nanoTime.getAsLong();
  }

  SinkStats stats() {
    return stats;
  }

  String sinkName() {
    return sink.name();
  }

  private Duration settle(List<Spooled> batch, List<DeliveryOutcome> outcomes) {
    List<Spooled> taken = new ArrayList<>();
    List<Spooled> rejected = new ArrayList<>();
    String refusal = "";
    for (int i = 0; i < batch.size(); i++) {
      DeliveryOutcome outcome = outcomes.get(i);
      if (outcome instanceof DeliveryOutcome.Delivered) {
        taken.add(batch.get(i));
      } else if (outcome instanceof DeliveryOutcome.Rejected why) {
        rejected.add(batch.get(i));
        bury(batch.get(i), why);
      } else if (outcome instanceof DeliveryOutcome.Retryable why && refusal.isEmpty()) {
        refusal = why.code() + ": " + why.text();
      }
    }
    spool.ack(sink.name(), taken);
    int refused = batch.size() - taken.size() - rejected.size();
    count(1, taken.size(), refused, rejected.size(), 0);
    if (!taken.isEmpty()) {
      failuresInARow = 0;
      trouble.ended();
      return Duration.ZERO;
    }
    if (refused > 0) {
      trouble.failed(refusal);
    }
    return backOff();
  }

  /** The letter first, then the event leaves the spool. */
  private void bury(Spooled spooled, DeliveryOutcome.Rejected why) {
    Event event = spooled.event();
    LOG.error(
        "sink {}: event {} ({}) can never be delivered: {}: {}",
        sink.name(),
        event.id(),
        event.kind().label(),
        why.code(),
        why.text());
    try {
      dead.add(new DeadLetter(event, sink.name(), why.code(), why.text(), clock.instant()));
      spool.ack(sink.name(), List.of(spooled));
    } catch (IOException e) {
      LOG.error(
          "dead letters: event {} stays in the spool, its letter cannot be written: {}",
          event.id(),
          e.toString());
      spool.park(sink.name(), spooled);
    }
  }

  private Duration nothingGotThrough(String why) {
    trouble.failed(why);
    count(1, 0, 0, 0, 1);
    return backOff();
  }

  private Duration backOff() {
    failuresInARow++;
    Duration delay = backoff.delay(failuresInARow, random);
    notBefore = nanoTime.getAsLong() + delay.toNanos();
    return delay;
  }

  private void count(int requests, int delivered, int refused, int rejected, int failures) {
    SinkStats before = stats;
    stats =
        new SinkStats(
            before.requests() + requests,
            before.delivered() + delivered,
            before.refused() + refused,
            before.rejected() + rejected,
            before.failures() + failures,
            trouble.current());
  }
}
