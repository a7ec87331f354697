package dev.bosky.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one look at a log's folder found.
 *
 * @param siblings the rotated files, the oldest first, none of them the current one
 * @param current what stands under the log's name
 */
record Found(List<FoundFile> siblings, Optional<FoundFile> current) {
  /** A file that has several names counts once. */
  Found {
    Set<String> keys = new HashSet<>();
    current.ifPresent(c -> keys.add(c.key()));
    siblings = siblings.stream().filter(s -> keys.add(s.key())).toList();
  }

  /** All of it, the current file last. */
  List<FoundFile> all() {
    List<FoundFile> all = new ArrayList<>(siblings);
    current.ifPresent(all::add);
    return all;
  }

  boolean isCurrent(FoundFile file) {
    return current.equals(Optional.of(file));
  }

  Optional<FoundFile> find(String key) {
    return all().stream().filter(f -> f.key().equals(key)).findFirst();
  }

  Set<String> keys() {
    return all().stream().map(FoundFile::key).collect(Collectors.toSet());
  }
}
