package dev.bosky.cli;

import dev.bosky.config.Distribution;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSource;
import dev.bosky.match.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where pattern files come from: shipped ones, then the machine's own, then those named. */
final class PatternSources {
  /** The machine's own pattern files. */
  private static final String SITE_FOLDER = "/etc/bosky/patterns.d";

  private PatternSources() {}

  /** What the agent reads, in the order of precedence, the weakest first. */
  static List<PatternSource> ofAgent(Machine machine, List<Path> named) {
    List<PatternSource> sources = new ArrayList<>();
    sources.add(ofDistribution());
    sources.add(ofSite(machine));
    named.stream()
        .filter(path -> !isShipped(path))
        .forEach(path -> sources.add(PatternSource.given(path)));
    return sources;
  }

  /** The shipped files are read as such, also where somebody names them. */
  private static boolean isShipped(Path path) {
    Path shipped = Distribution.ofThisProgram().patterns();
    return Files.exists(path) && absolute(path).startsWith(absolute(shipped));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The shipped files. */
  static PatternSource ofDistribution() {
    return PatternSource.shipped(Distribution.ofThisProgram().patterns());
  }

  /** The machine's own files. */
  static PatternSource ofSite(Machine machine) {
    return PatternSource.site(machine.path(SITE_FOLDER));
  }

  /**
   * What a command about pattern files reads: the shipped ones and those named; if none is named,
   * what the agent reads.
   */
  static PatternLoader.Loaded load(Machine machine, List<Path> named) {
    List<PatternSource> sources = ofAgent(machine, named);
    if (!named.isEmpty()) {
      sources.removeIf(source -> source.origin() == PatternSource.Origin.SITE);
    }
    return PatternLoader.load(sources);
  }

  /** Whether a file is one of those named, or lies in a folder named; all are if none is. */
  static boolean isMeant(String file, List<Path> named) {
    Path meant = absolute(Path.of(file));
    return named.isEmpty() || named.stream().anyMatch(path -> meant.startsWith(absolute(path)));
  }

  /** Tells the errors of files that are not in force; says with which exit code to end. */
  static int tellErrors(PatternLoader.Loaded loaded, PrintWriter err) {
    loaded.problems().stream().filter(Problem::isError).forEach(err::println);
    return loaded.hasErrors() ? ExitCode.CONFIGURATION : ExitCode.DONE;
  }

  /** Such as {@code 1 file} and {@code 2 files}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
