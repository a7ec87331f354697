package dev.bosky.config;

import java.util.List;

/**
 * A configuration that cannot be used: exit code 3.
 *
 * <p>The message is one line for each problem, each a whole sentence with its place.
 */
public final class ConfigException extends RuntimeException {
  public ConfigException(String problem) {
    super(problem);
  }

  /**
   * Several problems at once.
   *
   * @param problems at least one
   */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
