package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bosky.event.Event;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
  private static final Path FOLDER = Path.of("/state/dead");
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final MemoryStorage disk = new MemoryStorage();
  private final FaultyStorage storage = new FaultyStorage(disk);
  private final DeadLetters dead = new DeadLetters(storage, FOLDER);

  private static DeadLetter letter(Event event, long second) {
    return new DeadLetter(
        event, "eventbridge", "InvalidArgument", "not valid: \"é\"", START.plusSeconds(second));
  }

  private static List<String> ids(DeadLetters dead) throws IOException {
    return dead.list().stream().map(l -> l.event().id()).toList();
  }

  @Test
  void list_givesBackWhatWasAdded_theOldestFirst() throws IOException {
    DeadLetter later = letter(Events.fail("b"), 2);
    DeadLetter earlier = letter(Events.info("a"), 1);
    dead.add(later);
    dead.add(earlier);

    assertEquals(List.of(earlier, later), new DeadLetters(disk, FOLDER).list());
    assertEquals(2, dead.size());
  }

  @Test
  void list_ofNoFolderIsEmpty() throws IOException {
    assertEquals(List.of(), dead.list());
  }

  @Test
  void add_theSameAgainIsOneLetter() throws IOException {
    dead.add(letter(Events.info("a"), 1));
    dead.add(letter(Events.info("a"), 2));
    dead.add(new DeadLetter(Events.info("a"), "file:/x", "X", "y", START));

    assertEquals(2, dead.size(), "one a sink");
  }

  @Test
  void add_atTheCountKeepsAll_onePastItTheOldestGoes() throws IOException {
    DeadLetters small = new DeadLetters(storage, FOLDER, 3, 1 << 20);
    for (int i = 1; i <= 3; i++) {
      small.add(letter(Events.info("a-" + i), i));
    }
    assertEquals(0, small.dropped());

    small.add(letter(Events.info("a-4"), 4));

    assertEquals(List.of("a-2", "a-3", "a-4"), ids(small));
    assertEquals(1, small.dropped());
  }

  @Test
  void add_atTheBytesKeepsAll_onePastThemTheOldestGoes() throws IOException {
    dead.add(letter(Events.info("a-1"), 1));
    long one = disk.size(FOLDER.resolve(disk.list(FOLDER).get(0)));

    DeadLetters at = new DeadLetters(storage, FOLDER, 100, 2 * one);
    at.add(letter(Events.info("a-2"), 2));
    assertEquals(List.of("a-1", "a-2"), ids(at));
    at.add(letter(Events.info("a-3"), 3));
    assertEquals(List.of("a-2", "a-3"), ids(at));

    DeadLetters under = new DeadLetters(storage, FOLDER, 100, 2 * one - 1);
    under.add(letter(Events.info("a-4"), 4));
    assertEquals(List.of("a-4"), ids(under));
  }

  @Test
  void add_thatFailsThrows() {
    storage.at(1, FaultyStorage.Fault.DISK_FULL);

    assertThrows(IOException.class, () -> dead.add(letter(Events.info("a"), 1)));
  }

  @Test
  void list_leavesOutWhatIsNoLetter() throws IOException {
    dead.add(letter(Events.info("a"), 1));
    disk.create(
        FOLDER.resolve("00000000000001-0123456789abcdef.json"),
        "{\"version\":2}".getBytes(StandardCharsets.UTF_8));
    disk.create(FOLDER.resolve("00000000000002-0123456789abcdef.json"), new byte[0]);
    disk.create(FOLDER.resolve("notes.txt"), new byte[0]);

    assertEquals(List.of("a"), ids(dead));
  }

  @Test
  void retry_handsItToTheInboxForThatSink_thenTheLetterGoes() throws IOException {
    DeadLetter letter = letter(Events.fail("a"), 1);
    dead.add(letter);
    Inbox inbox = new Inbox(storage, Path.of("/state/inbox"));

    dead.retry(letter, inbox);

    assertEquals(0, dead.size());
    assertEquals("eventbridge", inbox.list().get(0).onlyFor());
    assertEquals(Events.fail("a"), inbox.list().get(0).event());
  }

  @Test
  void retry_stoppedAnywhereLosesNothing() throws IOException {
    DeadLetter letter = letter(Events.fail("a"), 1);
    boolean returned = false;
    for (int call = 1; !returned; call++) {
      MemoryStorage fresh = new MemoryStorage();
      new DeadLetters(fresh, FOLDER).add(letter);
      FaultyStorage faulty = new FaultyStorage(fresh).at(call, FaultyStorage.Fault.STOP);
      try {
        new DeadLetters(faulty, FOLDER).retry(letter, new Inbox(faulty, Path.of("/state/inbox")));
        returned = true;
      } catch (FaultyStorage.Stopped e) {
        faulty.losePower();
      }
      int left = new DeadLetters(fresh, FOLDER).size();
      int handed = new Inbox(fresh, Path.of("/state/inbox")).list().size();
      assertEquals(1, Math.max(left, handed), "stopped at call " + call);
    }
  }

  @Test
  void drop_removesItForGood() throws IOException {
    dead.add(letter(Events.info("a"), 1));
    dead.add(letter(Events.info("b"), 2));

    dead.drop(dead.list().get(0));

    assertEquals(List.of("b"), ids(dead));
  }
}
