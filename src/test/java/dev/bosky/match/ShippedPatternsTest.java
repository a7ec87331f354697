package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files in {@code patterns/}: every marker has examples both ways, and they hold. */
class ShippedPatternsTest {
  private static final PatternLoader.Loaded LOADED =
      PatternLoader.load(List.of(PatternSource.shipped(Path.of("patterns"))));

  @Test
  void load_findsNoProblem() {
    assertEquals(List.of(), LOADED.problems());
    assertTrue(LOADED.set().list().size() > 300, "markers: " + LOADED.set().list().size());
  }

  @Test
  void examples_areThereBothWays() {
    List<String> without =
        LOADED.set().list().stream()
            .filter(m -> m.examples().match().isEmpty() || m.examples().ignore().isEmpty())
            .map(Marker::key)
            .toList();

    assertEquals(List.of(), without);
  }
}
