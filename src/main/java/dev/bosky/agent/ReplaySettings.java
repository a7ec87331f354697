package dev.bosky.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to replay.
 *
 * @param logs in the order in which they were written; {@code -} is standard input, names that end
 *     in {@code .gz} are unpacked
 * @param result cloud-init's result.json of the last boot in them
 * @param statusFile cloud-init's status.json of the last boot in them
 */
public record ReplaySettings(List<String> logs, Optional<Path> result, Optional<Path> statusFile) {
  /** The name that stands for standard input. */
  public static final String STANDARD_INPUT = "-";

  public ReplaySettings {
    logs = List.copyOf(logs);
  }
}
