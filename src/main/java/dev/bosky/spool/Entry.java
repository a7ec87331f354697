package dev.bosky.spool;

import java.util.Set;
import java.util.TreeSet;

/** What the spool knows of one waiting event without reading its file. Guarded by the spool. */
final class Entry {
  final long number;
  final String id;
  final Rank rank;
  final int bytes;

  /** The sinks that have it already, by their keys. */
  final Set<String> takenBy = new TreeSet<>();

  /** The sinks that refuse it and whose dead letter could not be written; in memory only. */
  final Set<String> parkedFor = new TreeSet<>();

  /** The name of its file; empty while there is none. */
  String file = "";

  /** The encoded event while it is not on disk; else empty. */
  byte[] unsaved = {};

  Entry(long number, String id, Rank rank, int bytes) {
    this.number = number;
    this.id = id;
    this.rank = rank;
    this.bytes = bytes;
  }

  boolean isSaved() {
    return !file.isEmpty();
  }

  boolean waitsFor(String sinkKey) {
    return !takenBy.contains(sinkKey) && !parkedFor.contains(sinkKey);
  }
}
