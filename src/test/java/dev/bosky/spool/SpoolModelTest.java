package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random actions on the spool and on a model of it that is a plain list. */
final class SpoolModelTest {
  /** More with {@code -Dbosky.spool.sequences=100000}. */
  private static final int SEQUENCES = Integer.getInteger("bosky.spool.sequences", 300);

  private static final int ACTIONS = 60;
  private static final int MAX_EVENTS = 6;
  private static final int MAX_PEEK = 4;
  private static final List<String> SINKS = List.of("one", "two");
  private static final SpoolLimits LIMITS =
      new SpoolLimits(MAX_EVENTS, 64 << 20, 8 << 20, 16 << 20);

  /** The disk fails all the time here: its warnings are not worth a line each. */
  private final Logger log = Logger.getLogger("dev.bosky.spool");

  @BeforeEach
  void quiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    log.setLevel(null);
  }

  @Test
  void randomActions_spoolAndModelAgree() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      try {
        new Run(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class ModelEvent {
    final Event event;
    final Set<String> takenBy = new HashSet<>();
    final Set<String> parkedFor = new HashSet<>();
    boolean covered;

    ModelEvent(Event event) {
      this.event = event;
    }

    boolean waitsFor(String sink) {
      return covered && !takenBy.contains(sink) && !parkedFor.contains(sink);
    }
  }

  private static final class Run {
    final Random random;
    final FaultyStorage storage = new FaultyStorage(new MemoryStorage());
    Spool spool;

    final List<ModelEvent> waiting = new ArrayList<>();
    final Set<String> known = new HashSet<>();
    final Set<String> givenUpSinceCover = new HashSet<>();

    /** Given up before the last cover of an earlier run: their lines are never read again. */
    final Set<String> past = new HashSet<>();

    final Map<String, List<Spooled>> peeked = new HashMap<>();
    long givenUp;
    int next;

    Run(long seed) {
      random = new Random(seed);
      spool = open();
    }

    Spool open() {
      return Spool.open(storage, Path.of("/state/spool"), LIMITS, SINKS);
    }

    void run() {
      for (int i = 0; i < ACTIONS; i++) {
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> append();
          case 4, 5 -> cover();
          case 6, 7 -> peek(anySink());
          case 8, 9 -> ack(anySink());
          case 10 -> parkOrRequeue(anySink());
          default -> faultOrRestart();
        }
        assertEquals(waiting.size(), spool.size(), "waiting");
        assertEquals(givenUp, spool.lost().total(), "lost");
        long underWay = SINKS.size() * MAX_PEEK;
        assertTrue(waiting.size() <= MAX_EVENTS + underWay + 1, "bound");
      }
    }

    String anySink() {
      return SINKS.get(random.nextInt(SINKS.size()));
    }

    Event anyEvent() {
      // Now and then one that was there before.
      int number = next > 0 && random.nextInt(4) == 0 ? random.nextInt(next) : next++;
      while (past.contains("e-" + number)) {
        number = next++;
      }
      String id = "e-" + number;
      return switch (number % 7) {
        case 0 -> Events.fail(id);
        case 1, 2 -> Events.success(id);
        case 3 -> number == 10 ? Events.outcome(id) : Events.info(id);
        default -> Events.info(id);
      };
    }

    void append() {
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        events.add(anyEvent());
      }
      int added = 0;
      for (Event event : events) {
        if (!known.contains(event.id()) && !isWaiting(event.id())) {
          waiting.add(new ModelEvent(event));
          added++;
        }
      }
      int gone = makeRoom();
      Appended appended = spool.append(events);
      assertEquals(added, appended.added(), "added");
      assertEquals(events.size() - added, appended.known(), "known");
      assertEquals(gone, appended.givenUp(), "given up");
    }

    /** The oldest of the lowest rank goes, unless it is an outcome or under way. */
    int makeRoom() {
      int gone = 0;
      while (waiting.size() > MAX_EVENTS) {
        ModelEvent victim =
            waiting.stream()
                .filter(e -> !isOutcome(e) && !isInFlight(e))
                .max(Comparator.comparing((ModelEvent e) -> Rank.of(e.event)))
                .map(e -> Rank.of(e.event))
                .flatMap(
                    rank ->
                        waiting.stream()
                            .filter(e -> Rank.of(e.event) == rank && !isInFlight(e))
                            .findFirst())
                .orElse(null);
        if (victim == null) {
          break;
        }
        waiting.remove(victim);
        known.add(victim.event.id());
        givenUpSinceCover.add(victim.event.id());
        givenUp++;
        gone++;
      }
      return gone;
    }

    void cover() {
      waiting.forEach(e -> e.covered = true);
      givenUpSinceCover.clear();
      spool.cover();
    }

    void peek(String sink) {
      int most = 1 + random.nextInt(MAX_PEEK);
      List<String> expected = new ArrayList<>();
      for (Rank rank : Rank.values()) {
        waiting.stream()
            .filter(e -> Rank.of(e.event) == rank && e.waitsFor(sink))
            .forEach(e -> expected.add(e.event.id()));
      }
      List<Spooled> head = spool.peek(sink, most, 1 << 20);
      assertEquals(
          expected.subList(0, Math.min(most, expected.size())),
          head.stream().map(s -> s.event().id()).toList(),
          "peek of " + sink);
      peeked.put(sink, head);
    }

    void ack(String sink) {
      List<Spooled> some =
          peeked.getOrDefault(sink, List.of()).stream().filter(s -> random.nextBoolean()).toList();
      for (Spooled spooled : some) {
        ModelEvent event = waitingEvent(spooled.event().id());
        if (event != null) {
          event.takenBy.add(sink);
          if (event.takenBy.containsAll(SINKS)) {
            waiting.remove(event);
            known.add(event.event.id());
          }
        }
      }
      spool.ack(sink, some);
    }

    void parkOrRequeue(String sink) {
      List<Spooled> head = peeked.getOrDefault(sink, List.of());
      if (head.isEmpty()) {
        return;
      }
      Spooled one = head.get(random.nextInt(head.size()));
      ModelEvent event = waitingEvent(one.event().id());
      if (event != null && random.nextBoolean()) {
        event.parkedFor.add(sink);
        spool.park(sink, one);
        return;
      }
      if (event == null) {
        event = new ModelEvent(one.event());
        SINKS.stream().filter(s -> !s.equals(sink)).forEach(event.takenBy::add);
        known.remove(one.event().id());
        givenUpSinceCover.remove(one.event().id());
        waiting.add(event);
        // It has a new place; who peeked at the old one holds nothing any more.
        peeked.replaceAll(
            (s, list) ->
                list.stream().filter(e -> !e.event().id().equals(one.event().id())).toList());
      } else {
        event.takenBy.remove(sink);
        event.parkedFor.remove(sink);
      }
      makeRoom();
      spool.requeue(one.event(), sink);
    }

    void faultOrRestart() {
      if (random.nextBoolean()) {
        storage.at(1 + random.nextInt(5), random.nextBoolean() ? Fault.DISK_FULL : Fault.FAIL_ONCE);
        return;
      }
      // What a fault kept from the disk is made good by the next append and ack.
      storage.repair();
      makeRoom();
      assertTrue(spool.append(List.of()).durable());
      spool.ack("one", List.of());
      spool = open();
      past.addAll(known);
      past.removeAll(givenUpSinceCover);
      known.retainAll(givenUpSinceCover);
      peeked.clear();
      for (ModelEvent event : waiting) {
        event.covered = false;
        event.parkedFor.clear();
      }
      makeRoom();
    }

    boolean isOutcome(ModelEvent event) {
      return Rank.of(event.event) == Rank.OUTCOME;
    }

    boolean isInFlight(ModelEvent event) {
      return peeked.values().stream()
          .flatMap(List::stream)
          .anyMatch(s -> s.event().id().equals(event.event.id()));
    }

    boolean isWaiting(String id) {
      return waitingEvent(id) != null;
    }

    ModelEvent waitingEvent(String id) {
      return waiting.stream().filter(e -> e.event.id().equals(id)).findFirst().orElse(null);
    }
  }
}
