package dev.bosky.spool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
    if (byNumber.remove(entry.number) == null) {
      return;
    }
    byRank.get(entry.rank).remove(entry.number);
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

  /** The entries of one rank, in the order of their arrival. */
  Collection<Entry> of(Rank rank) {
    return byRank.get(rank).values();
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
      for (Entry entry : List.copyOf(needsRoom(limits) ? of(rank) : List.of())) {
        if (!needsRoom(limits)) {
          return victims;
        }
        if (!inFlight.contains(entry.number)) {
          remove(entry);
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
