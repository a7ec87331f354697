package dev.bosky.cli;

import dev.bosky.config.ConfigException;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternWatch;
import dev.bosky.match.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which pattern files are in force: shipped, of this machine, named on the command line. */
final class Patterns {
  private Patterns() {}

  /**
   * The set in force; errors are told, one line each, and keep their file out.
   *
   * @param explicitMarkers whether {@code ::bosky fail::} lines count
   * @throws ConfigException if a path that was named on the command line is not there
   */
  static PatternSet load(
      Machine machine, List<Path> named, boolean explicitMarkers, PrintWriter err) {
    PatternSet set = watch(machine, named, err).set();
    return explicitMarkers ? set.withExplicitMarkers() : set;
  }

  /** As {@code load}, to be looked at again; without the markers that need no file. */
  static PatternWatch watch(Machine machine, List<Path> named, PrintWriter err) {
    for (Path path : named) {
      if (!Files.exists(path)) {
        throw new ConfigException(
            "patterns %s: expected a pattern file or a folder with *.yaml files, found nothing"
                .formatted(path));
      }
    }
    PatternWatch files = new PatternWatch(PatternSources.ofAgent(machine, named));
    files.loaded().problems().stream()
        .filter(Problem::isError)
        .forEach(problem -> err.println("bosky: " + problem));
    return files;
  }
}
