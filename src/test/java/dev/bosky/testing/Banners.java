package dev.bosky.testing;

import dev.bosky.agent.ThisBoot;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** cloud-init's own lines. */
public final class Banners {
  private Banners() {}

  /** The line a stage of this machine's boot begins with, as of now. */
  public static String now(String stage) {
    InstantSource clock = InstantSource.system();
    Instant now = clock.instant();
    double uptime = ThisBoot.current(clock).uptime(clock).toMillis() / 1000.0;
    return "Cloud-init v. 22.4.2 running '%s' at %s. Up %.2f seconds."
        .formatted(
            stage,
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now),
            uptime);
  }
}
