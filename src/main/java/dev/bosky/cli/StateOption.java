package dev.bosky.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which state folder a command looks into. */
final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The state folder (default: /var/lib/bosky).")
  Optional<Path> path = Optional.empty();
}
