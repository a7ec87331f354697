package dev.bosky.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program to its end. */
final class Run {
  private Run() {}

  /**
   * Runs it in that folder, in an environment with nothing but these variables.
   *
   * @return what it printed
   * @throws BuildException if it ends with another code than 0
   */
  static String command(Path folder, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes());
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new BuildException(
          "%s: exit code %d%n%s".formatted(String.join(" ", words), exitCode, printed));
    }
    return printed;
  }
}
