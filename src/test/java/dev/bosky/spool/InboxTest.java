package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InboxTest {
  private static final Path FOLDER = Path.of("/state/inbox");
  private static final String SINK = "eventbridge";

  private final MemoryStorage disk = new MemoryStorage();
  private final FaultyStorage storage = new FaultyStorage(disk);
  private final Inbox inbox = new Inbox(storage, FOLDER);

  private Spool spool() {
    return spool(storage);
  }

  private static Spool spool(Storage on) {
    return Spool.open(on, Path.of("/state/spool"), SpoolLimits.DISK, List.of(SINK, "stdout"));
  }

  private static List<String> waiting(Spool spool, String sink) {
    spool.cover();
    return spool.peek(sink, 100, 1 << 20).stream().map(s -> s.event().id()).toList();
  }

  @Test
  void moveInto_takesWhatWasPut() throws IOException {
    inbox.put(Events.fail("a"));
    Spool spool = spool();

    assertEquals(List.of(Events.fail("a")), inbox.moveInto(spool));

    assertEquals(List.of("a"), waiting(spool, SINK));
    assertEquals(List.of(), disk.list(FOLDER));
    assertEquals(List.of(), inbox.moveInto(spool));
  }

  @Test
  void put_theSameEventTwiceIsOneFile() throws IOException {
    inbox.put(Events.info("a"));
    inbox.put(Events.info("a"));

    assertEquals(1, inbox.list().size());
  }

  @Test
  void put_fillsUpToTheBound_notOneMore() throws IOException {
    for (int i = 1; i <= Inbox.MAX_FILES; i++) {
      inbox.put(Events.info("a-" + i));
    }

    IOException e = assertThrows(IOException.class, () -> inbox.put(Events.info("b")));
    assertEquals(
        "/state/inbox is full: 1000 events wait for an agent to take them", e.getMessage());
  }

  @Test
  void moveInto_aDeadLetterPutBackGoesToItsSinkAlone_alsoIfItWasSentInThisRun() throws IOException {
    Spool spool = spool();
    spool.append(List.of(Events.info("a")));
    spool.cover();
    spool.ack(SINK, spool.peek(SINK, 10, 1 << 20));
    spool.ack("stdout", spool.peek("stdout", 10, 1 << 20));
    inbox.put(Events.info("a"), SINK);

    inbox.moveInto(spool);

    assertEquals(List.of("a"), waiting(spool, SINK));
    assertEquals(List.of(), waiting(spool, "stdout"));
  }

  @Test
  void moveInto_keepsTheFileUntilTheSpoolIsOnDisk_andTellsOnce() throws IOException {
    inbox.put(Events.fail("a"));
    Spool spool = spool();
    storage.at(1, Fault.DISK_FULL);

    assertEquals(1, inbox.moveInto(spool).size());
    assertEquals(List.of(), inbox.moveInto(spool));
    assertEquals(1, inbox.list().size());

    storage.repair();
    spool.append(List.of());
    assertEquals(List.of(), inbox.moveInto(spool));
    assertEquals(0, inbox.list().size());
    assertEquals(List.of("a"), waiting(spool, SINK));
  }

  @Test
  void moveInto_stoppedAnywhereLosesNothingAndDoublesNothing() throws IOException {
    boolean returned = false;
    for (int call = 1; !returned; call++) {
      MemoryStorage fresh = new MemoryStorage();
      Inbox before = new Inbox(fresh, FOLDER);
      before.put(Events.fail("a"));
      before.put(Events.info("b"));
      FaultyStorage faulty = new FaultyStorage(fresh).at(call, Fault.STOP_AFTER);
      try {
        new Inbox(faulty, FOLDER).moveInto(spool(faulty));
        returned = true;
      } catch (FaultyStorage.Stopped e) {
        faulty.losePower();
      }

      Spool next = spool(fresh);
      new Inbox(fresh, FOLDER).moveInto(next);
      assertEquals(List.of("a", "b"), waiting(next, SINK), "stopped at call " + call);
      assertEquals(List.of(), fresh.list(FOLDER));
    }
  }

  @Test
  void list_movesAsideWhatIsNoEvent_andTakesTheRest() throws IOException {
    disk.create(
        FOLDER.resolve("00000000000001-0123456789abcdef.json"),
        "{\"version\":1".getBytes(StandardCharsets.UTF_8));
    inbox.put(Events.info("a"));
    disk.create(FOLDER.resolve("half.json.tmp"), new byte[0]);

    List<Event> events = new ArrayList<>();
    inbox.list().forEach(h -> events.add(h.event()));

    assertEquals(List.of(Events.info("a")), events);
    assertTrue(
        disk.list(FOLDER).contains("00000000000001-0123456789abcdef.json.corrupt"),
        disk.list(FOLDER).toString());
    assertFalse(disk.list(FOLDER).contains("00000000000001-0123456789abcdef.json"));
  }
}
