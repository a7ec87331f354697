package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerDraftTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E: Unable to locate package foo-bar",
        "web: no license for ip-10-0-0-1 (tried 3 times in 12.5 s)",
        "it's $HOME/[a-z]*.txt that {fails} a|b \\n ^ok$ +x?",
        "2026-01-02T03:04:05Z fatal: /opt/app/bin/run: No such file or directory",
        "fetched https://example.org/a?b=c from i-0123456789abcdef0",
        "token AKIA**************** was refused",
        "caf\u00e9 is ready #1 : yes",
      })
  void file_isCleanAndItsExamplesPass(String line) {
    List<Problem> problems = new ArrayList<>();
    String yaml = new MarkerDraft(line).file("p");

    PatternFile file = PatternLoader.parse("p.yaml", yaml, false, 0, problems).orElseThrow();
    PatternLoader.Loaded loaded = PatternLoader.combine(List.of(file), problems);

    assertEquals(List.of(), loaded.problems(), yaml);
    assertEquals(List.of(), PatternLint.warnings(loaded), yaml);
    List<ExampleRunner.Result> results = ExampleRunner.run(List.of(file));
    assertEquals(2, results.size());
    assertTrue(results.stream().allMatch(ExampleRunner.Result::passed), yaml);
  }

  @Test
  void match_isGeneralWhereLinesDiffer() {
    assertEquals(
        "^run \\d+ of /[\\w./@+-]*: exit [\\d.:]+ on i-[\\w-]+",
        new MarkerDraft("run 17 of /opt/x/y: exit 1.2 on i-0123456789abcdef0").match());
  }

  @Test
  void status_isGuessedFromWords() {
    assertEquals(MarkerStatus.FAIL, new MarkerDraft("E: Unable to locate package x").status());
    assertEquals(MarkerStatus.SUCCESS, new MarkerDraft("web: ready").status());
    assertEquals(MarkerStatus.INFO, new MarkerDraft("Get:1 archive").status());
  }

  @Test
  void appendedTo_givesAnIdOfItsOwn_andRefusesAFileThatDoesNotEndWithItsMarkers() {
    MarkerDraft draft = new MarkerDraft("web: no license");
    List<Problem> problems = new ArrayList<>();

    String twice = draft.appendedTo("p.yaml", draft.file("p"), problems);
    assertEquals(List.of(), problems);
    assertTrue(twice.contains("id: web-no-license-2"), twice);

    draft.appendedTo("p.yaml", draft.file("p") + "team: payments\n", problems);
    assertTrue(problems.stream().anyMatch(Problem::isError));
  }

  @Test
  void line_withoutAWord_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MarkerDraft("12 -- 17"));
  }
}
