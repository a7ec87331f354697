package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.BusRequest;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.event.Event;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.MemoryStorage;
import dev.bosky.spool.Spool;
import dev.bosky.spool.SpoolLimits;
import dev.bosky.testing.Events;
import dev.bosky.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkGlobalTime;

/** The whole way out, spool to service, over real HTTP with a service that misbehaves. */
final class PublisherFaultTest {
  private static final int EVENTS = 60;
  private static final int FAULTS = 25;
  private static final int SEEDS = 4;

  private final MemoryStorage storage = new MemoryStorage();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final DeadLetters dead = new DeadLetters(storage, Path.of("/state/dead"));
  private LocalBus bus;

  @BeforeEach
  void start() throws IOException {
    bus = LocalBus.builder().start();
  }

  @AfterEach
  void stop() {
    bus.close();
    // The SDK keeps what it learned of the time for the whole process.
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  private Spool spool(int seed) {
    return Spool.open(
        storage, Path.of("/state/spool-" + seed), SpoolLimits.DISK, List.of(EventBridgeSink.NAME));
  }

  private EventBridgeSink sink(Duration sinceBoot) throws IOException {
    AwsSettings settings =
        AwsSettings.from(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL", bus.endpoint().toString()));
    return EventBridgeSink.open(
        settings, "default", DenialPolicy.sinceBoot(() -> sinceBoot), clock);
  }

  private Publisher publisher(Spool spool, EventBridgeSink sink) {
    return new Publisher(
        spool,
        dead,
        List.of(sink),
        Backoff.DEFAULT,
        new Random(1),
        clock,
        clock::nanoTime,
        clock::advance);
  }

  private static Event event(int seed, int number) {
    String id = seed + "-" + number;
    return number % 5 == 0 ? Events.fail(id) : Events.info(id);
  }

  /** A fault that may pass the next time. */
  private static Fault passing(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Fault.HangUpBefore();
      case 1 -> new Fault.HangUpAfter();
      case 2 -> Fault.throttled();
      case 3 -> Fault.internalFailure();
      case 4 -> Fault.expiredToken();
      case 5 -> Fault.accessDenied();
      case 6 -> Fault.clockSkew();
      case 7 -> Fault.bare(503);
      default ->
          Fault.throttledEntries(
              IntStream.range(0, 10).filter(i -> random.nextInt(3) > 0).toArray());
    };
  }

  @Test
  void anyFaultsThatPass_everyEventArrives_repeatsOnlyWhereTheAnswerWasLost() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<Fault> faults = new ArrayList<>();
      for (int i = 0; i < FAULTS; i++) {
        faults.add(random.nextBoolean() ? new Fault.Slow(Duration.ZERO) : passing(random));
      }
      bus.faults(faults.toArray(Fault[]::new));
      int first = bus.requests().size();
      long answersLost = faults.stream().filter(f -> f instanceof Fault.HangUpAfter).count();

      try (EventBridgeSink sink = sink(Duration.ofMinutes(1))) {
        sendAll(seed, sink);
      }

      List<BusRequest> requests = bus.requests();
      check(seed, requests.subList(first, requests.size()), answersLost);
      assertEquals(0, dead.size(), "seed " + seed);
      bus.heal();
    }
  }

  private void sendAll(int seed, EventBridgeSink sink) {
    Spool spool = spool(seed);
    Publisher publisher = publisher(spool, sink);
    int appended = 0;
    for (int step = 0; spool.size() > 0 || appended < EVENTS; step++) {
      assertTrue(step < 1_000, "seed " + seed + ": does not end");
      for (int i = 0; i < 4 && appended < EVENTS; i++) {
        spool.append(List.of(event(seed, appended++)));
      }
      spool.cover();
      clock.advance(publisher.step());
    }
  }

  private static void check(int seed, List<BusRequest> requests, long answersLost) {
    Map<String, String> details = new HashMap<>();
    long repeats = 0;
    for (BusRequest request : requests) {
      for (ReceivedEvent received : request.taken()) {
        String id = received.detail().path("Message").asText();
        String before = details.put(id, received.detailText());
        if (before != null) {
          repeats++;
          assertEquals(before, received.detailText(), "a repeat is the same");
        }
      }
    }
    Set<String> expected = new HashSet<>();
    IntStream.range(0, EVENTS)
        .forEach(n -> expected.add((n % 5 == 0 ? "fail " : "info ") + seed + "-" + n));
    assertEquals(expected, details.keySet(), "seed " + seed);
    assertTrue(
        repeats <= answersLost * 10,
        "seed %d: %d repeats, %d answers lost".formatted(seed, repeats, answersLost));
  }

  @Test
  void refusedForGood_whatIsNotTakenIsADeadLetter() throws IOException {
    bus.faults(
        Fault.failedEntries("InvalidArgument", "no", 1, 3),
        Fault.accessDenied(),
        Fault.failedEntries("NotAuthorizedForSourceException", "no", 0));
    Spool spool = spool(0);
    IntStream.range(0, 30).forEach(n -> spool.append(List.of(event(0, n))));
    spool.cover();

    try (EventBridgeSink sink = sink(Duration.ofDays(1))) {
      Publisher publisher = publisher(spool, sink);
      for (int step = 0; spool.size() > 0; step++) {
        assertTrue(step < 1_000, "does not end");
        clock.advance(publisher.step());
      }
    }

    List<String> codes = dead.list().stream().map(letter -> letter.code()).sorted().toList();
    assertEquals(13, codes.size());
    assertEquals(10, codes.stream().filter("AccessDeniedException"::equals).count());
    assertEquals(17, bus.received().size());
  }

  @Test
  void stoppedInTheMiddleOfASend_whatWasTakenIsNotSentAgain() throws Exception {
    bus.faults(new Fault.Slow(Duration.ofMillis(300)));
    Spool spool = spool(0);
    try (EventBridgeSink sink = sink(Duration.ofDays(1))) {
      Publisher publisher = new Publisher(spool, dead, List.of(sink), new Random(1), clock);
      Thread thread = new Thread(publisher, "agent-publisher");
      thread.start();
      IntStream.range(0, 25).forEach(n -> spool.append(List.of(event(0, n))));
      spool.cover();

      int left = publisher.drain(Duration.ofSeconds(30));
      thread.join();

      assertEquals(0, left);
    }
    List<String> ids =
        bus.received().stream().map(e -> e.detail().path("Message").asText()).toList();
    assertEquals(25, ids.size());
    assertEquals(25, new HashSet<>(ids).size());
  }
}
