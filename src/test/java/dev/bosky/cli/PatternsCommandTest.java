package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.config.Distribution;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsCommandTest {
  private static final String GOOD =
      """
      pack: web
      team: payments
      markers:
        - id: no-license
          status: fail
          match: '^web: no license for (?P<host>\\S+)'
          examples:
            match: ['web: no license for ip-10-0-0-1']
            ignore: ['web: license found']
      """;

  @TempDir Path root;

  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
  }

  private String file(String content) {
    machine.file("/web.yaml", content);
    return root.resolve("web.yaml").toString();
  }

  @Test
  void check_saysNothingOnOutAboutAGoodFile() {
    assertEquals(
        new CommandResult(0, "", "1 good file with 1 marker, 0 errors, 0 warnings\n"),
        machine.run("patterns", "check", file(GOOD)));
  }

  @Test
  void init_draftsAFileThatIsClean_andAppendsToIt() {
    machine.file("/boot.log", "all is well\nweb: cannot open /etc/web.conf (try 3)\n");
    String log = root.resolve("boot.log").toString();
    String made = root.resolve("made.yaml").toString();

    for (int markers = 1; markers <= 2; markers++) {
      CommandResult init =
          machine.run("patterns", "init", "--from", log, "--line", "2", "--output", made);
      assertEquals(0, init.exitCode(), init.err());
      assertEquals(
          (markers == 1 ? "wrote " : "added a marker to ")
              + made
              + "; look at it, then: bosky patterns check "
              + made
              + "\n",
          init.err());
    }

    assertEquals(0, machine.run("patterns", "check", made).exitCode());
    CommandResult list = machine.run("patterns", "check", made);
    assertTrue(list.err().startsWith("1 good file with 2 markers, 0 errors"), list.err());
  }

  /** What a team calls a secret shall not come into a file that it shows to others. */
  @Test
  void init_masksWhatTheMachinesFilesAndTheFileItselfCallASecret() {
    machine
        .file("/etc/bosky/patterns.d/site.yaml", "pack: site\nmask: ['badge (?P<secret>\\d+)']\n")
        .file("/own.yaml", "mask: ['crew-[a-z]+']\n" + GOOD)
        .file("/boot.log", "web: cannot admit badge 4711 of crew-blue\n");
    String log = root.resolve("boot.log").toString();
    String own = root.resolve("own.yaml").toString();

    CommandResult printed = machine.run("patterns", "init", "--from", log, "--line", "1");
    machine.run("patterns", "init", "--from", log, "--line", "1", "--output", own);
    CommandResult check = machine.run("patterns", "check", own);

    assertTrue(printed.out().contains("cannot admit badge **** of crew-blue"), printed.out());
    String draft = machine.read("/own.yaml");
    assertTrue(draft.contains("cannot admit badge **** of *********"), draft);
    assertTrue(check.err().startsWith("1 good file with 2 markers, 0 errors"), check.err());
  }

  @Test
  void init_ofALineThatIsNotThere_saysSo() {
    machine.file("/boot.log", "all is well\n");

    CommandResult result =
        machine.run(
            "patterns", "init", "--from", root.resolve("boot.log").toString(), "--line", "2");

    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("--line: expected a line of"), result.err());
  }

  @Test
  void check_tellsEveryProblemWithItsPlace() {
    String file = file(GOOD.replace("fail", "failed").replace("\\S", "\\S["));

    CommandResult result = machine.run("patterns", "check", file);

    assertEquals(
        file
            + ":5:13: error: no-license: status: expected info, fail, success or ignore, found"
            + " 'failed'\n"
            + file
            + ":6:45: error: no-license: match: expected an RE2 expression, found a [ without its"
            + " ]; escape it: \\[\n",
        result.out());
    assertEquals(3, result.exitCode());
  }

  @Test
  void check_printsProblemsAsJson() throws IOException {
    String file = file(GOOD.replace("team:", "taem:"));

    CommandResult result = machine.run("patterns", "check", "--format", "json", file);

    JsonNode problem = new ObjectMapper().readTree(result.out()).path("problems").path(0);
    assertEquals(file, problem.path("file").asText());
    assertEquals(2, problem.path("line").asInt());
    assertEquals(1, problem.path("column").asInt());
    assertEquals("error", problem.path("severity").asText());
    assertEquals("did you mean 'team'?", problem.path("todo").asText());
  }

  @Test
  void check_looksAtTheMachinesOwnFilesIfNoneIsNamed() {
    machine.file("/etc/bosky/patterns.d/web.yaml", GOOD.replace("fail", "failed"));

    CommandResult result = machine.run("patterns", "check");

    assertEquals(3, result.exitCode());
    assertTrue(result.out().contains("patterns.d/web.yaml:5:13: error"), result.out());
  }

  @Test
  void check_ofTheShippedFolder_isClean() {
    Path shipped = Distribution.ofThisProgram().patterns();
    assumeTrue(Files.isDirectory(shipped), shipped + " is not there");

    CommandResult result = machine.run("patterns", "check", shipped.toString());

    assertEquals("", result.out());
    assertEquals(0, result.exitCode());
  }

  @Test
  void check_refusesAFileThatIsNotThere() {
    String file = root.resolve("absent.yaml").toString();

    CommandResult result = machine.run("patterns", "check", file);

    assertEquals(
        file + ": error: expected a file or folder that can be read, found nothing there\n",
        result.out());
    assertEquals(3, result.exitCode());
  }

  @Test
  void test_namesTheMistakeWhereALogIsGiven() throws IOException {
    Path log = Files.writeString(root.resolve("web.log"), "web: no license for x\n");

    CommandResult result = machine.run("patterns", "test", log.toString());

    assertEquals(
        log
            + ": error: expected a pattern file, found a log; bosky patterns explain takes logs; a"
            + " golden log runs with the pattern file beside it\n",
        result.err());
    assertEquals(3, result.exitCode());
  }

  @Test
  void test_runsTheExamples() {
    assertEquals(
        new CommandResult(0, "2 examples, 0 failed\n", ""),
        machine.run("patterns", "test", file(GOOD)));
  }

  @Test
  void test_failsForAnExampleThatDoesNotHold() {
    String file = file(GOOD.replace("license found", "no license for x"));

    CommandResult result = machine.run("patterns", "test", file);

    assertEquals(
        file
            + ":9:16: FAILED web/no-license must not take the line, found that it does: web: no"
            + " license for x\n2 examples, 1 failed\n",
        result.out());
    assertEquals(1, result.exitCode());
  }

  @Test
  void test_namesMarkersWithoutATest() {
    String file = file(GOOD.substring(0, GOOD.indexOf("    examples")));

    CommandResult result = machine.run("patterns", "test", file);

    assertEquals(
        "Without an example that matches: web/no-license\n0 examples, 0 failed\n", result.out());
  }

  @Test
  void list_beginsWithTheMarkerThatIsAskedFirst() {
    CommandResult result = machine.run("patterns", "list", file(GOOD));

    assertTrue(result.out().startsWith("fail    web/no-license"), result.out());
    assertEquals(0, result.exitCode());
  }

  @Test
  void patterns_aloneIsAMistake() {
    assertEquals(2, machine.run("patterns").exitCode());
  }
}
