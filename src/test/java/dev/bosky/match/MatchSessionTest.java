package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchSessionTest {
  private static final String APT =
      """
      pack: apt
      markers:
        - id: unable-to-locate
          status: fail
          match: '^E: Unable to locate package (?P<package>\\S+)'
          message: 'package ${package} is not in any repository'
          cleared_by: '^Setting up ${package}[: ]'
          stages: [modules-config, modules-final]
          limit: 2
        - id: exited
          status: info
          match: 'exited with code (?P<exit_code>\\d+)'
      """;

  private static final String TRACEBACK =
      """
      pack: python
      markers:
        - id: traceback
          status: fail
          match: '^Traceback \\(most recent call last\\):'
          until: '^(?P<error>\\S.*)'
          message: 'Python: ${error}'
      """;

  @Test
  void line_fillsTheMessageWithCaptures() {
    Lines lines = Lines.of(APT);

    MatchSignal.Matched matched =
        lines.match("Reading package lists...", "E: Unable to locate package foo-bar");

    assertEquals("package foo-bar is not in any repository", matched.message());
    assertEquals(Map.of("package", "foo-bar"), matched.fields());
    assertEquals("E: Unable to locate package foo-bar", matched.evidence().text());
    assertEquals(List.of("Reading package lists..."), matched.evidence().before());
    assertEquals(new Position("output", 0, 25, 2), matched.at());
    assertTrue(matched.published());
  }

  @Test
  void line_takesTheLineItselfAsMessageWithoutTemplate() {
    MatchSignal.Matched matched = Lines.of(APT).match("worker exited with code 137");

    assertEquals("worker exited with code 137", matched.message());
    assertEquals(OptionalInt.of(137), matched.exitCode());
  }

  @Test
  void line_looksAtTheStage_andMatchesWhileItIsUnknown() {
    Lines lines = Lines.of(APT);
    String line = "E: Unable to locate package foo";

    assertTrue(lines.feed(Optional.of(Stage.INIT), line).isEmpty());
    assertEquals(1, lines.feed(Optional.empty(), line).size());
  }

  @Test
  void line_suppressesBeyondTheLimitOfAMarker() {
    Lines lines = Lines.of(APT);
    String line = "E: Unable to locate package foo";

    assertTrue(lines.match(line).published());
    assertTrue(lines.match(line).published());
    assertFalse(lines.match(line).published());

    assertEquals(3, lines.session.counts().fail());
    assertEquals(1, lines.session.counts().suppressed());
  }

  @Test
  void line_suppressesBeyondTheLimitOfTheBoot() {
    MatchSettings one = new MatchSettings(1, Set.of(Marker.OUTPUT));
    Lines lines = new Lines(new MatchSession(Lines.set(APT), one));

    assertTrue(lines.match("a exited with code 1").published());
    assertFalse(lines.match("b exited with code 2").published());
  }

  @Test
  void line_takesBackOnlyTheFailureThatTheLineNames() {
    Lines lines = Lines.of(APT);
    MatchSignal.Matched foo = lines.match("E: Unable to locate package foo");
    lines.match("E: Unable to locate package bar");

    List<MatchSignal> signals = lines.feed("Setting up foobar (1.0)", "Setting up foo (1.0) ...");

    assertEquals(1, signals.size());
    MatchSignal.Cleared cleared = assertInstanceOf(MatchSignal.Cleared.class, signals.get(0));
    assertEquals(foo.pending().orElseThrow(), cleared.pending());
    assertEquals(List.of(foo.at()), cleared.published());
    assertEquals("Setting up foo (1.0) ...", cleared.text());
  }

  @Test
  void line_takesBackSuppressedFailuresWithTheirLikes() {
    Lines lines = Lines.of(APT);
    String line = "E: Unable to locate package foo";
    Set<Optional<String>> names =
        Set.copyOf(IntStream.range(0, 10).mapToObj(i -> lines.match(line).pending()).toList());

    MatchSignal.Cleared cleared =
        (MatchSignal.Cleared) lines.feed("Setting up foo (1.0) ...").get(0);

    assertEquals(Set.of(Optional.of(cleared.pending())), names);
    assertEquals(2, cleared.published().size());
  }

  @Test
  void line_gathersABlock_withItsDecisiveLineFirst() {
    MatchSignal.Matched matched =
        Lines.of(TRACEBACK)
            .match(
                "Traceback (most recent call last):",
                "  File \"setup.py\", line 3, in <module>",
                "ValueError: no such thing");

    assertEquals("Python: ValueError: no such thing", matched.message());
    assertEquals(
        """
        ValueError: no such thing
        Traceback (most recent call last):
          File "setup.py", line 3, in <module>
        ValueError: no such thing""",
        matched.evidence().text());
    assertEquals(0, matched.at().offset());
  }

  @Test
  void tick_endsABlockAfterHalfASecond() {
    Lines lines = Lines.of(TRACEBACK);
    assertTrue(lines.feed("Traceback (most recent call last):").isEmpty());

    assertTrue(lines.session.tick(lines.now.plusMillis(499)).isEmpty());
    List<MatchSignal> signals = lines.session.tick(lines.now.plusMillis(500));

    MatchSignal.Matched matched = (MatchSignal.Matched) signals.get(0);
    assertEquals("Traceback (most recent call last):", matched.evidence().text());
    assertEquals("Traceback (most recent call last):", matched.message());
  }

  @Test
  void line_endsABlockAfter200Lines() {
    Lines lines = Lines.of(TRACEBACK);
    lines.feed("Traceback (most recent call last):");
    for (int i = 1; i < OpenBlock.MAX_LINES; i++) {
      lines.now = Duration.ofSeconds(20);
      assertTrue(lines.feed("  line").isEmpty(), "line " + i);
    }

    assertEquals(1, lines.feed("  line").size());
  }

  @Test
  void line_keepsBlocksOfDifferentLogsApart() {
    MatchSession session = new MatchSession(Lines.set(TRACEBACK), MatchSettings.DEFAULT);
    Lines output = new Lines(session);
    Lines other = new Lines(session, "/var/log/other.log");

    output.feed("Traceback (most recent call last):");
    other.feed("Something else");

    assertEquals(
        "E: x",
        output.feed("E: x").get(0) instanceof MatchSignal.Matched m
            ? m.evidence().text().lines().findFirst().orElse("")
            : "");
  }

  @Test
  void end_givesUpWaitingForABlock() {
    Lines lines = Lines.of(TRACEBACK);
    lines.feed("Traceback (most recent call last):");

    assertEquals(1, lines.session.end(false).size());
  }

  @Test
  void line_masksEverythingThatGoesOut() {
    String yaml =
        """
        pack: x
        markers:
          - id: login
            status: fail
            match: '^login failed: (?P<how>.*)'
            message: 'no login with ${how}'
        """;
    String key = "AKIA" + "ABCDEFGHIJKLMNOP";

    MatchSignal.Matched matched = Lines.of(yaml).match("using " + key, "login failed: " + key);

    assertFalse(matched.toString().contains(key), matched.toString());
    assertEquals("no login with AKIA****************", matched.message());
  }

  @Test
  void line_takesBackAFailure_howeverManyLinesLater() {
    Lines lines = Lines.of(APT);
    MatchSignal.Matched failure = lines.match("E: Unable to locate package foo");
    for (int i = 0; i < 20_000; i++) {
      assertEquals(List.of(), lines.feed("line " + i));
    }

    MatchSignal.Cleared cleared =
        (MatchSignal.Cleared) lines.feed("Setting up foo (1.0) ...").get(0);

    assertEquals(failure.pending().orElseThrow(), cleared.pending());
  }

  @Test
  void line_takesBackNothingOfAnotherLog_norOfAnotherBoot() {
    MatchSession session = new MatchSession(Lines.set(APT), MatchSettings.DEFAULT);
    Lines output = new Lines(session);
    output.match("E: Unable to locate package foo");

    assertEquals(
        List.of(), new Lines(session, "/var/log/other.log").feed("Setting up foo (1.0) ..."));
    assertEquals(List.of(), Lines.of(APT).feed("Setting up foo (1.0) ..."));
    assertEquals(1, output.feed("Setting up foo (1.0) ...").size());
  }

  @Test
  void line_takesBackNothingThatComesAfterIt() {
    Lines lines = Lines.of(APT);
    lines.feed("Setting up foo (1.0) ...");
    lines.match("E: Unable to locate package foo");
    lines.feed("Setting up foo (1.0) ...");

    assertTrue(lines.match("E: Unable to locate package foo").pending().isPresent());
    assertEquals(1, lines.feed("Setting up foo (1.0) ...").size());
  }

  @Test
  void line_takesBackEachOfVeryManyFailures() {
    Lines lines = Lines.of(APT);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10 * ClearingLines.MAX_IDLE; i++) {
        String name = "package-" + i;
        assertEquals(1, lines.feed("E: Unable to locate package " + name).size());
        assertEquals(List.of(), lines.feed("Setting up " + name + "0 (1.0) ..."));
        List<MatchSignal> signals = lines.feed("Setting up " + name + " (1.0) ...");
        assertEquals(1, signals.size(), name);
        assertInstanceOf(MatchSignal.Cleared.class, signals.get(0));
      }
    }
  }
}
