package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternLoaderTest {
  @TempDir Path folder;

  private static List<String> problems(String yaml) {
    List<Problem> problems = new ArrayList<>();
    PatternLoader.parse("p.yaml", yaml, false, 0, problems);
    return problems.stream().map(Problem::toString).toList();
  }

  /** The one problem of a file with this marker line in place of {@code match}. */
  private static String problemOf(String match) {
    List<String> problems =
        problems("pack: p\nmarkers:\n  - id: m\n    status: fail\n    " + match + "\n");
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  private PatternSource file(String name, String content) throws IOException {
    return PatternSource.given(Files.writeString(folder.resolve(name), content));
  }

  private static String pack(String pack, String id, String match) {
    return "pack: %s\nmarkers:\n  - {id: %s, status: info, match: '%s'}\n"
        .formatted(pack, id, match);
  }

  @Test
  void parse_readsEveryKey() {
    String yaml =
        """
        pack: web
        team: payments
        project: checkout
        logs: [output, cloud-init, /var/log/web.log]
        define:
          path: '/[\\w./-]+'
          quoted: '"${path}"'
        markers:
          - id: broken
            status: fail
            match: '^web: (?P<file>${path}) in ${quoted} is broken'
            message: '${file}: ${why}'
            decisive: false
            stages: [init, modules-final]
            cleared_by: '^mended ${file} by ${path}'
            until: '^because (?P<why>.*)'
            context: 3
            limit: 7
            examples:
              match: ['web: /x in "/y" is broken']
              ignore: ['web: fine']
          - id: ready
            status: success
            match: '^web: ready'
            logs: [output]
            required: 10m
        """;

    PatternSet set = Lines.set(yaml);

    Marker broken = set.list().get(0);
    assertEquals("web/broken", broken.key());
    assertEquals(Optional.of("payments"), broken.team());
    assertEquals(Optional.of("checkout"), broken.project());
    assertEquals(
        "^web: (?P<file>(?:/[\\w./-]+)) in (?:\"(?:/[\\w./-]+)\") is broken",
        broken.match().text());
    assertEquals(Optional.of("${file}: ${why}"), broken.message());
    assertEquals(Decides.NO, broken.decides());
    assertEquals(Set.of(Stage.INIT, Stage.MODULES_FINAL), broken.stages());
    assertEquals(Optional.of("^mended ${file} by (?:/[\\w./-]+)"), broken.clearedBy());
    assertEquals(3, broken.context());
    assertEquals(7, broken.limit());
    assertEquals(List.of("output", "cloud-init", "/var/log/web.log"), broken.logs());
    Marker ready = set.list().get(1);
    assertEquals(List.of("output"), ready.logs());
    assertEquals(
        Optional.of(new Marker.Required(Optional.of(Duration.ofMinutes(10)))), ready.required());
    assertTrue(Lines.set(pack("p", "m", "x")).list().get(0).required().isEmpty());
  }

  @Test
  void parse_readsJson() {
    String json =
        "{\"pack\": \"p\", \"markers\": [{\"id\": \"m\", \"status\": \"fail\", \"match\": \"^\\\\d\"}]}";

    assertEquals("^\\d", Lines.set(json).list().get(0).match().text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "match: E: no~5:13: error: expected one 'key: value' in a line, found a second ': '; put the text in single quotes: '…'",
        "match: \"^\\d\"~5:15: error: expected an escape that YAML knows, found \\d in double quotes; in double quotes YAML reads \\ itself; use single quotes",
        "match: \"\\berror:\"~5:13: error: m: match: expected an expression for one line, found the control character U+0008; in double quotes YAML reads \\b, \\n and others itself; use single quotes",
        "match: no~5:12: error: m: match: expected a text, found the truth value 'no'; write it in quotes: 'no'",
        "match: 1.10~5:12: error: m: match: expected a text, found the number '1.10'; write it in quotes: '1.10'",
        "match: 2024-01-01~5:12: error: m: match: expected a text, found the date '2024-01-01'; write it in quotes: '2024-01-01'",
        "match:~5:11: error: m: match: expected a text, found nothing; write the text behind the colon",
        "match: [Ee]rror~5:16: error: expected the end of the list or map that [ or { began, found more text; a text that begins with [ or { needs single quotes",
        "match: [a, b]~5:12: error: m: match: expected a text, found a list; a text that begins with [ or - needs single quotes",
        "match: {E: x}~5:12: error: m: match: expected a text, found a map with the key 'E'; an unquoted text with ': ' in it is a map to YAML; put the text in single quotes: '…'",
        "match: *x~5:12: error: expected a text, found * at its beginning, which refers to an anchor; put the text in single quotes: '…'",
        "match: @x~5:12: error: expected a text, found @ at its beginning, which means something else in YAML; put the text in single quotes: '…'",
        "match: 'it''s (?=x)'~5:19: error: m: match: expected an RE2 expression, found a look-ahead, (?=; RE2 reads a line in linear time and has none: match more of the line, or take the exceptions out with a marker of status ignore",
        "match: '(?<!x)y'~5:13: error: m: match: expected an RE2 expression, found a look-behind, (?<!; RE2 reads a line in linear time and has none: match more of the line, or take the exceptions out with a marker of status ignore",
        "match: '(a)b\\1'~5:17: error: m: match: expected an RE2 expression, found a back-reference, \\1; RE2 reads a line in linear time and has none: write the repeated text out",
        "match: 'a++'~5:14: error: m: match: expected an RE2 expression, found a possessive ++; RE2 reads a line in linear time and has none: leave out the last +",
        "match: 'a(b'~5:14: error: m: match: expected an RE2 expression, found a ( without its ); escape it: \\(",
        "match: 'ab)'~5:15: error: m: match: expected an RE2 expression, found a ) without its (; escape it: \\)",
        "match: '[z-a]'~5:14: error: m: match: expected an RE2 expression, found invalid character class range `z-a`",
        "match: '((a{1000}){1000}){1000}'~5:12: error: m: match: expected an RE2 expression, found repetitions that unfold to 1001001001 steps; at most 10000: use smaller counts, or * and +",
        "match: 'x*'~5:12: error: m: match: expected an expression that tells lines apart, found 'x*', which matches every line; leave out a * or ?",
        "match: 'a ${b}'~5:15: error: m: match: expected a fragment named under define:, found ${b}, which is none; to match a dollar sign write \\$",
      })
  void parse_saysWhatIsWrongWithAnExpression(String match, String expected) {
    assertEquals("p.yaml:" + expected, problemOf(match));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "project: no~1:10: error: project: expected a text, found the truth value 'no'; write it in quotes: 'no'",
        "team: off~1:7: error: team: expected a text, found the truth value 'off'; write it in quotes: 'off'",
        "team: 007~1:7: error: team: expected a text, found the number '007'; write it in quotes: '007'",
        "logs: output~1:7: error: logs: expected a list of texts, found a text; write [a, b], or one '- …' a line",
        "define: {a: 1.0}~1:13: error: define: a: expected a text, found the number '1.0'; write it in quotes: '1.0'",
        "mask: [E: x]~1:8: error: mask: expected a text, found a map with the key 'E'; an unquoted text with ': ' in it is a map to YAML; put the text in single quotes: '…'",
      })
  void parse_saysWhatYamlMadeOfATextOfTheFile(String line, String expected) {
    assertEquals(List.of("p.yaml:" + expected), problems(line + "\n" + pack("p", "m", "x")), line);
  }

  @Test
  void parse_saysWhatYamlMadeOfAnId() {
    assertEquals(
        List.of(
            "p.yaml:3:10: error: id: expected a text, found the number '1.10'; write it in quotes:"
                + " '1.10'"),
        problems(pack("p", "1.10", "x")));
  }

  @Test
  void parse_namesAnExampleThatYamlReadsAsAMap() {
    assertEquals(
        List.of(
            "p.yaml:7:16: error: m: examples: ignore: expected a text, found a map with the key 'I';"
                + " an unquoted text with ': ' in it is a map to YAML; put the text in single"
                + " quotes: '…'"),
        problems(
            """
            pack: p
            markers:
              - id: m
                status: info
                match: x
                examples:
                  ignore: [I: x]
            """));
  }

  @Test
  void parse_warnsOfWhatYamlTakesForAComment() {
    assertEquals(
        List.of(
            "p.yaml:5:15: warning: m: match: expected the whole text in quotes, found ' #', which"
                + " begins a comment in YAML; put the text in single quotes: '…'"),
        problems("pack: p\nmarkers:\n  - id: m\n    status: info\n    match: foo #1\n"));
  }

  @Test
  void parse_tellsAllProblemsAtOnce() {
    List<String> problems =
        problems(
            """
            pack: no
            taem: x
            disable: [ruby]
            markers:
              - id: 'a b'
                status: broken
                match: '(x'
                limit: 0
                stages: [final]
                logs: [syslog]
              - id: c
                status: ignore
                match: 'y'
                match: 'z'
                message: 'm ${n}'
                cleared_by: 'w'
                required: soon
            """);

    assertEquals(
        List.of("1:7", "2:1", "3:11", "5:9", "6:13", "7:13", "8:12", "9:14", "10:12", "14:5"),
        problems.stream()
            .map(p -> p.replaceFirst("p\\.yaml:(\\d+:\\d+).*", "$1"))
            .sorted(
                java.util.Comparator.comparingInt(
                    p -> Integer.parseInt(p.substring(0, p.indexOf(':')))))
            .limit(10)
            .toList());
    assertEquals(15, problems.size(), String.join("\n", problems));
  }

  @Test
  void load_keepsTheOtherFilesInForce() throws IOException {
    PatternLoader.Loaded loaded =
        PatternLoader.load(
            List.of(
                file("good.yaml", pack("good", "m", "x")),
                file("bad.yaml", pack("bad", "m", "("))));

    assertTrue(loaded.hasErrors());
    assertEquals(List.of("good/m"), loaded.set().list().stream().map(Marker::key).toList());
  }

  @Test
  void load_prefersLaterFiles_andReplacesMarkersOfTheSameName() throws IOException {
    PatternSet set =
        PatternLoader.load(
                List.of(
                    file("1.yaml", pack("a", "m", "old") + "  - {id: n, status: info, match: y}\n"),
                    file("2.yaml", pack("a", "m", "new"))))
            .set();

    assertEquals(
        List.of("a/m new", "a/n y"),
        set.list().stream().map(m -> m.key() + " " + m.match()).toList());
  }

  @Test
  void load_refusesTwoFilesOfOneFolderWithTheSamePack() throws IOException {
    file("1.yaml", pack("a", "m", "x"));
    file("2.yaml", pack("a", "n", "y"));

    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSource.given(folder)));

    assertEquals(
        List.of(
            folder.resolve("2.yaml")
                + ":1:7: error: pack: expected a name of its own, found 'a', which is also the pack of "
                + folder.resolve("1.yaml")
                + "; rename one of the two"),
        loaded.problems().stream().map(Problem::toString).toList());
    assertEquals(1, loaded.set().list().size());
  }

  @Test
  void load_disablesMarkersOfTheShippedPacksOnly() throws IOException {
    Path shipped = Files.createDirectory(folder.resolve("shipped"));
    Files.writeString(shipped.resolve("r.yaml"), pack("ruby", "gem", "x"));
    Files.writeString(shipped.resolve("c.yaml"), pack("curl", "not-found", "y"));
    PatternSet set =
        PatternLoader.load(
                List.of(
                    PatternSource.shipped(shipped),
                    file("own.yaml", "disable: [ruby/*, own/*]\n" + pack("own", "m", "z"))))
            .set();

    assertEquals(List.of("own/m", "curl/not-found"), set.list().stream().map(Marker::key).toList());
  }

  @Test
  void load_takesAnAbsentSiteFolderForAnEmptyOne() {
    Path absent = folder.resolve("absent");

    assertEquals(List.of(), PatternLoader.load(List.of(PatternSource.site(absent))).problems());
    assertTrue(PatternLoader.load(List.of(PatternSource.given(absent))).hasErrors());
  }

  @Test
  void load_refusesWhatIsNoUtf8AndWhatIsTooLarge() throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'p', (byte) 0xe9});
    Path large =
        Files.write(folder.resolve("large.yaml"), new byte[PatternLoader.MAX_FILE_BYTES + 1]);

    List<Problem> problems =
        PatternLoader.load(List.of(PatternSource.given(latin), PatternSource.given(large)))
            .problems();

    assertEquals(List.of("more", "the byte 0xE9"), problems.stream().map(Problem::found).toList());
  }

  @Test
  void hash_isTheSameWhereverTheFileLies_andChangesWithTheMeaning() {
    String yaml = pack("p", "m", "x");

    assertEquals(Lines.set(yaml).hash(), Lines.set(yaml + "\n# a comment\n").hash());
    assertFalse(Lines.set(yaml).hash().equals(Lines.set(pack("p", "m", "y")).hash()));
    assertEquals(64, Lines.set(yaml).hash().length());
  }
}
