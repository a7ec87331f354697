package dev.bosky.publish;

import static dev.bosky.testing.ScriptedSink.fails;
import static dev.bosky.testing.ScriptedSink.rejects;
import static dev.bosky.testing.ScriptedSink.takes;
import static dev.bosky.testing.ScriptedSink.throttles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.MemoryStorage;
import dev.bosky.spool.Spool;
import dev.bosky.spool.SpoolLimits;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.ManualClock;
import dev.bosky.testing.RecordingSink;
import dev.bosky.testing.ScriptedSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PublisherTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  /** The longest wait the backoff allows, each time. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException("only bounded");
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final FaultyStorage storage = new FaultyStorage(new MemoryStorage());
  private final ManualClock clock = new ManualClock(START);
  private final DeadLetters dead = new DeadLetters(storage, Path.of("/state/dead"));
  private final ScriptedSink sink = new ScriptedSink("eventbridge");
  private final Spool spool = open("eventbridge");
  private final List<Duration> waits = new ArrayList<>();
  private final Publisher publisher = publisher(spool, sink);

  private Spool open(String... sinks) {
    return Spool.open(storage, Path.of("/state/spool"), SpoolLimits.DISK, Arrays.asList(sinks));
  }

  private Publisher publisher(Spool from, EventSink... sinks) {
    return new Publisher(
        from,
        dead,
        Arrays.asList(sinks),
        Backoff.DEFAULT,
        LONGEST,
        clock,
        clock::nanoTime,
        most -> {
          waits.add(most);
          clock.advance(most);
        });
  }

  private void append(dev.bosky.event.Event... events) {
    spool.append(Arrays.asList(events));
    spool.cover();
  }

  /** Steps until nothing is left to do at once. */
  private Duration stepUntilIdle(Publisher publisher) {
    for (int i = 0; i < 1000; i++) {
      Duration wait = publisher.step();
      if (!wait.isZero()) {
        return wait;
      }
    }
    throw new AssertionError("still not idle after 1000 steps");
  }

  @Test
  void step_sendsAtMostTenAtOnce() {
    spool.append(Events.infos("a", 23));
    spool.cover();

    stepUntilIdle(publisher);

    assertEquals(List.of(10, 10, 3), sink.requests().stream().map(List::size).toList());
    assertEquals(0, spool.size());
  }

  @Test
  void step_sendsOutcomeAndFailBeforeWaitingInfo() {
    spool.append(Events.infos("a", 15));
    append(Events.fail("f"), Events.outcome("o"));

    publisher.step();

    assertEquals(List.of("o", "f"), sink.requests().get(0).subList(0, 2));
  }

  @Test
  void step_sendsOnlyWhatWasRefusedAgain_atOnceAndWithNewOnes() {
    append(Events.info("a"), Events.info("b"), Events.info("c"));
    sink.then(throttles("b"));

    assertEquals(Duration.ZERO, publisher.step());
    append(Events.info("d"));
    publisher.step();

    assertEquals(List.of(List.of("a", "b", "c"), List.of("b", "d")), sink.requests());
  }

  @Test
  void step_backsOffAfterARequestThatGotNothingThrough_andEndsWithTheFirstThatDoes() {
    append(Events.info("a"), Events.info("b"));
    sink.then(2, throttles("a", "b")).then(fails("down")).then(throttles("a")).then(throttles("a"));

    List<Duration> backoffs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Duration wait = publisher.step();
      backoffs.add(wait);
      clock.advance(wait);
    }

    assertEquals(
        List.of(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ZERO,
            Duration.ofMillis(50)),
        backoffs);
  }

  @Test
  void step_duringABackoffSendsNothing_alsoWhenSomethingNewComes() {
    append(Events.info("a"));
    sink.then(fails("down"));
    publisher.step();

    append(Events.info("b"));
    clock.advance(Duration.ofMillis(49));
    assertEquals(Duration.ofMillis(1), publisher.step());
    assertEquals(1, sink.requests().size());

    clock.advance(Duration.ofMillis(1));
    publisher.step();
    assertEquals(List.of("a", "b"), sink.requests().get(1));
  }

  @Test
  void step_afterAnHourWithoutNetworkSendsEverythingAsItWas() {
    sink.then(1_000_000, fails("no route"));
    Instant end = START.plus(Duration.ofHours(1));
    int appended = 0;
    while (clock.instant().isBefore(end)) {
      append(Events.info("a-" + appended++));
      clock.advance(publisher.step());
    }
    ScriptedSink up = new ScriptedSink("eventbridge");
    Publisher next = publisher(spool, up);
    stepUntilIdle(next);

    assertEquals(appended, up.taken().size());
    assertEquals(Events.info("a-7"), up.taken().get(7));
    assertTrue(sink.requests().size() < 400, "requests in the hour: " + sink.requests().size());
  }

  @Test
  void step_makesADeadLetterOfWhatIsRejected() throws IOException {
    append(Events.info("a"), Events.info("b"));
    sink.then(rejects("a"));

    stepUntilIdle(publisher);

    assertEquals(
        List.of(
            new DeadLetter(Events.info("a"), "eventbridge", "InvalidArgument", "not valid", START)),
        dead.list());
    assertEquals(List.of("b"), sink.takenIds());
    assertEquals(0, spool.size());
    assertEquals(1, publisher.stats().get("eventbridge").rejected());
  }

  @Test
  void step_keepsWhatIsRejectedInTheSpoolWhereNoLetterCanBeWritten() {
    append(Events.info("a"), Events.info("b"));
    sink.then(rejects("a"));
    storage.at(1, FaultyStorage.Fault.DISK_FULL);

    Duration wait = stepUntilIdle(publisher);

    assertEquals(1, sink.requests().size(), "it is not sent again and again");
    assertEquals(1, spool.size());
    assertEquals(SinkLane.IDLE, wait);
  }

  @Test
  void step_oneSinkThatIsDownRepeatsNothingToTheOthersAndDelaysThemNot() {
    RecordingSink file = new RecordingSink("file:/x");
    Spool both = open("eventbridge", "file:/x");
    Publisher toBoth = publisher(both, sink, file);
    sink.then(3, fails("down"));

    for (int i = 1; i <= 3; i++) {
      both.append(List.of(Events.info("a-" + i)));
      both.cover();
      stepUntilIdle(toBoth);
    }
    assertEquals(List.of("a-1", "a-2", "a-3"), file.ids());
    assertEquals(3, both.size());

    clock.advance(Duration.ofSeconds(20));
    toBoth.step();
    clock.advance(Duration.ofSeconds(20));
    toBoth.step();
    clock.advance(Duration.ofSeconds(20));
    stepUntilIdle(toBoth);
    assertEquals(List.of("a-1", "a-2", "a-3"), sink.takenIds());
    assertEquals(List.of("a-1", "a-2", "a-3"), file.ids());
    assertEquals(0, both.size());
  }

  @Test
  void step_aSinkThatBreaksItsPromiseIsBackedOffFrom() {
    append(Events.info("a"));
    sink.then(events -> List.of())
        .then(
            events -> {
              throw new IllegalArgumentException("a bug");
            });

    assertEquals(Duration.ofMillis(50), publisher.step());
    clock.advance(Duration.ofMillis(50));
    assertEquals(Duration.ofMillis(100), publisher.step());

    SinkStats stats = publisher.stats().get("eventbridge");
    assertEquals(2, stats.failures());
    assertEquals("java.lang.IllegalArgumentException: a bug", stats.trouble());
    assertEquals(1, spool.size());
  }

  @Test
  void run_drainsAndEnds() {
    spool.append(Events.infos("a", 15));
    spool.cover();
    sink.then(takes()).then(3, fails("down"));

    publisher.drainWithin(Duration.ofSeconds(5));
    publisher.run();

    assertEquals(0, spool.size());
    assertEquals(
        List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200)), waits);
  }

  @Test
  void run_drainingEndsAtTheDeadlineWithTheRestKept() {
    spool.append(Events.infos("a", 3));
    spool.cover();
    sink.then(throttles("a-1", "a-2")).then(1000, fails("down"));

    publisher.drainWithin(Duration.ofSeconds(5));
    publisher.run();

    assertEquals(List.of("a-3"), sink.takenIds());
    assertEquals(2, spool.size());
    assertEquals(START.plusSeconds(5), clock.instant());
  }

  @Test
  void hasten_cutsADrainThatHasBegun_andStartsNone() {
    append(Events.info("a"));
    sink.then(1_000_000, fails("down"));
    publisher.hasten(Duration.ZERO);
    publisher.drainWithin(Duration.ofHours(2));
    publisher.hasten(Duration.ofHours(3));
    publisher.hasten(Duration.ofSeconds(7));

    publisher.run();

    assertEquals(START.plusSeconds(7), clock.instant());
    assertEquals(1, spool.size());
  }

  @Test
  void run_drainingTriesAtOnceWhateverTheBackoff() {
    append(Events.info("a"));
    sink.then(10, fails("down"));
    for (int i = 0; i < 10; i++) {
      clock.advance(publisher.step());
    }
    append(Events.info("b"));
    sink.then(fails("down"));
    publisher.step();
    Instant before = clock.instant();

    publisher.drainWithin(Duration.ofSeconds(1));
    publisher.run();

    assertEquals(List.of("a", "b"), sink.takenIds());
    assertEquals(before, clock.instant());
  }

  @Test
  void run_interruptedInTheMiddleKeepsWhatWasNotTaken() {
    append(Events.info("a"), Events.info("b"));
    sink.then(
        events -> {
          Thread.currentThread().interrupt();
          return throttles("b").to(events);
        });
    Publisher real =
        new Publisher(
            spool,
            dead,
            List.of(sink),
            Backoff.DEFAULT,
            LONGEST,
            clock,
            clock::nanoTime,
            spool.work()::await);
    sink.then(fails("down"));

    real.run();

    assertTrue(Thread.interrupted(), "the flag is restored");
    assertEquals(List.of("a"), sink.takenIds());
    assertEquals(1, spool.size());
  }

  @Test
  void drain_waitsForTheRequestUnderWay_andSendsNothingTwice() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    append(Events.info("a"));
    sink.then(
        events -> {
          sending.countDown();
          await(goOn);
          return takes().to(events);
        });
    Publisher real = new Publisher(spool, dead, List.of(sink), RandomGenerator.getDefault(), clock);
    Thread thread = new Thread(real, "agent-publisher");
    thread.start();
    await(sending);
    append(Events.info("b"));

    real.drainWithin(Duration.ofSeconds(60));
    goOn.countDown();
    int left = real.drain(Duration.ofSeconds(60));
    thread.join();

    assertEquals(0, left);
    assertEquals(List.of("a", "b"), sink.takenIds());
  }

  @Test
  void stop_endsTheLoopWhileItWaits() throws InterruptedException {
    Publisher real = new Publisher(spool, dead, List.of(sink), RandomGenerator.getDefault(), clock);
    Thread thread = new Thread(real, "agent-publisher");
    thread.start();

    real.stop();
    thread.join(TimeUnit.SECONDS.toMillis(60));

    assertFalse(thread.isAlive());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
