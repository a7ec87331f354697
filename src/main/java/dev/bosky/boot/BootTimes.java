package dev.bosky.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tells boots apart by what cloud-init's banners say of the time, and estimates the uptime.
 *
 * <p>A banner's date less its uptime is when the kernel started: the same for all banners of a
 * boot, unless the clock was set in between. For the reader thread only.
 */
final class BootTimes {
  /** Two starts of the kernel nearer than this are one: dates have whole seconds. */
  static final Duration SAME = Duration.ofSeconds(3);

  /**
   * A start of the kernel this near to this boot's is this boot's: the clock may have been slewed.
   * A boot and the next one lie further apart.
   */
  static final Duration NEAR = Duration.ofSeconds(10);

  /** A banner read so soon after its date was just written. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private final BootSettings settings;
  private Instant tickAt = Instant.EPOCH;
  private Optional<Duration> tickUptime = Optional.empty();

  BootTimes(BootSettings settings) {
    this.settings = settings;
  }

  void tick(Instant now, Duration uptime) {
    tickAt = now;
    tickUptime = Optional.of(uptime);
  }

  /**
   * On the machine: whether the banner is of this boot and not of an earlier one that stands in the
   * same log.
   *
   * <p>If the clock was set since, the start of the kernel looks different: then a banner counts if
   * it was just written, or if this boot's status.json has a stage that began at that time.
   */
  boolean isThisBoot(Banner banner, Instant readAt, StatusReport status) {
    if (banner.bootBegan().isEmpty()) {
      return true;
    }
    return near(banner.bootBegan().get(), settings.bootBegan(), NEAR)
        || near(banner.at().orElseThrow(), readAt, FRESH)
        || banner.stage().map(stage -> began(banner, status.times().get(stage))).orElse(false);
  }

  private static boolean began(Banner banner, StatusReport.Times times) {
    if (times == null) {
      return false;
    }
    double start =
        times.isUptime()
            ? banner.uptimeSeconds().orElseThrow()
            : banner.at().orElseThrow().toEpochMilli() / 1000.0;
    return Math.abs(times.start() - start) <= SAME.toSeconds();
  }

  /** Of a boot that is over: whether the banner in one of its logs is of a later one. */
  boolean isNextBoot(Banner banner, BootFacts facts) {
    if (banner.bootBegan().isPresent() && facts.bootBegan.isEmpty()) {
      return !banner.bootBegan().get().isBefore(settings.bootBegan().minus(NEAR));
    }
    return isNewBoot(banner, facts);
  }

  /** In replay: whether the banner begins another boot than the one that was followed so far. */
  boolean isNewBoot(Banner banner, BootFacts facts) {
    if (banner.isFinished() && facts.bootBegan.isEmpty()) {
      return false;
    }
    if (facts.bootBegan.isEmpty() && facts.stage.isEmpty()) {
      return facts.anyLine && banner.stage().filter(Stage.INIT_LOCAL::equals).isPresent();
    }
    if (facts.bootBegan.isPresent() && banner.bootBegan().isPresent()) {
      if (near(banner.bootBegan().get(), facts.bootBegan.get(), SAME)) {
        return false;
      }
    }
    if (banner.uptimeSeconds().isPresent() && facts.lastUptime.isPresent()) {
      if (banner.uptimeSeconds().getAsDouble() < facts.lastUptime.getAsDouble()) {
        return true;
      }
    }
    boolean told = facts.bootBegan.isPresent() && banner.bootBegan().isPresent();
    return goesBack(banner, facts)
        && (told || banner.stage().filter(Stage.INIT_LOCAL::equals).isPresent());
  }

  /** A stage that was already there, or any after the end. */
  private static boolean goesBack(Banner banner, BootFacts facts) {
    if (banner.stage().isEmpty()) {
      return false;
    }
    return facts.finishedLine
        || facts.stage.filter(stage -> banner.stage().get().compareTo(stage) <= 0).isPresent();
  }

  /** Time since the kernel started at a line read then; that of the last banner where unknown. */
  OptionalDouble uptimeSeconds(Instant readAt, BootFacts facts) {
    if (!settings.live() || tickUptime.isEmpty()) {
      return facts.lastUptime;
    }
    double uptime =
        (tickUptime.get().toMillis() + Duration.between(tickAt, readAt).toMillis()) / 1000.0;
    return OptionalDouble.of(Math.max(uptime, facts.lastUptime.orElse(0)));
  }

  Optional<Duration> uptime() {
    return tickUptime;
  }

  private static boolean near(Instant a, Instant b, Duration within) {
    return Duration.between(a, b).abs().compareTo(within) <= 0;
  }
}
