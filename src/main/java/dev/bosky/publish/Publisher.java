package dev.bosky.publish;

import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.Spool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the spool to the sinks: peek, send, ack.
 *
 * <p>Only what was refused goes again, at once and together with what is new; a backoff follows a
 * request that got nothing through and ends with the first that does. What can never be delivered
 * becomes a dead letter. Nothing is lost here: an event leaves the spool after the sink's answer.
 *
 * <p>One thread runs {@link #run}; any other may call {@link #drain}, {@link #stop} and ask.
 */
public final class Publisher implements Runnable {
  /** How long a request that is under way at the deadline may still take. */
  private static final Duration LAST_REQUEST = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Spool spool;
  private final List<SinkLane> lanes;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private final CountDownLatch finished = new CountDownLatch(1);

  private volatile boolean stopping;
  private volatile boolean draining;
  private volatile long drainUntil;

  /** Of the thread in {@link #run} alone. */
  private boolean drainSeen;

  /** How the loop waits: until the spool has news, or the time is over. */
  public interface Pause {
    void await(Duration most) throws InterruptedException;
  }

  /**
   * A publisher on the real clock.
   *
   * @param sinks those the spool was opened for
   */
  public Publisher(
      Spool spool,
      DeadLetters dead,
      List<EventSink> sinks,
      RandomGenerator random,
      InstantSource clock) {
    this(spool, dead, sinks, Backoff.DEFAULT, random, clock, System::nanoTime, spool.work()::await);
  }

  Publisher(
      Spool spool,
      DeadLetters dead,
      List<EventSink> sinks,
      Backoff backoff,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier nanoTime,
      Pause pause) {
    this.spool = spool;
    this.lanes =
        sinks.stream()
            .map(s -> new SinkLane(s, spool, dead, backoff, random, clock, nanoTime))
            .toList();
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Sends until stopped, drained or interrupted. What is in flight then is answered for. */
  @Override
  public void run() {
    try {
      lanes.forEach(SinkLane::prepare);
      while (!isDone()) {
        if (draining && !drainSeen) {
          drainSeen = true;
          lanes.forEach(SinkLane::tryNow);
        }
        Duration idle = step();
        if (!idle.isZero() && !isDone()) {
          pause.await(atMostUntilDrained(idle));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished.countDown();
    }
  }

  /**
   * Makes at most one request to each sink.
   *
   * @return how long nothing will be to do, unless something new comes; zero if there may be more
   *     at once
   */
  Duration step() {
    Duration idle = SinkLane.IDLE;
    for (SinkLane lane : lanes) {
      Duration wait = lane.step();
      if (wait.compareTo(idle) < 0) {
        idle = wait;
      }
    }
    return idle;
  }

  /**
   * Lets {@link #run} end as soon as all is sent, at the latest after this time; a request under
   * way then is waited for. Every sink gets a try at once, whatever its backoff.
   */
  public void drainWithin(Duration most) {
    drainUntil = nanoTime.getAsLong() + most.toNanos();
    draining = true;
    spool.work().call();
  }

  /**
   * Cuts a drain that has begun to at most this time from now; does nothing where none has, for
   * then what is to be drained may not be in the spool yet.
   */
  public void hasten(Duration most) {
    long until = nanoTime.getAsLong() + most.toNanos();
    if (draining && until - drainUntil < 0) {
      drainWithin(most);
    }
  }

  /**
   * Drains as {@link #drainWithin} and waits for {@link #run}, which another thread is in, to end.
   *
   * @return how many events are left in the spool
   */
  public int drain(Duration most) throws InterruptedException {
    drainWithin(most);
    boolean ended = finished.await(most.plus(LAST_REQUEST).toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      LOG.warn("the last request does not end; going on without it");
    }
    return spool.size();
  }

  /** Lets {@link #run} end after the request under way. */
  public void stop() {
    stopping = true;
    spool.work().call();
  }

  /** What each sink has done, by its name. */
  public Map<String, SinkStats> stats() {
    Map<String, SinkStats> stats = new LinkedHashMap<>();
    lanes.forEach(lane -> stats.put(lane.sinkName(), lane.stats()));
    return stats;
  }

  private boolean isDone() {
    return stopping || (draining && (isEmpty() || drainUntil - nanoTime.getAsLong() <= 0));
  }

  private boolean isEmpty() {
    return lanes.stream().noneMatch(lane -> spool.hasWorkFor(lane.sinkName()));
  }

  private Duration atMostUntilDrained(Duration idle) {
    if (!draining) {
      return idle;
    }
    Duration left = Duration.ofNanos(Math.max(0, drainUntil - nanoTime.getAsLong()));
    return idle.compareTo(left) < 0 ? idle : left;
  }
}
