package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code patterns check} warns of: files that are right, but will not do what is wanted. */
class PatternLintTest {
  private static final String EXAMPLES = "examples: {match: ['%s'], ignore: ['all is well']}";

  /** The warnings about these files; each later one is asked before those in front of it. */
  private static List<String> warnings(String... yaml) {
    List<Problem> problems = new ArrayList<>();
    List<PatternFile> files = new ArrayList<>();
    for (int i = 0; i < yaml.length; i++) {
      PatternLoader.parse(i + ".yaml", yaml[i], i == 0 && yaml.length > 1, i, problems)
          .ifPresent(files::add);
    }
    PatternLoader.Loaded loaded = PatternLoader.combine(files, problems);
    assertEquals(List.of(), loaded.problems());
    return PatternLint.warnings(loaded).stream().map(Problem::toString).toList();
  }

  private static String pack(String... markers) {
    return "pack: p\nmarkers:\n" + String.join("", markers);
  }

  /** A marker on one line, with an example of each kind. */
  private static String marker(String id, String status, String match, String example) {
    return "  - {id: %s, status: %s, match: '%s', %s}\n"
        .formatted(id, status, match, EXAMPLES.formatted(example));
  }

  @Test
  void warnings_areNoneForAGoodFile() {
    assertEquals(
        List.of(),
        warnings(
            pack(
                marker("disk", "fail", "^web: disk full", "web: disk full"),
                marker("web", "fail", "^web: \\w", "web: gone"))));
  }

  @Test
  void warnings_nameTheMarkerThatTakesAllLinesOfALaterOne() {
    assertEquals(
        List.of(
            "0.yaml:4:5: warning: disk: expected that no other marker takes all its lines, found"
                + " that p/web does; put this one first, or make the other one narrower"),
        warnings(
            pack(
                marker("web", "fail", "^web: \\w", "web: gone"),
                marker("disk", "fail", "^web: disk full", "web: disk full"))));
  }

  @Test
  void warnings_nameTheIgnoreThatTakesAllLines_whereverItStands() {
    assertEquals(
        List.of(
            "0.yaml:3:5: warning: disk: expected that no other marker takes all its lines, found"
                + " that p/noise does; put this one first, or make the other one narrower"),
        warnings(
            pack(
                marker("disk", "fail", "^web: disk full", "web: disk full"),
                marker("noise", "ignore", "disk full$", "web: disk full"))));
  }

  @Test
  void warnings_nameTheLaterFileThatTakesAllLines() {
    assertEquals(
        List.of(
            "0.yaml:3:5: warning: disk: expected that no other marker takes all its lines, found"
                + " that own/web does; put this one first, or make the other one narrower"),
        warnings(
            pack(marker("disk", "fail", "^web: disk full", "web: disk full")),
            pack(marker("web", "fail", "^web: \\w", "web: gone")).replace("pack: p", "pack: own")));
  }

  @Test
  void warnings_areNoneWhereOneExampleIsLeft() {
    assertEquals(
        List.of(),
        warnings(
            pack(
                marker("disk", "fail", "^web: disk", "web: disk full"),
                "  - {id: web, status: fail, match: '^web: \\w',"
                    + " examples: {match: ['web: disk full', 'web: gone'], ignore: [x]}}\n")));
  }

  @Test
  void warnings_sayNothingOfAMarkerThatALaterFileReplaces() {
    assertEquals(
        List.of(),
        warnings(
            pack(marker("disk", "fail", "^web: disk full", "web: disk full")),
            pack(marker("disk", "fail", "^web: \\w", "web: gone"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error",
        "failed",
        "(?i)fail(?:ed|ure)?",
        "fatal",
        "[Ee]xception",
        "denied|timeout"
      })
  void warnings_nameTheEverydayLineThatAWordTakes(String word) {
    List<String> warnings =
        warnings(pack(marker("m", "fail", word, "a denied error failed as a fatal exception")));

    assertEquals(1, warnings.size(), warnings.toString());
    assertEquals(
        "0.yaml:3:5: warning: m: match: expected an expression that takes failures only, found '"
            + word
            + "', which takes the everyday line '",
        warnings.get(0).replaceFirst("everyday line '.*", "everyday line '"));
  }

  @Test
  void warnings_areNoneForAWordWithTheProgramsOwnInFront_orForAnInfo() {
    assertEquals(
        List.of(),
        warnings(
            pack(
                marker("a", "fail", "^web: error", "web: error 3"),
                marker("b", "info", "failed", "a failed login"))));
  }

  @Test
  void warnings_areNoneWhereAnIgnoreTakesTheEverydayLinesOut() {
    assertEquals(
        List.of(),
        warnings(
            pack(
                marker("noise", "ignore", "0 failed", "31 passed, 0 failed"),
                marker("m", "fail", "[1-9] passed; \\d+ failed", "3 passed; 2 failed"))));
  }

  @Test
  void warnings_tellWhichExamplesAreMissing() {
    assertEquals(
        List.of(
            "0.yaml:3:5: warning: a: examples: expected lines that match and lines that do not,"
                + " found none; they are its tests",
            "0.yaml:4:5: warning: b: examples: expected lines that match and lines that do not,"
                + " found no line under match; they are its tests",
            "0.yaml:5:5: warning: c: examples: expected lines that match and lines that do not,"
                + " found no line under ignore; they are its tests"),
        warnings(
            pack(
                "  - {id: a, status: info, match: '^alpha'}\n",
                "  - {id: b, status: info, match: '^beta', examples: {ignore: [x]}}\n",
                "  - {id: c, status: info, match: '^gamma', examples: {match: [gamma]}}\n")));
  }

  @Test
  void warnings_nameAnExpressionThatIsTriedOnEveryLine() {
    assertEquals(
        List.of(
            "0.yaml:3:5: warning: m: match: expected a text of 3 letters or more that has to occur,"
                + " or ^ and what follows it, found '\\d+ \\w\\d'; it is tried on every line, which"
                + " slows the agent down"),
        warnings(pack(marker("m", "info", "\\d+ \\w\\d", "3 a4"))));
  }

  @Test
  void warnings_nameADisableThatNamesNothing() {
    assertEquals(
        List.of(
            "1.yaml:1:19: warning: disable: expected a marker of the shipped packs, found"
                + " 'p/nope', which names none; bosky patterns list shows all"),
        warnings(
            pack(marker("disk", "fail", "^web: disk full", "web: disk full")),
            "disable: [p/disk, p/nope]\npack: own\n"));
  }
}
