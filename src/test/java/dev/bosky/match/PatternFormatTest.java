package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What each key of a pattern file does to the lines of a boot. The table of all keys with their
 * tests is in this package's documentation; {@link FormatTableTest} holds it.
 */
class PatternFormatTest {
  private static final String OTHER_LOG = "/var/log/shop.log";

  /** A file with one marker: its keys beside {@code id}, as YAML in a line. */
  private static String pack(String pack, String... markers) {
    StringBuilder yaml = new StringBuilder("pack: " + pack + "\nmarkers:\n");
    for (int i = 0; i < markers.length; i++) {
      yaml.append("  - {id: m%d, %s}\n".formatted(i, markers[i]));
    }
    return yaml.toString();
  }

  private static PatternFile file(String yaml, boolean shipped, int level) {
    List<Problem> problems = new ArrayList<>();
    Optional<PatternFile> file =
        PatternLoader.parse(level + ".yaml", yaml, shipped, level, problems);
    assertEquals(List.of(), problems);
    return file.orElseThrow();
  }

  /** Which marker takes the line, of these files; the first shipped. */
  private static String taker(String line, String shipped, String... teams) {
    List<PatternFile> files = new ArrayList<>(List.of(file(shipped, true, 0)));
    for (int i = 0; i < teams.length; i++) {
      files.add(file(teams[i], false, i + 1));
    }
    return taker(line, PatternSet.of(files));
  }

  private static String taker(String line, PatternSet set) {
    return new LineMatcher(set, Set.of(Marker.OUTPUT))
        .take(Lines.line(line), Optional.of(Stage.MODULES_FINAL))
        .map(hit -> hit.marker().key())
        .orElse("none");
  }

  @Test
  void match_isSearched_caseSensitive() {
    PatternSet set = Lines.set(pack("p", "status: info, match: 'Web is up'"));

    assertEquals("p/m0", taker("now Web is up again", set));
    assertEquals("none", taker("now web is up again", set));
  }

  @Test
  void match_takesNamedGroupsInBothForms_intoFieldsAndMessage() {
    MatchSignal.Matched matched =
        Lines.of(
                pack(
                    "p",
                    "status: info, match: '^(?P<who>\\w+) sees (?<what>\\w+)(?P<more>!)?',"
                        + " message: '${what} by ${who}${more}'"))
            .match("shop sees error");

    assertEquals(Map.of("who", "shop", "what", "error"), matched.fields());
    assertEquals("error by shop", matched.message());
  }

  @Test
  void status_isThatOfTheMatch_andIgnoreMakesNone() {
    Lines lines =
        Lines.of(
            pack(
                "p",
                "status: info, match: '^a'",
                "status: fail, match: '^b'",
                "status: success, match: '^c'",
                "status: ignore, match: '^d'",
                "status: fail, match: '^d'"));

    lines.feed("a", "b", "c", "d");

    assertEquals(1, lines.session.counts().info());
    assertEquals(1, lines.session.counts().fail());
    assertEquals(1, lines.session.counts().success());
  }

  /** Wherever in the file it stands. */
  @Test
  void ignore_isAskedFirst() {
    String last = pack("p", "status: fail, match: 'failed'", "status: ignore, match: '0 failed'");

    assertEquals("p/m0", taker("3 failed", Lines.set(last)));
    assertEquals("none", taker("0 failed", Lines.set(last)));
  }

  @Test
  void ignore_ofATeam_holdsForItsOwnAndTheShippedMarkers() {
    String shipped = pack("shipped", "status: fail, match: 'failed'");
    String ignoring = "team: a\n" + pack("a", "status: ignore, match: '^a: .*failed'");
    String own = "team: a\n" + pack("a2", "status: fail, match: 'really failed'");
    String other = "team: b\n" + pack("b", "status: fail, match: 'also failed'");

    assertEquals("shipped/m0", taker("b: failed", shipped, ignoring, own, other));
    assertEquals("none", taker("a: failed", shipped, ignoring, own, other));
    assertEquals("none", taker("a: really failed", shipped, ignoring, own, other));
    assertEquals("b/m0", taker("a: also failed", shipped, ignoring, own, other));
  }

  @Test
  void ignore_ofAShippedFile_holdsForShippedMarkersOnly() {
    String shipped =
        pack("shipped", "status: fail, match: 'failed'", "status: ignore, match: '^retry'");
    String team = pack("a", "status: fail, match: '^retry 9 failed'");

    assertEquals("none", taker("retry 1 failed", shipped, team));
    assertEquals("a/m0", taker("retry 9 failed", shipped, team));
  }

  @Test
  void precedence_isLaterFilesFirst_thenFromTheTop() {
    String one = pack("one", "status: info, match: '^web'", "status: info, match: '^web: x'");
    String two = pack("two", "status: info, match: ': x'");

    assertEquals("one/m0", taker("web: x", one));
    assertEquals("two/m0", taker("web: x", one, two));
    assertEquals("one/m0", taker("web: y", one, two));
  }

  @Test
  void precedence_aLaterMarkerOfTheSameName_replaces() {
    String shipped = pack("web", "status: fail, match: '^web'", "status: info, match: '^db'");
    String team = pack("web", "status: fail, match: '^web: fatal'");

    assertEquals("none", taker("web: fine", shipped, team));
    assertEquals("web/m0", taker("web: fatal", shipped, team));
    assertEquals("web/m1", taker("db", shipped, team));
  }

  @Test
  void disable_takesShippedMarkersOutOfForce_byNameAndByPack() {
    String shipped = pack("ruby", "status: fail, match: '^ruby'", "status: fail, match: '^gem'");
    String team = "disable: [ruby/m0, 'perl/*']\n" + pack("a", "status: info, match: '^x'");

    assertEquals("none", taker("ruby", shipped, team));
    assertEquals("ruby/m1", taker("gem", shipped, team));
    assertEquals("none", taker("gem", shipped, "pack: a\ndisable: ['ruby/*']\n"));
  }

  @Test
  void logs_ofAMarker_winOverThoseOfItsFile() {
    PatternSet set =
        Lines.set(
            "logs: [%s]\n".formatted(OTHER_LOG)
                + pack(
                    "p",
                    "status: info, match: '^x'",
                    "status: info, match: '^y', logs: [output, cloud-init]"));

    assertEquals(List.of("p/m0"), keys(set, OTHER_LOG));
    assertEquals(List.of("p/m1"), keys(set, Marker.OUTPUT));
    assertEquals(List.of("p/m1"), keys(set, Marker.CLOUD_INIT));
    assertEquals(List.of(), keys(set, "/var/log/another.log"));
  }

  private static List<String> keys(PatternSet set, String log) {
    Lines lines = new Lines(new MatchSession(set, MatchSettings.DEFAULT), log);
    return lines.feed("x", "y").stream()
        .map(signal -> ((MatchSignal.Matched) signal).marker().key())
        .toList();
  }

  @Test
  void logs_isTheOutputWhereNothingIsSaid() {
    PatternSet set = Lines.set(pack("p", "status: info, match: '^x'"));

    assertEquals(List.of("p/m0"), keys(set, Marker.OUTPUT));
    assertEquals(List.of(), keys(set, Marker.CLOUD_INIT));
  }

  @Test
  void clearedBy_takesCapturesForText() {
    Lines lines =
        Lines.of(
            pack(
                "p",
                "status: fail, match: '^no (?P<tool>\\S+)$', cleared_by: '^${tool} is there$'"));
    lines.match("no g++.x");

    assertEquals(0, lines.feed("g++yx is there", "gggx is there").size());
    assertEquals(1, lines.feed("g++.x is there").size());
  }

  @Test
  void until_endsTheBlock_whoseLinesAreNotMatchedAgain() {
    Lines lines =
        Lines.of(
            pack(
                "p",
                "status: fail, match: '^Trace', until: '^end', context: 0",
                "status: fail, match: 'inner'"));

    MatchSignal.Matched block = lines.match("Trace", " inner", "end inner");

    assertEquals("p/m0", block.marker().key());
    assertEquals("Trace\n inner\nend inner", block.evidence().text());
    assertEquals("p/m1", lines.match("inner").marker().key());
  }

  @Test
  void context_isSoManyLinesBefore() {
    String[] before = IntStream.range(0, 30).mapToObj(i -> "line " + i).toArray(String[]::new);
    for (int context : List.of(0, 3, 10)) {
      Lines lines =
          Lines.of(pack("p", "status: info, match: '^x', context: %d".formatted(context)));
      lines.feed(before);

      assertEquals(List.of(before).subList(30 - context, 30), lines.match("x").evidence().before());
    }
    Lines byDefault = Lines.of(pack("p", "status: info, match: '^x'"));
    byDefault.feed(before);
    assertEquals(Marker.DEFAULT_CONTEXT, byDefault.match("x").evidence().before().size());
  }

  @Test
  void limit_isFiveWhereNothingIsSaid() {
    for (int limit : List.of(1, 2, Marker.DEFAULT_LIMIT)) {
      String key = limit == Marker.DEFAULT_LIMIT ? "" : ", limit: " + limit;
      Lines lines = Lines.of(pack("p", "status: info, match: '^x'" + key));
      for (int i = 0; i < limit; i++) {
        assertTrue(lines.match("x " + i).published(), limit + ": " + i);
      }
      assertFalse(lines.match("x once more").published());
      assertEquals(1, lines.session.counts().suppressed());
    }
    assertEquals(5, Marker.DEFAULT_LIMIT);
  }

  @Test
  void required_thatIsNotSeenByThen_isMissing_once() {
    Lines lines = Lines.of(pack("p", "status: success, match: '^ready', required: 1m"));

    assertEquals(0, lines.session.tick(Duration.ofSeconds(59)).size());
    List<MatchSignal> signals = lines.session.tick(Duration.ofSeconds(60));

    assertEquals(1, signals.size());
    MatchSignal.RequiredMissing missing = (MatchSignal.RequiredMissing) signals.get(0);
    assertEquals("required success marker p/m0 was not seen within 1m", missing.message());
    assertEquals(0, lines.session.tick(Duration.ofSeconds(61)).size());
    assertEquals(0, lines.session.end(true).size());
  }

  @Test
  void required_byTheEnd_isMissingOnlyAtAnEnd() {
    for (boolean finished : List.of(true, false)) {
      Lines lines = Lines.of(pack("p", "status: info, match: '^ready', required: end"));
      assertEquals(0, lines.session.tick(Duration.ofHours(9)).size());
      assertEquals(finished ? 1 : 0, lines.session.end(finished).size());
    }
    Lines seen = Lines.of(pack("p", "status: info, match: '^ready', required: end"));
    seen.feed("ready");
    assertEquals(0, seen.session.end(true).size());
  }

  @Test
  void mask_coversTheNamedSecret_orTheWholeMatch() {
    Lines lines =
        Lines.of(
            "mask: ['badge (?P<secret>\\d+)', 'crew-[a-z]+']\n"
                + pack("p", "status: info, match: '^(?P<all>.+)'"));

    assertEquals("badge **** of *********", lines.match("badge 4711 of crew-blue").message());
  }

  @Test
  void define_isWrittenOnce_alsoWithinAnother() {
    PatternSet set =
        Lines.set(
            "define: {shop: 'shop|till', head: '^(?:${shop}) \\[\\d+\\]: '}\n"
                + pack("p", "status: info, match: '${head}up'", "status: info, match: 'x${shop}'"));

    assertEquals("p/m0", taker("till [12]: up", set));
    assertEquals("none", taker("bank [12]: up", set));
    assertEquals("p/m1", taker("xtill", set));
    assertEquals("none", taker("till", set), "a fragment is one thing, whatever stands beside it");
  }

  @Test
  void examples_failWhereAnotherMarkerTakesTheLine_orThisOneMustNot() {
    PatternFile file =
        file(
            pack(
                "p",
                "status: fail, match: '^web', examples: {match: ['web: x'], ignore: ['web: y']}",
                "status: fail, match: ': x', examples: {match: ['web: x', 'db: x'], ignore: [z]}"),
            false,
            0);

    List<String> failed =
        ExampleRunner.run(List.of(file)).stream()
            .filter(result -> !result.passed())
            .map(result -> result.marker().id() + " " + result.example().text())
            .toList();

    assertEquals(List.of("m0 web: y", "m1 web: x"), failed);
  }

  @Test
  void explicitMarkers_takeALineOfItsOwn() {
    PatternSet set = Lines.set(pack("p", "status: ignore, match: 'bosky'")).withExplicitMarkers();

    assertEquals("bosky/fail", taker("::bosky fail::no license", set));
    assertEquals("bosky/info", taker("  ::bosky info:: half way", set));
    assertEquals("bosky/success", taker("::bosky success::up", set));
    assertEquals("bosky/success", taker("::bosky pass::up", set));
    assertEquals("none", taker("+ echo '::bosky fail::no license'", set));
    assertEquals("none", taker("::bosky fail:no license", set));
    Lines lines = new Lines(new MatchSession(set, MatchSettings.DEFAULT));
    assertEquals("no license", lines.match("::bosky fail:: no license ").message());
    // echo "::bosky fail::$why", where nobody knew why
    assertEquals("::bosky fail::", lines.match("::bosky fail::").message());
  }
}
