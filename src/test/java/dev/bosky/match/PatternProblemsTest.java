package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a file that somebody wrote in a hurry: the place of the slip, and what to do. */
class PatternProblemsTest {
  private static final String HEAD = "pack: p\nmarkers:\n  - id: m\n    status: fail\n";

  @TempDir Path folder;

  private static List<String> problems(String text) {
    List<Problem> problems = new ArrayList<>();
    PatternLoader.parse("p.yaml", text, false, 0, problems);
    return problems.stream().map(p -> p.toString().substring("p.yaml:".length())).toList();
  }

  /** {@code /} stands for the end of a line; line 5 is the first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "    match: 'can't open'~5:17: error: expected nothing behind the closing quote, found 't open''; within single quotes a ' is written ''",
        "    examples: {match: ['it's']}~5:28: error: expected nothing behind the closing quote, found 's']}'; within single quotes a ' is written ''",
        "    match: '^x/    examples: {match: ['x1'], ignore: [y]}~5:12: error: expected a quote that is closed in its line, found one that is closed in line 6 only; close it; within single quotes a ' is written ''",
        "    match: \"^x/    examples: {match: [\"x1\"], ignore: [y]}~5:12: error: expected a quote that is closed in its line, found one that is closed in line 6 only; close it; within single quotes a ' is written ''",
        "    match: '^x'/   limit: 3~6:4: error: expected the keys of a map, and the items of a list, exactly under one another, found 'limit: 3' elsewhere; that map or list began in line 3",
        "    match: '^x'/      limit: 3~6:7: error: expected the keys of a map, and the items of a list, exactly under one another, found 'limit: 3' elsewhere; that map or list began in line 3",
        "    match: x/team: z/  - id: n~7:7: error: expected the keys of a map, and the items of a list, exactly under one another, found '- id: n' elsewhere; what stands here goes on with the line above",
        "    match '^x'/    limit: 3~5:5: error: expected key: value, found 'match '^x''; put a colon and a space behind the key",
        "    match:x/    limit: 3~5:5: error: expected key: value, found 'match:x'; put a space behind the colon",
        "    examples:/      match: ['x1'/      ignore: [y]~7:7: error: expected the end of the list or map that [ or { began in line 6, found more text; close it with ] or }",
        "    match: *.x~5:12: error: expected a text, found * at its beginning, which refers to an anchor; put the text in single quotes: '…'",
        "    match: &.x~5:12: error: expected a text, found & at its beginning, which makes an anchor; put the text in single quotes: '…'",
        "    match: !!python/x y~5:12: error: expected a text, found ! at its beginning, which begins a tag; put the text in single quotes: '…'",
        "    match: !x y~5:12: error: m: match: expected a text, found 'y' with the tag !x; put the text in single quotes: '…'",
        "    match: - x~5:12: error: expected a text, found - at its beginning, which begins an item of a list; put the text in single quotes: '…'",
        "    match: x/---/pack: q~6:1: error: expected one document, found a second one after ---; make it a file of its own",
        "    match: x/    limit: 3/    limit: 4~7:5: error: limit: expected each key once, found it a second time; leave out one of the two",
      })
  void parse_findsWhereASlipBegan(String lines, String expected) {
    assertEquals(
        List.of(expected),
        problems(HEAD + lines.replace('/', '\n').replace("!!python\n", "!!python/") + "\n"));
  }

  @Test
  void parse_namesTheLineWithoutASpace_notTheNextOne() {
    assertEquals(
        List.of("1:1: error: expected key: value, found 'pack:p'; put a space behind the colon"),
        problems("pack:p\nmarkers: []\n"));
  }

  @Test
  void parse_doesNotMerge_norRepeat() {
    String base = "pack: p\nmarkers:\n  - &b\n    id: m\n    status: info\n    match: x\n";

    assertEquals(
        List.of(
            "7:5: error: expected one of the keys "
                + String.join(", ", MarkerReader.KEYS.stream().sorted().toList())
                + ", found '<<'; maps are not merged: write the keys out"),
        problems(base + "  - <<: *b\n    id: n\n    status: info\n    match: y\n"));
    assertEquals(
        List.of(
            "3:5: error: id: expected an id of its own, found 'm', which line 3 has too; * repeats"
                + " it as it is: write it out"),
        problems(base + "  - *b\n"));
  }

  @Test
  void parse_saysWhatIsWrongWithAnAliasBomb() {
    String laughs = "a: &a [x]\n" + "b: *a\n".repeat(60);

    assertEquals(
        "expected at most 50 uses of anchors, found more of them; write the lists and maps out",
        problems(laughs).get(0).replaceFirst("^.*?error: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{a: '${a}'}~2:14: error: define: a: expected fragments that stand above it, found ${a}, which is itself",
        "{a: '${b}', b: x}~2:14: error: define: a: expected fragments that stand above it, found ${b}, which is not above or has an error; define that one first; two cannot use each other",
        "{a: 'x${c}', b: y}~2:15: error: define: a: expected a fragment named under define:, found ${c}, which is none; to match a dollar sign write \\$",
      })
  void define_isToldOnce_whereItStands(String define, String expected) {
    assertEquals(
        List.of(expected),
        problems(
            "pack: p\ndefine: "
                + define
                + "\nmarkers:\n  - {id: m, status: fail, match: '${a}x'}\n"));
  }

  @ParameterizedTest
  @CsvSource({"0s", "0ms", "10 minutes", "-1m", "1d", "End"})
  void required_isATimeInWhichSomethingCanBeSeen(String required) {
    assertEquals(
        List.of(
            "6:15: error: m: required: expected a duration such as 10m, or end, found '"
                + required
                + "'"),
        problems(
            "pack: p\nmarkers:\n  - id: m\n    status: success\n    match: x\n    required: "
                + required
                + "\n"));
  }

  @Test
  void mask_withAGroupOfAnotherName_isToldWhatItMasks() {
    assertEquals(
        List.of(
            "2:8: warning: mask: expected a group named secret, or none, found secrt; as it is, all"
                + " that matches is masked"),
        problems("pack: p\nmask: ['x(?P<secrt>y)', 'x(?P<secret2>y)', 'z(y)']\nmarkers: []\n"));
  }

  @Test
  void load_tellsWhereAByteIsNoUtf8_andKnowsUtf16() throws IOException {
    Files.write(
        folder.resolve("a.yaml"), "pack: é\nteam: \u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve("b.yaml"), "pack: b\n".getBytes(StandardCharsets.UTF_16));
    Files.write(folder.resolve("c.yaml"), new byte[] {'p', '\n', 'x', (byte) 0xc3});

    assertEquals(
        List.of(
            "a.yaml:1:7: error: expected UTF-8, found the byte 0xE9; save it as UTF-8",
            "b.yaml: error: expected UTF-8, found UTF-16; save it as UTF-8",
            "c.yaml:2:2: error: expected UTF-8, found the byte 0xC3; save it as UTF-8"),
        loaded());
  }

  @Test
  void load_namesThePlaceOfAPackThatIsThereAlready() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "pack: p\nmarkers: []\n");
    Files.writeString(folder.resolve("b.yaml"), "# mine\npack: p\nmarkers: []\n");

    assertEquals(
        List.of(
            "b.yaml:2:7: error: pack: expected a name of its own, found 'p', which is also the pack"
                + " of a.yaml; rename one of the two"),
        loaded());
  }

  @Test
  void load_doesNotWaitForAPipe() throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("mkfifo", folder.resolve("a.yaml").toString()).start().waitFor());

    assertEquals(
        List.of("a.yaml: error: expected a file, found a pipe, socket or device; remove it"),
        loaded());
  }

  private List<String> loaded() {
    return PatternLoader.load(List.of(PatternSource.given(folder))).problems().stream()
        .map(p -> p.toString().replace(folder + "/", ""))
        .toList();
  }
}
