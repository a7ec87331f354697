package dev.bosky.spool;

import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable middle: events on their way from the reader to the sinks, a file each.
 *
 * <p><b>Order.</b> The reader appends the events of the lines it read, saves its checkpoint, and
 * calls {@link #cover}. Until then what it appended is on disk and is not sent. Stopped hard
 * between append and checkpoint, the next start reads the same lines again; they give events of the
 * same ids, and the files that wait already are kept as they are: an event is made once. What is
 * found at the start waits for the first cover too.
 *
 * <p><b>What may repeat.</b> Stopped hard between a sink's answer and {@link #ack}, an event is
 * sent again, byte for byte. Likewise one whose file could not be removed.
 *
 * <p><b>What may be lost.</b> Beyond {@link SpoolLimits} the oldest waiting info gives way, then
 * success, then fail, an outcome never; counted in {@link #lost}.
 *
 * <p><b>Trouble.</b> What cannot be written is held in memory, within bounds, and written by a
 * later append that can; {@link Appended#durable} tells. It is tried once an append: a full disk is
 * not hammered. What cannot be removed is removed by a later ack.
 *
 * <p>Threads: the reader appends and covers, the publisher peeks and acks; any thread may ask. Disk
 * calls are made under the lock, network calls never.
 */
public final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolLimits limits;
  private final SpoolFolder folder;
  private final Set<String> sinkKeys;
  private final SpoolIndex index = new SpoolIndex();
  private final LostLedger ledger;
  private final RecentIds handedIn = new RecentIds(RecentIds.DEFAULT_SIZE);
  private final WakeUp work = new WakeUp();

  /** By sink key, what its last peek returned. */
  private final Map<String, Set<Long>> inFlight = new HashMap<>();

  private long lastNumber;
  private long coveredUpTo;
  private boolean durable = true;

  private Spool(Storage storage, Path folder, SpoolLimits limits, Collection<String> sinks) {
    this.limits = limits;
    this.folder = new SpoolFolder(storage, folder, limits.maxEventBytes());
    this.ledger = new LostLedger(new StateFile(storage, folder.resolve(SpoolNames.LEDGER), 1));
    this.sinkKeys = sinks.stream().map(SpoolNames::key).collect(Collectors.toUnmodifiableSet());
    if (sinkKeys.isEmpty()) {
      throw new IllegalArgumentException("a spool needs a sink");
    }
  }

  /**
   * The spool of a folder that no one else has open, with what waits in it. Never fails: where the
   * disk cannot be read or written it goes on in memory, and says so in the log.
   *
   * @param sinks the names of all sinks: an event leaves when each has taken it
   */
  public static Spool open(
      Storage storage, Path folder, SpoolLimits limits, Collection<String> sinks) {
    Spool spool = new Spool(storage, folder, limits, sinks);
    spool.recover();
    return spool;
  }

  private synchronized void recover() {
    ledger.load();
    ledger.recentIds().forEach(handedIn::add);
    for (String name : folder.recover()) {
      lastNumber = Math.max(lastNumber, SpoolNames.number(name));
      SpoolFolder.Content content = folder.read(name);
      if (content instanceof SpoolFolder.Content.Whole whole) {
        recover(name, whole);
      } else if (content instanceof SpoolFolder.Content.Lost) {
        ledger.unreadable();
      }
    }
    giveUp(index.makeRoom(limits, Set.of()));
    ledger.save();
    folder.settleNames();
  }

  private void recover(String name, SpoolFolder.Content.Whole whole) {
    Event event = whole.event();
    Entry entry = new Entry(SpoolNames.number(name), event.id(), Rank.of(event), whole.bytes());
    entry.takenBy.addAll(SpoolNames.takenBy(name));
    entry.file = name;
    if (entry.takenBy.containsAll(sinkKeys)
        || ledger.gaveUp(entry)
        || index.withId(entry.id).isPresent()) {
      folder.unwanted(entry);
    } else {
      index.add(entry);
    }
  }

  /** Takes the events in, on disk before it returns; one that is known already is left out. */
  public synchronized Appended append(List<Event> events) {
    long lostBefore = ledger.lost().total();
    int added = 0;
    for (Event event : events) {
      if (index.withId(event.id()).isEmpty() && !handedIn.contains(event.id())) {
        add(event, Set.of());
        added++;
      }
    }
    makeRoomAndWrite();
    int givenUp = (int) (ledger.lost().total() - lostBefore);
    return new Appended(added, events.size() - added, givenUp, durable);
  }

  /**
   * Puts an event back that had become a dead letter, also if it was handed in before.
   *
   * @param sink the name of the one sink that had refused it; empty for all
   */
  public synchronized void requeue(Event event, String sink) {
    Set<String> taken = new HashSet<>(sink.isEmpty() ? Set.of() : sinkKeys);
    taken.remove(SpoolNames.key(sink));
    if (taken.containsAll(sinkKeys)) {
      // That sink is no longer in use: nobody is left to take it, so everybody gets it.
      taken.clear();
    }
    Optional<Entry> waiting = index.withId(event.id());
    if (waiting.isPresent()) {
      waiting.get().takenBy.retainAll(taken);
      waiting.get().parkedFor.retainAll(taken);
      folder.mark(waiting.get());
      folder.settleNames();
    } else {
      handedIn.remove(event.id());
      add(event, taken);
    }
    makeRoomAndWrite();
  }

  private void add(Event event, Set<String> takenBy) {
    byte[] encoded = EventCodec.encode(event);
    Entry entry = new Entry(++lastNumber, event.id(), Rank.of(event), encoded.length);
    if (encoded.length > limits.maxEventBytes()) {
      LOG.error(
          "spool: event {} is {} bytes long, at most {} are kept: given up",
          event.id(),
          encoded.length,
          limits.maxEventBytes());
      giveUp(List.of(entry));
      return;
    }
    entry.unsaved = encoded;
    entry.takenBy.addAll(takenBy);
    index.add(entry);
  }

  private void makeRoomAndWrite() {
    Set<Long> sending = new HashSet<>();
    inFlight.values().forEach(sending::addAll);
    giveUp(index.makeRoom(limits, sending));
    durable = folder.write(index);
    if (!durable) {
      giveUp(index.makeRoomInMemory(limits, sending));
    }
    ledger.save();
  }

  /** Counted first, and on disk; then their files go. */
  private void giveUp(List<Entry> victims) {
    if (victims.isEmpty()) {
      return;
    }
    for (Entry victim : victims) {
      ledger.givenUp(victim);
      handedIn.add(victim.id);
      folder.unwanted(victim);
    }
    ledger.save();
    folder.settleNames();
  }

  /**
   * The caller has saved a checkpoint that covers everything appended so far: it may be sent. Also
   * to be called when no checkpoint can be saved and the agent goes on from memory: better a repeat
   * after a crash than silence.
   */
  public synchronized void cover() {
    ledger.covered();
    if (coveredUpTo < lastNumber) {
      coveredUpTo = lastNumber;
      work.call();
    }
  }

  /**
   * What a sink should be sent next: outcomes first, then fail, success, info, each in the order of
   * arrival. Takes nothing away; what it returns is in flight, and does not give way, until this
   * sink's next peek.
   *
   * @param maxBytes bound on the files read; a single larger event is returned alone
   */
  public synchronized List<Spooled> peek(String sink, int maxCount, long maxBytes) {
    List<Spooled> head = new ArrayList<>();
    for (Entry entry : index.first(sendableTo(sink), maxCount, maxBytes)) {
      read(entry).ifPresent(event -> head.add(new Spooled(entry.number, event)));
    }
    inFlight.put(
        SpoolNames.key(sink), head.stream().map(Spooled::number).collect(Collectors.toSet()));
    return head;
  }

  private Predicate<Entry> sendableTo(String sink) {
    String key = SpoolNames.key(sink);
    return entry -> entry.number <= coveredUpTo && entry.waitsFor(key);
  }

  private Optional<Event> read(Entry entry) {
    SpoolFolder.Content content = folder.read(entry);
    if (content instanceof SpoolFolder.Content.Whole whole) {
      return Optional.of(whole.event());
    }
    if (content instanceof SpoolFolder.Content.Lost) {
      index.remove(entry);
      ledger.unreadable();
      ledger.save();
    }
    return Optional.empty();
  }

  /** The sink has these for good. An event that every sink has leaves the disk. */
  public synchronized void ack(String sink, Collection<Spooled> events) {
    for (Spooled spooled : events) {
      index.withNumber(spooled.number()).ifPresent(entry -> ack(entry, SpoolNames.key(sink)));
    }
    folder.settleNames();
  }

  private void ack(Entry entry, String sinkKey) {
    entry.takenBy.add(sinkKey);
    if (entry.takenBy.containsAll(sinkKeys)) {
      index.remove(entry);
      handedIn.add(entry.id);
      folder.unwanted(entry);
    } else {
      folder.mark(entry);
    }
  }

  /**
   * The sink refuses this event for ever, and no dead letter could be written: it stays on disk for
   * the next start, and is not given to this sink again before.
   */
  public synchronized void park(String sink, Spooled event) {
    index.withNumber(event.number()).ifPresent(e -> e.parkedFor.add(SpoolNames.key(sink)));
  }

  /** Called when something new may be sent; the publisher waits for it. */
  public WakeUp work() {
    return work;
  }

  /** Whether the event waits here, for any sink. */
  public synchronized boolean contains(String id) {
    return index.withId(id).isPresent();
  }

  /** How many events wait, covered or not. */
  public synchronized int size() {
    return index.size();
  }

  /** How many bytes their files have together. */
  public synchronized long bytes() {
    return index.bytes();
  }

  /** Whether this sink could be sent something now. */
  public synchronized boolean hasWorkFor(String sink) {
    return !index.first(sendableTo(sink), 1, Long.MAX_VALUE).isEmpty();
  }

  /** What was given up so far, over all restarts. */
  public synchronized Lost lost() {
    return ledger.lost();
  }

  /** Whether all that waited after the last append is on disk. */
  public synchronized boolean isDurable() {
    return durable;
  }
}
