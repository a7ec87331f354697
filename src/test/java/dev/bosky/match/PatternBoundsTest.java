package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bound on a pattern file: what lies on it is taken, one more is refused in a sentence. */
class PatternBoundsTest {
  @TempDir Path folder;

  private static List<String> problems(String yaml) {
    List<Problem> problems = new ArrayList<>();
    PatternLoader.parse("p.yaml", yaml, false, 0, problems);
    return problems.stream().map(Problem::toString).toList();
  }

  private static String marker(String... lines) {
    return "pack: p\nmarkers:\n  - id: m\n    status: fail\n    "
        + String.join("\n    ", lines)
        + "\n";
  }

  private static void refused(String sentence, String yaml) {
    assertEquals(List.of("p.yaml:" + sentence), problems(yaml));
  }

  private static void taken(String yaml) {
    assertEquals(List.of(), problems(yaml));
  }

  private static String times(int count, String separator, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(separator));
  }

  private static String markers(String pack, int count) {
    return "pack: "
        + pack
        + "\nmarkers:\n"
        + times(count, "", i -> "  - {id: m" + i + ", status: info, match: '^text " + i + "'}\n");
  }

  /** What is wrong with the files of that content, in their order. */
  private List<String> problemsOfFiles(List<String> contents) throws IOException {
    for (int i = 0; i < contents.size(); i++) {
      Files.writeString(folder.resolve("%04d.yaml".formatted(i)), contents.get(i));
    }
    return PatternLoader.load(List.of(PatternSource.given(folder))).problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void file_hasABoundOnItsBytes() throws IOException {
    String comment = "#".repeat(PatternLoader.MAX_FILE_BYTES - 100) + "\n";
    String fits = comment + marker("match: x");

    assertEquals(
        List.of(
            "0001.yaml: error: expected a pattern file of at most 1000000 bytes, found more; split"
                + " it by theme"),
        problemsOfFiles(List.of(fits, "# ".repeat(100) + "\n" + fits)));
  }

  @Test
  void files_haveABoundOnTheirNumber() throws IOException {
    List<String> contents =
        IntStream.rangeClosed(0, PatternLoader.MAX_FILES)
            .mapToObj(i -> "pack: p" + i + "\nmarkers: []\n")
            .toList();

    assertEquals(
        List.of(
            "0500.yaml: error: expected at most 500 files in all, found 501 with this file; leave"
                + " out what this machine does not need"),
        problemsOfFiles(contents));
  }

  @Test
  void markers_haveABoundOverAllFiles_andTheFilesBeforeStayInForce() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), markers("a", PatternLoader.MAX_MARKERS));
    Files.writeString(folder.resolve("b.yaml"), markers("b", 1));

    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSource.given(folder)));

    assertEquals(
        List.of(
            folder.resolve("b.yaml")
                + ": error: expected at most 5000 markers in all, found 5001 with this file; leave"
                + " out what this machine does not need"),
        loaded.problems().stream().map(Problem::toString).toList());
    assertEquals(PatternLoader.MAX_MARKERS, loaded.set().list().size());
  }

  @Test
  void masks_haveABoundOverAllFiles() throws IOException {
    String most = "pack: a\nmask: [" + times(PatternLoader.MAX_MASKS, ", ", i -> "own" + i) + "]\n";

    assertEquals(
        List.of(
            "0001.yaml: error: expected at most 200 mask expressions in all, found 201 with this"
                + " file; leave out what this machine does not need"),
        problemsOfFiles(List.of(most, "pack: b\nmask: [other]\n")));
  }

  @Test
  void disable_hasABoundOnItsEntries() {
    String most =
        "pack: p\ndisable: [" + times(PatternFileReader.MAX_DISABLE, ", ", i -> "a/b" + i);

    taken(most + "]\n");
    refused(
        "2:10: error: disable: expected at most 1000 entries, found 1001 of them; for a whole pack"
            + " write pack/*",
        most + ", c/d]\n");
  }

  @Test
  void names_haveABoundOnTheirLength() {
    taken(marker("match: x").replace("pack: p", "pack: " + "p".repeat(80)));
    refused(
        "1:7: error: pack: expected a name of letters, digits, '.', '_' and '-', at most 80"
            + " characters, found '"
            + "p".repeat(81)
            + "'",
        marker("match: x").replace("pack: p", "pack: " + "p".repeat(81)));
    refused(
        "3:9: error: id: expected a name of letters, digits, '.', '_' and '-', at most 80"
            + " characters, found '"
            + "m".repeat(81)
            + "'",
        marker("match: x").replace("id: m", "id: " + "m".repeat(81)));
  }

  @Test
  void teamAndProject_haveABoundOnTheirLength() {
    taken("team: " + "t".repeat(PatternFileReader.MAX_LABEL) + "\n" + marker("match: x"));
    refused(
        "1:7: error: team: expected at most 200 characters, found 201 of them",
        "team: " + "t".repeat(201) + "\n" + marker("match: x"));
    refused(
        "1:10: error: project: expected at most 200 characters, found 201 of them",
        "project: " + "t".repeat(201) + "\n" + marker("match: x"));
  }

  @Test
  void message_hasABoundOnItsLength() {
    taken(marker("match: x", "message: " + "m".repeat(MaskedText.MAX_MESSAGE)));
    refused(
        "6:14: error: m: message: expected at most 1000 characters, found 1001 of them",
        marker("match: x", "message: " + "m".repeat(1001)));
  }

  @Test
  void expression_hasABoundOnItsLength() {
    taken(marker("match: '" + "x".repeat(Expression.MAX_LENGTH) + "'"));
    refused(
        "5:2013: error: m: match: expected an RE2 expression, found 2001 characters; at most 2000:"
            + " split the marker",
        marker("match: '" + "x".repeat(2001) + "'"));
  }

  @Test
  void expression_hasABoundOnItsLength_withTheFragmentsFilledIn() {
    String define = "define:\n  long: '" + "x".repeat(1500) + "'\n";

    taken(define + marker("match: 'a ${long}'"));
    refused(
        "7:20: error: m: match: expected an RE2 expression, found 3008 characters; at most 2000:"
            + " split the marker",
        define + marker("match: '${long}${long}'"));
  }

  @Test
  void expression_hasABoundOnItsSteps() {
    taken(marker("match: '(?:a{100}){90}'"));
    refused(
        "5:12: error: m: match: expected an RE2 expression, found repetitions that unfold to 11111"
            + " steps; at most 10000: use smaller counts, or * and +",
        marker("match: '(?:a{100}){110}'"));
  }

  @Test
  void expression_hasABoundOnACount() {
    taken(marker("match: 'a{1000}'"));
    refused(
        "5:14: error: m: match: expected an RE2 expression, found the count {1001}; RE2 counts to"
            + " 1000 at most",
        marker("match: 'a{1001}'"));
  }

  @Test
  void expression_hasABoundOnItsDepth() {
    taken(marker("match: '" + "(".repeat(50) + "x" + ")".repeat(50) + "'"));
    refused(
        "5:63: error: m: match: expected an RE2 expression, found groups 51 deep; at most 50",
        marker("match: '" + "(".repeat(51) + "x" + ")".repeat(51) + "'"));
  }

  @Test
  void fields_haveABoundOnTheirNumber() {
    String most = times(Marker.MAX_FIELDS, " ", i -> "(?P<f" + i + ">\\d+)");

    taken(marker("match: '" + most + "'"));
    refused(
        "5:12: error: m: match: expected at most 30 named groups, found 31 of them; write (?:…) for"
            + " those that are not needed",
        marker("match: '" + most + "'", "until: '^(?P<more>x)'"));
  }

  @Test
  void context_hasABound() {
    taken(marker("match: x", "context: " + Marker.MAX_CONTEXT));
    refused(
        "6:14: error: m: context: expected a whole number from 0 to 50, found '51'",
        marker("match: x", "context: 51"));
  }

  @Test
  void limit_hasABound() {
    taken(marker("match: x", "limit: " + Marker.MAX_LIMIT));
    refused(
        "6:12: error: m: limit: expected a whole number from 1 to 1000000, found '1000001'",
        marker("match: x", "limit: 1000001"));
    refused(
        "6:12: error: m: limit: expected a whole number from 1 to 1000000, found '0'",
        marker("match: x", "limit: 0"));
  }

  @Test
  void yaml_hasABoundOnItsDepth_andOnItsAliases() {
    String deep = "pack: " + "[".repeat(30) + "]".repeat(30) + "\n";
    String laughs = "a: &a [x]\n" + times(60, "", i -> "b" + i + ": *a\n");

    List<String> ofDeep = problems(deep);
    List<String> ofLaughs = problems(laughs);

    assertEquals(1, ofDeep.size(), ofDeep.toString());
    assertTrue(ofDeep.get(0).contains("20"), ofDeep.get(0));
    assertEquals(1, ofLaughs.size(), ofLaughs.toString());
    assertTrue(ofLaughs.get(0).contains("50"), ofLaughs.get(0));
  }
}
