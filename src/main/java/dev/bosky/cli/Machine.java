package dev.bosky.cli;

import dev.bosky.publish.Publisher;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a command sees of the machine it runs on.
 *
 * @param environment the environment's variables
 * @param in standard input
 * @param root the root of the file system: {@code /} but in tests
 * @param clock the time
 * @param nanoTime a clock that only goes forward
 * @param pause how a command waits
 */
public record Machine(
    Map<String, String> environment,
    InputStream in,
    Path root,
    InstantSource clock,
    LongSupplier nanoTime,
    Publisher.Pause pause) {
  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The machine that this process runs on. */
  public static Machine ofThisProcess() {
    Map<String, String> environment =
        new ProcessStrings(ProcessStrings.SELF).environment(System.getenv());
    return new Machine(
        environment,
        System.in,
        Path.of("/"),
        InstantSource.system(),
        System::nanoTime,
        duration -> Thread.sleep(duration.toMillis()));
  }

  /** The variable's value; one that is empty counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The path of a file that has a fixed place, such as {@code /etc/bosky/bosky.yaml}. */
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** Without the environment, which may hold keys. */
  @Override
  public String toString() {
    return "Machine[root=" + root + "]";
  }
}
