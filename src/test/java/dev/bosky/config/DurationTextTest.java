package dev.bosky.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "90s,PT90S",
    "45m,PT45M",
    "2h,PT2H",
    "0s,PT0S",
    "999999999h,PT999999999H"
  })
  void parse_readsANumberAndAUnit(String text, Duration expected) {
    assertEquals(expected, DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "45", "m", "-1s", "1.5h", "1h30m", "45 m", "45M", "1000000000s"})
  void parse_refusesAnythingElse(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
    assertEquals(
        "'" + text + "' is no duration; write a number and a unit, such as 90s, 45m or 2h",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "1500ms", "0s", "90s", "45m", "90m", "2h"})
  void format_writesWhatParseReads(String text) {
    assertEquals(text, DurationText.format(DurationText.parse(text)));
  }
}
