package dev.bosky.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The pattern files in force, read again when they change.
 *
 * <p>A changed file with an error is refused, and the version of it that was in force stays; so
 * does a file named by option that has gone, and a folder that can no longer be listed. Every other
 * change counts. A file is read only when two looks in a row find it the same, so that one that is
 * being written is not read half. A change that leaves size, time and inode as they were is missed.
 *
 * <p>What was in force is remembered in memory only: after a restart a bad file is refused as a
 * whole. For one thread.
 */
public final class PatternWatch {
  private final List<PatternSource> sources;
  private Map<Path, Stamp> seen;
  private Map<Path, Stamp> read;
  private Map<Path, PatternFile> inForce = new LinkedHashMap<>();
  private PatternLoader.Loaded loaded;

  /** What tells a file from the one that was read. */
  private record Stamp(int level, long size, long modifiedNanos, String fileKey) {}

  /** Reads the sources for the first time. */
  public PatternWatch(List<PatternSource> sources) {
    this.sources = List.copyOf(sources);
    this.seen = look(new ArrayList<>());
    this.read = Map.of();
    this.loaded = takeChanges();
  }

  /** What was found when files were last read. */
  public PatternLoader.Loaded loaded() {
    return loaded;
  }

  /** The markers in force. */
  public PatternSet set() {
    return loaded.set();
  }

  /** Looks at the files; what is in force from now on if one has changed, and what is wrong. */
  public Optional<PatternLoader.Loaded> poll() {
    Map<Path, Stamp> before = seen;
    seen = look(new ArrayList<>());
    if (seen.equals(read) || !seen.equals(before)) {
      return Optional.empty();
    }
    loaded = takeChanges();
    return Optional.of(loaded);
  }

  /** All files there are, in the order of precedence, the weakest first. */
  private Map<Path, Stamp> look(List<Problem> problems) {
    Map<Path, Stamp> found = new LinkedHashMap<>();
    for (int level = 0; level < sources.size(); level++) {
      for (Path path : PatternLoader.files(sources.get(level), problems)) {
        found.remove(path);
        found.put(path, stamp(path, level));
      }
    }
    return found;
  }

  private static Stamp stamp(Path path, int level) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          level,
          now.size(),
          now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return new Stamp(level, -1, 0, "");
    }
  }

  private PatternLoader.Loaded takeChanges() {
    List<Problem> problems = new ArrayList<>();
    Map<Path, Stamp> found = look(problems);
    Map<Integer, CompiledPacks> compiled = read.isEmpty() ? compiled() : Map.of();
    Map<Path, PatternFile> next = new LinkedHashMap<>();
    Set<Path> changed = new HashSet<>();
    found.forEach(
        (path, stamp) -> {
          if (stamp.equals(read.get(path))) {
            Optional.ofNullable(inForce.get(path)).ifPresent(file -> next.put(path, file));
            return;
          }
          int level = stamp.level();
          boolean shipped = sources.get(level).origin() == PatternSource.Origin.SHIPPED;
          CompiledPacks known = compiled.getOrDefault(level, CompiledPacks.NONE);
          Optional<PatternFile> file = PatternLoader.read(path, shipped, level, known, problems);
          file.ifPresent(good -> changed.add(path));
          file.or(() -> Optional.ofNullable(inForce.get(path)))
              .ifPresent(version -> next.put(path, version));
        });
    keepWhatCannotBeListed(problems, next);
    PatternLoader.Loaded all = combined(next, problems);
    if (!read.isEmpty() && all.files().size() < next.size()) {
      all = combined(oneByOne(next, changed), all.problems());
    }
    read = found;
    inForce = byPath(all.files());
    return all;
  }

  /** What need not be parsed, by the level of the shipped files; for the first time only. */
  private Map<Integer, CompiledPacks> compiled() {
    Map<Integer, CompiledPacks> compiled = new HashMap<>();
    for (int level = 0; level < sources.size(); level++) {
      if (sources.get(level).origin() == PatternSource.Origin.SHIPPED) {
        compiled.put(level, CompiledPacks.of(sources.get(level).path()));
      }
    }
    return compiled;
  }

  /** A folder that cannot be listed says nothing about its files. */
  private void keepWhatCannotBeListed(List<Problem> problems, Map<Path, PatternFile> next) {
    Set<String> unlisted = new HashSet<>();
    problems.forEach(problem -> unlisted.add(problem.place().file()));
    inForce.forEach(
        (path, file) -> {
          if (unlisted.contains(String.valueOf(path.getParent()))) {
            next.putIfAbsent(path, file);
          }
        });
  }

  /** A changed file that does not fit to the others stays as it was; the others are not touched. */
  private Map<Path, PatternFile> oneByOne(Map<Path, PatternFile> next, Set<Path> changed) {
    Map<Path, PatternFile> fitting = new LinkedHashMap<>();
    next.forEach(
        (path, file) ->
            Optional.ofNullable(changed.contains(path) ? inForce.get(path) : file)
                .ifPresent(version -> fitting.put(path, version)));
    for (Path path : changed) {
      Map<Path, PatternFile> tried = new LinkedHashMap<>(fitting);
      tried.put(path, next.get(path));
      if (combined(tried, List.of()).files().size() == tried.size()) {
        fitting.put(path, next.get(path));
      }
    }
    return fitting;
  }

  /** In the order in which the files are found, whatever the order of the map. */
  private PatternLoader.Loaded combined(Map<Path, PatternFile> files, List<Problem> problems) {
    List<PatternFile> ordered =
        files.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Path, PatternFile>>comparingInt(
                        entry -> entry.getValue().level())
                    .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getValue)
            .toList();
    return PatternLoader.combine(ordered, new ArrayList<>(problems));
  }

  private static Map<Path, PatternFile> byPath(List<PatternFile> files) {
    Map<Path, PatternFile> byPath = new LinkedHashMap<>();
    files.forEach(file -> byPath.put(Path.of(file.source()), file));
    return byPath;
  }
}
