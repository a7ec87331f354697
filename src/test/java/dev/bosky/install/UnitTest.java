package dev.bosky.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.config.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the unit must not have in it, since no systemd of the age is here to try it. */
class UnitTest {
  private static List<String> values(String key) throws IOException {
    return Files.readAllLines(Path.of("src/main/dist/systemd/bosky.service")).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  private static String value(String key) throws IOException {
    assertEquals(1, values(key).size(), key);
    return values(key).get(0);
  }

  /**
   * Groups of system calls came with systemd 231, and {@code @system-service} with 239. Before, an
   * unknown group is left out: of a list of what is forbidden, harmlessly; a list of what is
   * allowed is then empty, and nothing starts.
   */
  @Test
  void systemCalls_areOnlyForbidden() throws IOException {
    assertFalse(values("SystemCallFilter").isEmpty());
    for (String filter : values("SystemCallFilter")) {
      assertTrue(filter.startsWith("~"), filter);
    }
  }

  /**
   * By systemd's own limit, five starts in ten seconds, three seconds apart would go on for ever.
   */
  @Test
  void restarts_come_toAnEnd() throws IOException {
    Duration apart = DurationText.parse(value("RestartSec") + "s");
    long starts = Long.parseLong(value("StartLimitBurst"));
    Duration within = DurationText.parse(value("StartLimitInterval"));
    // And if each start takes ten times as long to fail.
    assertTrue(apart.multipliedBy(10 * starts).compareTo(within) < 0, within.toString());
  }

  @Test
  void order_isOnNothingOfCloudInit() throws IOException {
    for (String key : List.of("After", "Before", "Wants", "Requires", "WantedBy", "PartOf")) {
      for (String units : values(key)) {
        assertFalse(units.contains("cloud"), key + "=" + units);
        assertFalse(units.contains("multi-user.target"), key + "=" + units);
      }
    }
  }
}
