package dev.bosky.spool;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which events wait, by rank and arrival, and who must give way. Knows no files. Guarded by the
 * spool.
 */
final class SpoolIndex {
  private final Map<Rank, NavigableMap<Long, Entry>> byRank = new EnumMap<>(Rank.class);
  private final Map<Long, Entry> byNumber = new TreeMap<>();
  private final Map<String, Entry> byId = new HashMap<>();
  private final NavigableMap<Long, Entry> unsaved = new TreeMap<>();
  private long bytes;
  private long unsavedBytes;

  SpoolIndex() {
    for (Rank rank : Rank.values()) {
      byRank.put(rank, new TreeMap<>());
    }
  }

  void add(Entry entry) {
    byRank.get(entry.rank).put(entry.number, entry);
    byNumber.put(entry.number, entry);
    byId.put(entry.id, entry);
    bytes += entry.bytes;
    if (!entry.isSaved()) {
      unsaved.put(entry.number, entry);
      unsavedBytes += entry.bytes;
    }
  }

  void remove(Entry entry) {
    if (byNumber.containsKey(entry.number)) {
      byRank.get(entry.rank).remove(entry.number);
      forget(entry);
    }
  }

  /** Removes it from everything but its rank. */
  private void forget(Entry entry) {
    byNumber.remove(entry.number);
    byId.remove(entry.id);
    bytes -= entry.bytes;
    if (unsaved.remove(entry.number) != null) {
      unsavedBytes -= entry.bytes;
    }
  }

  /** The entry's event is on disk now, under this name. */
  void saved(Entry entry, String file) {
    if (unsaved.remove(entry.number) != null) {
      unsavedBytes -= entry.bytes;
    }
    entry.file = file;
    entry.unsaved = new byte[0];
  }

  Optional<Entry> withId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Entry> withNumber(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** The entries that are not on disk yet, in the order of their arrival. */
  List<Entry> unsaved() {
    return List.copyOf(unsaved.values());
  }

  /**
   * The first entries that are wanted, by rank, then in the order of their arrival.
   *
   * @param maxBytes of their files together; a single larger one is given alone
   */
  List<Entry> first(Predicate<Entry> wanted, int maxCount, long maxBytes) {
    List<Entry> head = new ArrayList<>();
    long headBytes = 0;
    for (NavigableMap<Long, Entry> entries : byRank.values()) {
      for (Entry entry : entries.values()) {
        if (wanted.test(entry)) {
          headBytes += entry.bytes;
          if (head.size() == maxCount || (headBytes > maxBytes && !head.isEmpty())) {
            return head;
          }
          head.add(entry);
        }
      }
    }
    return head;
  }

  int size() {
    return byNumber.size();
  }

  long bytes() {
    return bytes;
  }

  /**
   * Takes out what must give way: the oldest of the lowest rank first, an outcome never, nor what
   * is being sent just now.
   */
  List<Entry> makeRoom(SpoolLimits limits, Set<Long> inFlight) {
    List<Entry> victims = new ArrayList<>();
    for (Rank rank : List.of(Rank.INFO, Rank.SUCCESS, Rank.FAIL)) {
      Iterator<Entry> oldest = byRank.get(rank).values().iterator();
      while (needsRoom(limits) && oldest.hasNext()) {
        Entry entry = oldest.next();
        if (!inFlight.contains(entry.number)) {
          oldest.remove();
          forget(entry);
          victims.add(entry);
        }
      }
    }
    return victims;
  }

  /** Likewise for what is held in memory because it could not be written. */
  List<Entry> makeRoomInMemory(SpoolLimits limits, Set<Long> inFlight) {
    List<Entry> victims = new ArrayList<>();
    for (Rank rank : List.of(Rank.INFO, Rank.SUCCESS, Rank.FAIL)) {
      for (Entry entry : unsaved()) {
        if (unsavedBytes <= limits.maxUnsavedBytes()) {
          return victims;
        }
        if (entry.rank == rank && !inFlight.contains(entry.number)) {
          remove(entry);
          victims.add(entry);
        }
      }
    }
    return victims;
  }

  private boolean needsRoom(SpoolLimits limits) {
    return size() > limits.maxEvents() || bytes > limits.maxBytes();
  }
}
