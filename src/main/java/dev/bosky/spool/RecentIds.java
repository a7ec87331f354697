package dev.bosky.spool;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the last so many ids; older ones are forgotten. Guarded by the spool. */
final class RecentIds {
  /** As many as may wait at once; about 3 MB when full. */
  static final int DEFAULT_SIZE = 20_000;

  private final int size;
  private final Set<String> ids = new LinkedHashSet<>();

  RecentIds(int size) {
    this.size = size;
  }

  void add(String id) {
    ids.add(id);
    if (ids.size() > size) {
      Iterator<String> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  void remove(String id) {
    ids.remove(id);
  }

  boolean contains(String id) {
    return ids.contains(id);
  }
}
