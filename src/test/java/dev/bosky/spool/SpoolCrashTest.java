package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops the machine at every storage call of a small agent's whole life, starts it again, and
 * compares what the sinks got with what the log held.
 */
final class SpoolCrashTest {
  private static final List<String> SINKS = List.of("one", "two");

  /** The lines of the log; each makes an event, now and then an outcome or a failure. */
  private static final int LINES = 12;

  @TempDir private Path temporary;

  /** What the two sinks took, over all lives of the agent. */
  private static final class World {
    final Path state;
    final SpoolLimits limits;
    final Map<String, List<String>> taken = new HashMap<>();
    final Map<String, String> contents = new HashMap<>();
    int repeats;

    World(Path state, SpoolLimits limits) {
      this.state = state;
      this.limits = limits;
      SINKS.forEach(sink -> taken.put(sink, new ArrayList<>()));
    }

    void take(String sink, Event event) {
      String content = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
      String before = contents.putIfAbsent(event.id(), content);
      assertTrue(before == null || before.equals(content), "a repeat is the same, byte for byte");
      if (taken.get(sink).contains(event.id())) {
        repeats++;
      }
      taken.get(sink).add(event.id());
    }
  }

  /** Reads two lines, appends, saves the checkpoint, covers; sends one batch to each sink. */
  private static Spool live(Storage storage, World world, int sendFromLine) throws IOException {
    storage.createFolder(world.state);
    StateFile checkpoint = new StateFile(storage, world.state.resolve("checkpoint.json"), 1);
    int line =
        checkpoint.load() instanceof StateFile.Content.Present present
            ? present.document().path("line").asInt()
            : 0;
    Spool spool = Spool.open(storage, world.state.resolve("spool"), world.limits, SINKS);
    while (true) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 2 && line < LINES; i++) {
        events.add(eventOf(line++));
      }
      assertTrue(spool.append(events).durable());
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("line", line);
      checkpoint.save(document);
      spool.cover();
      if (line >= sendFromLine) {
        for (String sink : SINKS) {
          List<Spooled> head = spool.peek(sink, 3, 1 << 20);
          for (Spooled spooled : head) {
            assertTrue(lineOf(spooled.event()) < line, "sent before its checkpoint");
            world.take(sink, spooled.event());
          }
          spool.ack(sink, head);
        }
      }
      if (line == LINES && spool.size() == 0) {
        return spool;
      }
    }
  }

  private static Event eventOf(int line) {
    String id = "line-" + line;
    if (line == 7) {
      return Events.outcome(id);
    }
    return line % 3 == 0 ? Events.fail(id) : Events.info(id);
  }

  private static int lineOf(Event event) {
    return Integer.parseInt(event.id().substring("line-".length()));
  }

  /** Runs until stopped at that call, then again without a fault. False if it was not stopped. */
  private static boolean stopAt(
      Storage disk, World world, int sendFromLine, long call, Fault fault, boolean power)
      throws IOException {
    FaultyStorage faulty = new FaultyStorage(disk).at(call, fault);
    boolean stopped = false;
    try {
      live(faulty, world, sendFromLine);
    } catch (FaultyStorage.Stopped e) {
      stopped = true;
      if (power) {
        faulty.losePower();
      }
    }
    Spool spool = live(disk, world, sendFromLine);
    check(world, spool.lost());
    return stopped;
  }

  private static void check(World world, Lost lost) {
    for (String sink : SINKS) {
      Set<String> ids = new HashSet<>(world.taken.get(sink));
      assertEquals(
          LINES - lost.total(), ids.size(), sink + " has all but what was given up: " + ids);
      assertTrue(ids.contains("line-7"), "the outcome");
    }
    assertTrue(world.repeats <= 6, "repeats: " + world.repeats + ", at most the batches under way");
  }

  private static int stopEverywhere(Storages disks, SpoolLimits limits, int sendFromLine)
      throws IOException {
    int stops = 0;
    for (boolean power : new boolean[] {false, true}) {
      for (Fault fault : new Fault[] {Fault.STOP, Fault.STOP_AFTER}) {
        for (int call = 1; ; call++) {
          World world = new World(Path.of("/state"), limits);
          try {
            if (!stopAt(disks.next(), world, sendFromLine, call, fault, power)) {
              break;
            }
          } catch (AssertionError e) {
            throw new AssertionError(
                "%s at call %d%s: %s"
                    .formatted(fault, call, power ? ", power lost" : "", e.getMessage()),
                e);
          }
          stops++;
        }
      }
    }
    return stops;
  }

  private interface Storages {
    Storage next();
  }

  @Test
  void stoppedAnywhere_nothingIsLost() throws IOException {
    int stops = stopEverywhere(MemoryStorage::new, SpoolLimits.DISK, 0);

    assertTrue(stops > 200, "stops: " + stops);
  }

  @Test
  void stoppedAnywhere_withAFullSpool_whatIsLostIsCountedExactly() throws IOException {
    SpoolLimits four = new SpoolLimits(4, 64 << 20, 8 << 20, 16 << 20);

    int stops = stopEverywhere(MemoryStorage::new, four, LINES);

    assertTrue(stops > 200, "stops: " + stops);
  }

  @Test
  void stoppedOnARealDisk_nothingIsLost() throws IOException {
    for (int call = 1; call <= 120; call += 7) {
      World world = new World(temporary.resolve("state-" + call), SpoolLimits.DISK);
      stopAt(new DiskStorage(), world, 0, call, Fault.STOP_AFTER, true);
    }
  }
}
