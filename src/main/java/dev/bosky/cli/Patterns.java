package dev.bosky.cli;

import dev.bosky.config.ConfigException;
import dev.bosky.config.Distribution;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternSource;
import dev.bosky.match.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which pattern files are in force: shipped, of this machine, named on the command line. */
final class Patterns {
  /** Where a team puts its files. */
  static final String FOLDER = "/etc/bosky/patterns.d";

  private Patterns() {}

  /** The sources in the order of precedence, the weakest first. */
  static List<PatternSource> sources(Machine machine, List<Path> named) {
    List<PatternSource> sources = new ArrayList<>();
    sources.add(PatternSource.shipped(Distribution.ofThisProgram().patterns()));
    sources.add(PatternSource.site(machine.path(FOLDER)));
    named.forEach(path -> sources.add(PatternSource.given(path)));
    return sources;
  }

  /**
   * The set in force; errors are told, one line each, and keep their file out.
   *
   * @throws ConfigException if a path that was named on the command line is not there
   */
  static PatternSet load(Machine machine, List<Path> named, PrintWriter err) {
    for (Path path : named) {
      if (!Files.exists(path)) {
        throw new ConfigException(
            "patterns %s: expected a pattern file or a folder with *.yaml files, found nothing"
                .formatted(path));
      }
    }
    PatternLoader.Loaded loaded = PatternLoader.load(sources(machine, named));
    loaded.problems().stream().filter(Problem::isError).forEach(p -> err.println("bosky: " + p));
    return loaded.set().withExplicitMarkers();
  }
}
