package dev.bosky.agent;

import dev.bosky.boot.Interruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Which way systemd is taking the machine.
 *
 * <p>The service's stop command, which is root, asks before the agent is told to stop, and leaves
 * one word in a file: {@code reboot} or {@code poweroff}; systemd does not tell every user. Where
 * there is no such file, systemd is asked.
 */
final class SystemdJobs {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final Pattern UNIT = Pattern.compile("\n\n");
  private static final Pattern JOB = Pattern.compile("(?m)^Job=[1-9]");
  private static final List<String> LIST_JOBS =
      List.of("systemctl", "list-jobs", "--no-legend", "--no-pager", "--plain");

  /** The unit of the last stage, and that of all stages since cloud-init 24.3. */
  private static final List<String> SHOW_UNITS =
      List.of(
          "systemctl",
          "show",
          "--property=ActiveState,Job",
          "cloud-final.service",
          "cloud-init-main.service");

  /** systemd answers at once, or is too busy to be asked. */
  private static final long TIMEOUT_MILLIS = 800;

  private final Path note;

  /**
   * @param note the file with the word
   */
  SystemdJobs(Path note) {
    this.note = note;
  }

  /**
   * The way in which the machine goes down; empty if it does not, or systemd does not answer;
   * unknown where there is no systemd.
   */
  Optional<Interruption> shutdown() {
    Optional<Interruption> noted = noted();
    if (noted.isPresent()) {
      return noted;
    }
    if (!Files.isDirectory(SYSTEMD)) {
      return Optional.of(Interruption.UNKNOWN);
    }
    return ask(LIST_JOBS).flatMap(SystemdJobs::way);
  }

  private Optional<Interruption> noted() {
    try {
      return Interruption.of(Files.readString(note).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** By lines such as {@code 212 reboot.target start waiting}. */
  static Optional<Interruption> way(String jobs) {
    if (!jobs.contains("shutdown.target")) {
      return Optional.empty();
    }
    return Optional.of(
        jobs.contains("reboot.target") ? Interruption.REBOOT : Interruption.POWEROFF);
  }

  /**
   * Whether cloud-init's last stage, or all of cloud-init, has failed and is not about to be
   * started; false where systemd does not tell.
   */
  boolean stagesFailed() {
    return Files.isDirectory(SYSTEMD) && ask(SHOW_UNITS).filter(SystemdJobs::isFailed).isPresent();
  }

  /** By the properties of units, a line each, with an empty line between units. */
  static boolean isFailed(String units) {
    return UNIT.splitAsStream(units)
        .anyMatch(unit -> unit.contains("ActiveState=failed") && !JOB.matcher(unit).find());
  }

  /** What a command prints; empty if it cannot be had in time. */
  static Optional<String> ask(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
