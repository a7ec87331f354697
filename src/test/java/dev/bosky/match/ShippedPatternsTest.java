package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The files in {@code patterns/}: every marker has examples both ways, and they hold. */
class ShippedPatternsTest {
  private static final PatternLoader.Loaded LOADED =
      PatternLoader.load(List.of(PatternSource.shipped(Path.of("patterns"))));

  private static final LineMatcher MATCHER = new LineMatcher(LOADED.set(), Set.of(Marker.OUTPUT));

  @Test
  void load_findsNoProblem() {
    assertEquals(List.of(), LOADED.problems());
    assertTrue(LOADED.set().list().size() > 300, "markers: " + LOADED.set().list().size());
  }

  @Test
  void examples_areThereBothWays() {
    assertNone(m -> m.examples().match().isEmpty() || m.examples().ignore().isEmpty());
  }

  @Test
  void examples_hold() {
    assertEquals(
        List.of(),
        ExampleRunner.run(LOADED.files()).stream().filter(result -> !result.passed()).toList());
  }

  @Test
  void lint_warnsOfNothing() {
    assertEquals(List.of(), PatternLint.warnings(LOADED));
  }

  /**
   * Among all files together another marker may take a line, but none of another weight: a failure
   * that decides must not be lost to a file that only calls it a candidate.
   */
  @Test
  void examples_keepTheirWeightAmongAllFiles() {
    List<String> changed = new ArrayList<>();
    for (Marker marker : LOADED.set().list()) {
      if (marker.ignores()) {
        continue;
      }
      for (Marker.Examples.Line line : marker.examples().match()) {
        Optional<Marker> taker = taker(line.text());
        if (taker.map(m -> isDecisive(m) != isDecisive(marker)).orElse(true)) {
          changed.add(marker + " -> " + taker + ": " + line.text());
        }
      }
    }

    assertEquals(List.of(), changed);
  }

  private static boolean isDecisive(Marker marker) {
    return marker.decides() == Decides.YES;
  }

  @Test
  void harmlessLines_decideNothing() throws IOException {
    List<String> decided =
        lines("harmless-lines.txt").stream()
            .filter(line -> taker(line).filter(ShippedPatternsTest::isDecisive).isPresent())
            .map(line -> taker(line).orElseThrow() + ": " + line)
            .toList();

    assertEquals(List.of(), decided);
  }

  @Test
  void decisiveLines_decide() throws IOException {
    assertEquals(
        List.of(),
        lines("decisive-lines.txt").stream()
            .filter(line -> taker(line).filter(ShippedPatternsTest::isDecisive).isEmpty())
            .map(line -> taker(line) + ": " + line)
            .toList());
  }

  @Test
  void tellingLines_areEvidence() throws IOException {
    assertEquals(
        List.of(),
        lines("telling-lines.txt").stream()
            .filter(line -> taker(line).filter(m -> m.status() == MarkerStatus.FAIL).isEmpty())
            .map(line -> taker(line) + ": " + line)
            .toList());
  }

  @Test
  void handledFailures_areTakenBack() throws IOException {
    for (String group : String.join("\n", lines("handled-failures.txt")).split("\n\n")) {
      Map<String, String> standing = new LinkedHashMap<>();
      Lines boot = new Lines(new MatchSession(LOADED.set(), MatchSettings.DEFAULT));
      for (MatchSignal signal : boot.feed(group.split("\n"))) {
        if (signal instanceof MatchSignal.Matched matched
            && matched.marker().decides() == Decides.YES) {
          standing.put(matched.pending().orElse(matched.message()), matched.message());
        } else if (signal instanceof MatchSignal.Cleared cleared) {
          standing.remove(cleared.pending());
        }
      }

      assertEquals(Map.of(), standing, group);
    }
  }

  private static Optional<Marker> taker(String line) {
    return MATCHER
        .take(Lines.line(line), Optional.of(Stage.MODULES_FINAL))
        .map(LineMatcher.Hit::marker);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = ShippedPatternsTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .toList();
    }
  }

  private static void assertNone(Predicate<Marker> wrong) {
    assertEquals(List.of(), LOADED.set().list().stream().filter(wrong).map(Marker::key).toList());
  }
}
