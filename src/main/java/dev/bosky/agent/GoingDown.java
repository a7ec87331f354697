package dev.bosky.agent;

import dev.bosky.boot.Interruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the machine is going down: what a SIGTERM means.
 *
 * <p>systemd is asked for its jobs: a service that is only stopped or upgraded leaves none for
 * {@code shutdown.target}. Where there is no systemd to ask, a SIGTERM is taken for the end.
 */
public final class GoingDown implements Supplier<Optional<Interruption>> {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final List<String> LIST_JOBS =
      List.of("systemctl", "list-jobs", "--no-legend", "--no-pager", "--plain");

  /** systemd answers at once, or is too busy to be asked. */
  private static final long TIMEOUT_MILLIS = 800;

  @Override
  public Optional<Interruption> get() {
    if (!Files.isDirectory(SYSTEMD)) {
      return Optional.of(Interruption.UNKNOWN);
    }
    try {
      Process process =
          new ProcessBuilder(LIST_JOBS).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String jobs = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!jobs.contains("shutdown.target")) {
        return Optional.empty();
      }
      return Optional.of(
          jobs.contains("reboot.target") ? Interruption.REBOOT : Interruption.POWEROFF);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
