package dev.bosky.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which boot of the machine this is, as the kernel tells.
 *
 * @param bootId the kernel's random id of this boot; where there is none, one made of the boot's
 *     start
 * @param bootStarted when the kernel started, by the wall clock at the time of asking
 * @param proc where the kernel tells: {@code /proc} but in tests; without it the clock must do
 */
public record ThisBoot(String bootId, Instant bootStarted, Path proc) {
  private static final Path PROC = Path.of("/proc");

  /** A boot known by name. */
  ThisBoot(String bootId, Instant bootStarted) {
    this(bootId, bootStarted, PROC);
  }

  /** The boot this process lives in. */
  public static ThisBoot current(InstantSource clock) {
    return read(PROC, clock);
  }

  /**
   * The machine that a {@code /proc} folder describes.
   *
   * <p>The start is now less the uptime: {@code btime} in {@code /proc/stat} says the same, but not
   * in a time namespace, which is how the tests make a second boot.
   */
  static ThisBoot read(Path proc, InstantSource clock) {
    Instant started = clock.instant().minus(uptime(proc).orElse(Duration.ZERO));
    String id =
        text(proc.resolve("sys/kernel/random/boot_id"))
            .filter(s -> !s.isEmpty())
            .orElse("started-" + started.getEpochSecond() / 60);
    return new ThisBoot(id, started, proc);
  }

  /** How long the kernel has been up: never goes back, whatever is done to the clock. */
  public Duration uptime(InstantSource clock) {
    Duration byClock = Duration.between(bootStarted, clock.instant());
    return uptime(proc).orElse(byClock.isNegative() ? Duration.ZERO : byClock);
  }

  /** Time since the kernel started, as far as it is told. */
  static Optional<Duration> uptime(Path proc) {
    try {
      return text(proc.resolve("uptime"))
          .map(s -> Double.parseDouble(s.substring(0, Math.max(0, s.indexOf(' ')))))
          .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
