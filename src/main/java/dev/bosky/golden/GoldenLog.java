package dev.bosky.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A saved log beside pattern files: {@code NAME.log}, with {@code NAME.expected.json}.
 *
 * @param path the log
 */
public record GoldenLog(Path path) {
  static final String LOG = ".log";
  static final String EXPECTED = ".expected.json";

  /**
   * What lies beside pattern files.
   *
   * @param logs by name
   * @param orphans expectations without a log, by name
   */
  public record Found(List<GoldenLog> logs, List<Path> orphans) {
    public Found {
      logs = List.copyOf(logs);
      orphans = List.copyOf(orphans);
    }
  }

  /**
   * All in a folder; or those of one pattern file: of {@code web.yaml}, {@code web.log} and each
   * {@code web.WORDS.log}. None where nothing is.
   *
   * @throws IOException if the folder cannot be read
   */
  public static Found beside(Path fileOrFolder) throws IOException {
    if (Files.isDirectory(fileOrFolder)) {
      return find(fileOrFolder, name -> true);
    }
    Path folder = fileOrFolder.resolveSibling("");
    if (Files.notExists(fileOrFolder)) {
      return new Found(List.of(), List.of());
    }
    String stem = fileOrFolder.getFileName().toString().replaceFirst("\\.[a-z]+$", "") + ".";
    return find(folder, name -> name.startsWith(stem));
  }

  private static Found find(Path folder, Predicate<String> wanted) throws IOException {
    // An empty path is the current folder, but only in some calls.
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    List<String> names;
    try (Stream<Path> entries = Files.list(listed)) {
      names =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !name.startsWith(".") && wanted.test(name))
              .sorted()
              .toList();
    }
    return new Found(
        names.stream()
            .filter(name -> name.endsWith(LOG))
            .map(name -> new GoldenLog(folder.resolve(name)))
            .toList(),
        names.stream()
            .filter(name -> name.endsWith(EXPECTED))
            .filter(name -> !names.contains(swap(name, EXPECTED, LOG)))
            .map(folder::resolve)
            .toList());
  }

  /** Where its expectation is, or has to be. */
  public Path expectation() {
    return path.resolveSibling(swap(path.getFileName().toString(), LOG, EXPECTED));
  }

  private static String swap(String name, String ending, String other) {
    return name.substring(0, name.length() - ending.length()) + other;
  }
}
