package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.testing.Events;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SpoolTest {
  private static final String SINK = "eventbridge";
  private static final long MANY_BYTES = 1_000_000;
  private static final Path FOLDER = Path.of("/state/spool");

  private final MemoryStorage disk = new MemoryStorage();
  private final FaultyStorage storage = new FaultyStorage(disk);

  private Spool open() {
    return open(SpoolLimits.DISK);
  }

  private Spool open(SpoolLimits limits) {
    return Spool.open(storage, FOLDER, limits, List.of(SINK));
  }

  private static SpoolLimits limits(int maxEvents) {
    return new SpoolLimits(maxEvents, 64 << 20, 8 << 20, 16 << 20);
  }

  private static List<String> ids(List<Spooled> spooled) {
    return spooled.stream().map(s -> s.event().id()).toList();
  }

  private static List<String> ids(Spool spool) {
    return ids(spool.peek(SINK, 100, MANY_BYTES));
  }

  @Test
  void peek_givesNothingBeforeTheCover() {
    Spool spool = open();
    spool.append(List.of(Events.info("a")));

    assertEquals(List.of(), ids(spool));
    spool.cover();
    assertEquals(List.of("a"), ids(spool));
  }

  @Test
  void peek_givesNothingOfAnEarlierRunBeforeTheFirstCover() {
    Spool before = open();
    before.append(List.of(Events.info("a")));
    before.cover();

    Spool spool = open();

    assertEquals(List.of(), ids(spool));
    spool.cover();
    assertEquals(List.of("a"), ids(spool));
  }

  @Test
  void peek_givesOutcomeThenFailThenSuccessThenInfo() {
    Spool spool = open();
    spool.append(
        List.of(
            Events.info("i1"),
            Events.success("s1"),
            Events.fail("f1"),
            Events.info("i2"),
            Events.outcome("o"),
            Events.fail("f2")));
    spool.cover();

    assertEquals(List.of("o", "f1", "f2", "s1", "i1", "i2"), ids(spool));
  }

  @Test
  void peek_keepsToCountAndBytes() {
    Spool spool = open();
    spool.append(Events.infos("a", 12));
    spool.cover();
    long each = spool.bytes() / 12;

    assertEquals(10, spool.peek(SINK, 10, MANY_BYTES).size());
    assertEquals(3, spool.peek(SINK, 10, 3 * each + 3).size());
    assertEquals(1, spool.peek(SINK, 10, 1).size(), "a large one alone still goes");
  }

  @Test
  void append_keepsTheEventAsItWas() {
    Event event =
        Events.of(
            "a",
            dev.bosky.event.Kind.MARKER,
            dev.bosky.event.Status.FAIL,
            "{\"M\":\"é\\n\\u0000🙂\"}");
    Spool spool = open();
    spool.append(List.of(event));
    spool = open();
    spool.cover();

    assertEquals(event, spool.peek(SINK, 1, MANY_BYTES).get(0).event());
  }

  @Test
  void append_leavesOutWhatWaits_alsoFromAnEarlierRun() {
    open().append(List.of(Events.info("a")));
    Spool spool = open();

    Appended again = spool.append(List.of(Events.info("a"), Events.info("b"), Events.info("b")));

    assertEquals(new Appended(1, 2, 0, true), again);
    assertEquals(2, spool.size());
  }

  @Test
  void append_leavesOutWhatWasSentInThisRun() {
    Spool spool = open();
    spool.append(List.of(Events.info("a")));
    spool.cover();
    spool.ack(SINK, spool.peek(SINK, 10, MANY_BYTES));

    assertEquals(new Appended(0, 1, 0, true), spool.append(List.of(Events.info("a"))));
    assertEquals(0, spool.size());
  }

  @Test
  void ack_removesTheFileAndOnlyThat() throws IOException {
    Spool spool = open();
    spool.append(Events.infos("a", 3));
    spool.cover();
    List<Spooled> all = spool.peek(SINK, 10, MANY_BYTES);

    spool.ack(SINK, List.of(all.get(1)));

    assertEquals(List.of("a-1", "a-3"), ids(spool));
    assertEquals(2, disk.list(FOLDER).size());
    spool = open();
    spool.cover();
    assertEquals(List.of("a-1", "a-3"), ids(spool));
  }

  @Test
  void append_atTheLimitGivesNothingUp_onePastItTheOldestInfo() {
    Spool spool = open(limits(3));
    spool.append(List.of(Events.info("i1"), Events.fail("f1"), Events.info("i2")));
    assertEquals(0, spool.lost().total());

    Appended appended = spool.append(List.of(Events.info("i3")));

    assertEquals(1, appended.givenUp());
    spool.cover();
    assertEquals(List.of("f1", "i2", "i3"), ids(spool));
    assertEquals(new Lost(1, 0, 0, 0), spool.lost());
  }

  @Test
  void append_atTheByteLimitGivesNothingUp_onePastItTheOldest() {
    Spool measure = open();
    measure.append(Events.infos("x", 3));
    long three = measure.bytes();
    MemoryStorage other = new MemoryStorage();

    Spool spool =
        Spool.open(other, FOLDER, new SpoolLimits(100, three, 8 << 20, 16 << 20), List.of(SINK));
    spool.append(Events.infos("x", 3));
    assertEquals(0, spool.lost().total());
    spool.append(List.of(Events.info("y-1")));

    assertEquals(1, spool.lost().info());
    assertEquals(three, spool.bytes());
  }

  @Test
  void append_whenFullGivesUpInfoThenSuccessThenFail_neverAnOutcome() {
    Spool spool = open(limits(2));
    spool.append(List.of(Events.outcome("o1"), Events.info("i")));
    spool.append(List.of(Events.success("s")));
    assertEquals(new Lost(1, 0, 0, 0), spool.lost());
    spool.append(List.of(Events.fail("f")));
    assertEquals(new Lost(1, 1, 0, 0), spool.lost());
    spool.append(List.of(Events.outcome("o2")));
    assertEquals(new Lost(1, 1, 1, 0), spool.lost());
    spool.append(List.of(Events.outcome("o3")));
    assertEquals(new Lost(1, 1, 1, 0), spool.lost());

    spool.cover();
    assertEquals(List.of("o1", "o2", "o3"), ids(spool));
  }

  @Test
  void append_aNewInfoGivesWayItselfWhereOnlyFailsWait() {
    Spool spool = open(limits(2));
    spool.append(List.of(Events.fail("f1"), Events.fail("f2")));

    assertEquals(new Appended(1, 0, 1, true), spool.append(List.of(Events.info("i"))));
    spool.cover();
    assertEquals(List.of("f1", "f2"), ids(spool));
  }

  @Test
  void append_givesUpNothingThatIsBeingSent() {
    Spool spool = open(limits(2));
    spool.append(List.of(Events.info("i1"), Events.info("i2")));
    spool.cover();
    List<Spooled> sending = spool.peek(SINK, 1, MANY_BYTES);

    spool.append(List.of(Events.info("i3")));
    spool.ack(SINK, sending);

    spool.cover();
    assertEquals(List.of("i3"), ids(spool));
    assertEquals(1, spool.lost().info(), "i2 alone");
  }

  @Test
  void append_refusesAnEventLargerThanTheLimit() {
    int exactly = dev.bosky.event.EventCodec.encode(Events.fail("big")).length;
    Spool at = open(new SpoolLimits(10, 1 << 20, exactly, 1 << 20));
    at.append(List.of(Events.fail("big")));
    assertEquals(0, at.lost().total());

    Spool past =
        Spool.open(
            new MemoryStorage(),
            FOLDER,
            new SpoolLimits(10, 1 << 20, exactly - 1, 1 << 20),
            List.of(SINK));
    assertEquals(1, past.append(List.of(Events.fail("big"))).givenUp());
    assertEquals(new Lost(0, 0, 1, 0), past.lost());
  }

  @Test
  void lost_isKnownAfterARestart_andWhatWasGivenUpDoesNotComeBack() {
    Spool spool = open(limits(1));
    spool.append(List.of(Events.info("i1"), Events.info("i2")));

    Spool next = open(limits(1));

    assertEquals(new Lost(1, 0, 0, 0), next.lost());
    assertEquals(
        new Appended(0, 2, 0, true), next.append(List.of(Events.info("i1"), Events.info("i2"))));
    assertEquals(new Lost(1, 0, 0, 0), next.lost());
  }

  @Test
  void lost_theLedgerStaysSmall() throws IOException {
    Spool spool = open(limits(1));
    for (int i = 0; i < 1000; i++) {
      spool.append(List.of(Events.info("i-" + i)));
      spool.cover();
    }

    assertEquals(999, open(limits(1)).lost().info());
    assertTrue(disk.size(FOLDER.resolve("lost.json")) < 200);
  }

  @Test
  void append_onAFullDiskGoesOnInMemory_andWritesWhenThereIsRoom() throws IOException {
    Spool spool = open();
    storage.at(1, Fault.DISK_FULL);

    assertFalse(spool.append(Events.infos("a", 2)).durable());
    spool.cover();
    assertEquals(List.of("a-1", "a-2"), ids(spool));
    assertEquals(List.of(), disk.list(FOLDER));

    storage.repair();
    assertTrue(spool.append(List.of(Events.info("b"))).durable());
    assertEquals(3, disk.list(FOLDER).size());
    Spool next = open();
    next.cover();
    assertEquals(List.of("a-1", "a-2", "b"), ids(next));
  }

  @Test
  void append_onAFullDiskTriesOnceAnAppend() {
    Spool spool = open();
    storage.at(1, Fault.DISK_FULL);
    spool.append(Events.infos("a", 50));
    long before = storage.calls();

    spool.append(List.of(Events.info("b")));

    assertTrue(storage.calls() - before < 5, "calls: " + (storage.calls() - before));
  }

  @Test
  void append_inMemoryKeepsToItsBound() {
    SpoolLimits small = new SpoolLimits(1000, 64 << 20, 8 << 20, 2_000);
    Spool spool = open(small);
    storage.at(1, Fault.READ_ONLY);

    spool.append(List.of(Events.fail("f")));
    spool.append(Events.infos("a", 50));

    assertTrue(spool.bytes() <= 2_000, "bytes: " + spool.bytes());
    assertEquals(51, spool.size() + spool.lost().info());
    spool.cover();
    assertEquals("f", ids(spool).get(0));
  }

  @Test
  void ack_ofWhatCannotBeRemovedIsNotSentAgain_andRemovedLater() throws IOException {
    Spool spool = open();
    spool.append(Events.infos("a", 2));
    spool.cover();
    storage.at(1, Fault.READ_ONLY);

    spool.ack(SINK, spool.peek(SINK, 10, MANY_BYTES));

    assertEquals(List.of(), ids(spool));
    storage.repair();
    spool.ack(SINK, List.of());
    assertEquals(List.of(), disk.list(FOLDER));
  }

  @Test
  void twoSinks_anEventLeavesWhenEachHasTakenIt() {
    Spool spool = Spool.open(storage, FOLDER, SpoolLimits.DISK, List.of("one", "two"));
    spool.append(List.of(Events.info("a")));
    spool.cover();

    spool.ack("one", spool.peek("one", 10, MANY_BYTES));
    assertEquals(List.of(), spool.peek("one", 10, MANY_BYTES));
    assertEquals(List.of("a"), ids(spool.peek("two", 10, MANY_BYTES)));
    spool.ack("two", spool.peek("two", 10, MANY_BYTES));

    assertEquals(0, spool.size());
  }

  @Test
  void twoSinks_whoHasItIsKnownAfterARestart() throws IOException {
    List<String> sinks = List.of("one", "two");
    Spool before = Spool.open(storage, FOLDER, SpoolLimits.DISK, sinks);
    before.append(List.of(Events.info("a")));
    before.cover();
    before.ack("one", before.peek("one", 10, MANY_BYTES));

    Spool spool = Spool.open(storage, FOLDER, SpoolLimits.DISK, sinks);
    spool.cover();
    assertEquals(List.of(), spool.peek("one", 10, MANY_BYTES));
    assertEquals(List.of("a"), ids(spool.peek("two", 10, MANY_BYTES)));

    Spool without = Spool.open(storage, FOLDER, SpoolLimits.DISK, List.of("one"));
    assertEquals(0, without.size(), "the only sink left has it");
    assertEquals(List.of(), disk.list(FOLDER));
  }

  @Test
  void requeue_sendsToTheOneSinkAgain() {
    Spool spool = Spool.open(storage, FOLDER, SpoolLimits.DISK, List.of("one", "two"));
    spool.append(List.of(Events.info("a")));
    spool.cover();
    spool.ack("one", spool.peek("one", 10, MANY_BYTES));
    spool.ack("two", spool.peek("two", 10, MANY_BYTES));

    spool.requeue(Events.info("a"), "two");
    spool.cover();

    assertEquals(List.of(), spool.peek("one", 10, MANY_BYTES));
    assertEquals(List.of("a"), ids(spool.peek("two", 10, MANY_BYTES)));
  }

  @Test
  void requeue_ofWhatStillWaitsForTheOtherSink() {
    Spool spool = Spool.open(storage, FOLDER, SpoolLimits.DISK, List.of("one", "two"));
    spool.append(List.of(Events.info("a")));
    spool.cover();
    spool.ack("one", spool.peek("one", 10, MANY_BYTES));

    spool.requeue(Events.info("a"), "one");
    spool.cover();

    assertEquals(1, spool.size());
    assertEquals(List.of("a"), ids(spool.peek("one", 10, MANY_BYTES)));
    assertEquals(List.of("a"), ids(spool.peek("two", 10, MANY_BYTES)));
  }

  @Test
  void park_keepsItFromThatSinkUntilTheNextStart() {
    Spool spool = open();
    spool.append(List.of(Events.info("a")));
    spool.cover();
    spool.park(SINK, spool.peek(SINK, 1, MANY_BYTES).get(0));

    assertEquals(List.of(), ids(spool));
    assertFalse(spool.hasWorkFor(SINK));
    Spool next = open();
    next.cover();
    assertEquals(List.of("a"), ids(next));
  }

  @Test
  void open_afterNumbersGoesOnCounting() throws IOException {
    open().append(Events.infos("a", 2));
    open().append(List.of(Events.info("b")));

    assertEquals(
        List.of("0000000000000001.json", "0000000000000002.json", "0000000000000003.json"),
        disk.list(FOLDER));
  }

  @Test
  void open_whereTheFolderCannotBeReadGoesOnInMemory() {
    Storage broken = new BrokenStorage();
    Spool spool = Spool.open(broken, FOLDER, SpoolLimits.DISK, List.of(SINK));

    assertFalse(spool.append(List.of(Events.info("a"))).durable());
    spool.cover();
    assertEquals(List.of("a"), ids(spool));
    spool.ack(SINK, spool.peek(SINK, 1, MANY_BYTES));
    assertEquals(0, spool.size());
  }

  /** A disk on which nothing works at all. */
  private static final class BrokenStorage implements Storage {
    private static IOException broken() {
      return new IOException("input/output error");
    }

    @Override
    public void createFolder(Path folder) throws IOException {
      throw broken();
    }

    @Override
    public List<String> list(Path folder) throws IOException {
      throw broken();
    }

    @Override
    public byte[] read(Path file, int maxBytes) throws IOException {
      throw broken();
    }

    @Override
    public long size(Path file) throws IOException {
      throw broken();
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
      throw broken();
    }

    @Override
    public void force(Path fileOrFolder) throws IOException {
      throw broken();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      throw broken();
    }

    @Override
    public void delete(Path file) throws IOException {
      throw broken();
    }
  }

  @Test
  void peek_whileAnotherThreadAppendsGivesEachEventOnce() throws InterruptedException {
    Spool spool = open();
    int count = 500;
    Thread reader =
        new Thread(
            () ->
                Stream.iterate(1, i -> i + 1)
                    .limit(count)
                    .forEach(
                        i -> {
                          spool.append(List.of(Events.info("e-" + i)));
                          spool.cover();
                        }));
    reader.start();

    List<String> sent = new ArrayList<>();
    while (sent.size() < count && (reader.isAlive() || spool.hasWorkFor(SINK))) {
      spool.work().await(java.time.Duration.ofSeconds(spool.hasWorkFor(SINK) ? 0 : 10));
      List<Spooled> head = spool.peek(SINK, 10, MANY_BYTES);
      spool.ack(SINK, head);
      sent.addAll(ids(head));
    }
    reader.join();

    assertEquals(Stream.iterate(1, i -> i + 1).limit(count).map(i -> "e-" + i).toList(), sent);
  }
}
