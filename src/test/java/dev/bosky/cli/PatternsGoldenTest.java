package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden logs: {@code bosky patterns test}, with and without {@code --update}. */
class PatternsGoldenTest {
  private static final String PATTERNS =
      """
      pack: web
      markers:
        - id: no-license
          status: fail
          match: '^web: no license for (?P<host>\\S+)'
          cleared_by: '^web: license for ${host} found'
          examples:
            match: ['web: no license for ip-10-0-0-1']
            ignore: ['web: license found']
        - id: settings
          status: info
          match: '^web: settings '
          examples:
            match: ['web: settings are those of shop']
            ignore: ['web: no settings']
      """;

  private static final String LOG =
      """
      Cloud-init v. 22.4.2 running 'init-local' at Tue, 14 Oct 2025 08:00:00 +0000. Up 3.10 seconds.
      Cloud-init v. 22.4.2 running 'modules:final' at Tue, 14 Oct 2025 08:00:09 +0000. Up 12.10 seconds.
      web: settings are those of shop
      web: no license for shop
      Cloud-init v. 22.4.2 finished at Tue, 14 Oct 2025 08:00:10 +0000. Datasource DataSourceEc2Local.  Up 13.50 seconds
      """;

  private static final String EXPECTED =
      """
      {
        "boots": [
          {
            "verdict": "fail",
            "reasons": [
              {"code": "marker", "marker": "web/no-license", "text": "web: no license for shop"}
            ],
            "evidence": {"line": 4, "text": "web: no license for shop"},
            "events": [
              {"line": 3, "status": "info", "marker": "web/settings", "message": "web: settings are those of shop"},
              {"line": 4, "status": "info", "pending": true, "marker": "web/no-license", "message": "web: no license for shop"}
            ]
          }
        ]
      }
      """;

  @TempDir Path root;

  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root).file("/own/web.yaml", PATTERNS).file("/own/web.log", LOG);
  }

  private String path(String name) {
    return root.resolve("own").resolve(name).toString();
  }

  private CommandResult test(String... more) {
    String[] words = {"patterns", "test", path("web.yaml")};
    return machine.run(
        Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
  }

  private String expected(String name) throws IOException {
    return Files.readString(Path.of(path(name)));
  }

  @Test
  void test_withoutExpectation_fails_andSaysWhatToDo() {
    assertEquals(
        new CommandResult(
            1,
            "FAILED %s: expected %s, found none; look at the log, then run with --update\n"
                    .formatted(path("web.log"), path("web.expected.json"))
                + "4 examples, 1 golden log, 1 failed\n",
            ""),
        test());
  }

  @Test
  void update_writesWhatIsTold_andThenItHolds() throws IOException {
    assertEquals(
        new CommandResult(
            0, "wrote " + path("web.expected.json") + "\n4 examples, 1 golden log, 0 failed\n", ""),
        test("--update"));
    assertEquals(EXPECTED, expected("web.expected.json"));
    assertEquals(new CommandResult(0, "4 examples, 1 golden log, 0 failed\n", ""), test());
  }

  /** The same bytes and the same file: nothing for a version control to see. */
  @Test
  void update_ofWhatHolds_writesNothing() throws IOException {
    test("--update");
    Object before = Files.readAttributes(Path.of(path("web.expected.json")), "fileKey").toString();

    assertEquals(
        new CommandResult(0, "4 examples, 1 golden log, 0 failed\n", ""), test("--update"));
    assertEquals(
        before, Files.readAttributes(Path.of(path("web.expected.json")), "fileKey").toString());
    try (Stream<Path> files = Files.list(root.resolve("own"))) {
      assertEquals(3, files.count(), "nothing temporary is left");
    }
  }

  @Test
  void test_ofWrongExpectation_showsTheDifferenceByLine() {
    machine.file(
        "/own/web.expected.json",
        EXPECTED
            .replace("\"verdict\": \"fail\"", "\"verdict\": \"success\"")
            .replaceAll(",\n.*pending.*\n", "\n")
            .replace("\"evidence\": {\"line\": 4", "\"evidence\": {\"line\": 3"));

    String log = path("web.log");
    assertEquals(
        new CommandResult(
            1,
            "FAILED "
                + log
                + ": not what "
                + path("web.expected.json")
                + " expects (- expected, + found)\n"
                + """
                      line 4:
                      - "verdict": "success"
                      + "verdict": "fail"
                      line 8:
                      - "evidence": {"line": 3, "text": "web: no license for shop"}
                      + "evidence": {"line": 4, "text": "web: no license for shop"}
                      line 11:
                      + {"line": 4, "status": "info", "pending": true, "marker": "web/no-license", "message": "web: no license for shop"}
                  4 examples, 1 golden log, 1 failed
                  """,
            ""),
        test());
  }

  @Test
  void test_givesTheSameAsReplay() throws IOException {
    test("--update");

    CommandResult replay = machine.run("replay", "--patterns", path("web.yaml"), path("web.log"));

    JsonNode boot = new ObjectMapper().readTree(expected("web.expected.json")).at("/boots/0");
    assertTrue(replay.out().startsWith("FAIL  boot 1 "), replay.out());
    assertTrue(
        replay.out().contains(", line " + boot.at("/evidence/line").asInt() + "\n"), replay.out());
    for (JsonNode event : boot.path("events")) {
      assertTrue(replay.out().contains(event.path("message").asText()), event.toString());
    }
  }

  @Test
  void update_tellsWhatChanged() throws IOException {
    test("--update");
    machine.file(
        "/own/web.yaml", PATTERNS.replace("status: fail", "status: fail\n    decisive: false"));

    CommandResult result = test("--update");

    assertEquals(0, result.exitCode(), result.out() + result.err());
    assertTrue(result.out().startsWith("changed " + path("web.expected.json")), result.out());
    assertTrue(result.out().contains("    - \"verdict\": \"fail\"\n"), result.out());
    assertEquals(0, test().exitCode());
  }

  @Test
  void test_prints_json() throws IOException {
    machine.file("/own/web.expected.json", EXPECTED.replace("\"fail\"", "\"success\""));
    machine.file("/own/web.gone.expected.json", EXPECTED);

    CommandResult result = test("--format", "json");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertEquals(1, result.exitCode());
    assertEquals(1, json.path("golden_logs").asInt());
    assertEquals(path("web.log"), json.at("/golden_failures/0/file").asText());
    assertEquals("- \"verdict\": \"success\"", json.at("/golden_failures/0/difference/1").asText());
    assertEquals(path("web.gone.expected.json"), json.at("/golden_failures/1/file").asText());
  }

  @Test
  void test_namesAnExpectationWithoutLog() {
    machine.file("/own/web.expected.json", EXPECTED).file("/own/web.gone.expected.json", EXPECTED);

    for (CommandResult result : List.of(test(), test("--update"))) {
      assertEquals(
          new CommandResult(
              1,
              "FAILED "
                  + path("web.gone.expected.json")
                  + ": expected a log of that name beside it, found none; delete it, or bring the"
                  + " log back\n4 examples, 1 golden log, 1 failed\n",
              ""),
          result);
    }
    assertTrue(Files.exists(Path.of(path("web.gone.expected.json"))));
  }

  @Test
  void test_ofMalformedExpectation_saysWhereAndWhatToDo() {
    machine.file("/own/web.expected.json", "{\"boots\": [\n  {verdict: 1}\n]}\n");

    CommandResult result = test();

    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .out()
            .startsWith(
                "FAILED "
                    + path("web.expected.json")
                    + ":2:4: expected JSON, found Unexpected character ('v'"),
        result.out());
    assertTrue(result.out().contains("; mend it, or run with --update\n"), result.out());
    assertEquals(0, test("--update").exitCode());
    assertEquals(0, test().exitCode());
  }

  @Test
  void test_ofJsonThatIsNoExpectation_saysWhatWasExpected() {
    for (String other : List.of("[]", "{}", "{\"boots\": {}}", "", "1 2")) {
      machine.file("/own/web.expected.json", other);

      CommandResult result = test();

      assertEquals(1, result.exitCode(), other);
      assertTrue(result.out().contains("web.expected.json"), result.out());
      assertTrue(result.out().contains(": expected "), result.out());
      assertTrue(result.out().contains(", found "), result.out());
    }
  }

  @Test
  void test_ofEmptyLog_expectsNoBoot() throws IOException {
    machine.file("/own/web.log", "");

    test("--update");

    assertEquals("{\n  \"boots\": []\n}\n", expected("web.expected.json"));
    assertEquals(0, test().exitCode());
  }

  @Test
  void test_ofBytesThatAreNoText_andCarriageReturns_holds() throws IOException {
    byte[] log =
        LOG.replace("web: settings are", "10 %\r50 %\rweb: settings \u00ff\u00fe are")
            .replace("license for shop\n", "license for shop\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(Path.of(path("web.log")), log);

    test("--update");

    String expected = expected("web.expected.json");
    assertTrue(expected.contains("web: settings \ufffd\ufffd are those of shop"), expected);
    assertTrue(
        expected.contains("{\"line\": 4, \"text\": \"web: no license for shop\"}"), expected);
    assertEquals(0, test().exitCode());
  }

  @Test
  void update_masksSecrets() throws IOException {
    String key = "AKIA" + "Q3EGTZ5ZM7JXW2VB";
    machine.file("/own/web.log", LOG.replace("for shop", "for " + key));

    CommandResult update = test("--update");
    machine.file("/own/web.expected.json", EXPECTED);
    CommandResult difference = test();

    assertTrue(update.out().startsWith("wrote "), update.out());
    assertFalse(difference.out().contains(key), difference.out());
    assertTrue(difference.out().contains("AKIA****************"), difference.out());
    test("--update");
    assertFalse(expected("web.expected.json").contains(key));
    assertTrue(expected("web.expected.json").contains("AKIA****************"));
  }

  @Test
  void update_whereSomethingStandsInTheWay_isOneSentence() {
    machine.file("/own/web.expected.json/in-the-way", "");

    CommandResult result = test("--update");

    assertEquals(1, result.exitCode());
    assertEquals(
        "FAILED %s: cannot be written: Is a directory\n4 examples, 1 golden log, 1 failed\n"
            .formatted(path("web.expected.json")),
        result.out());
  }

  @Test
  void update_ofFolderThatMayNotBeWrittenTo_isOneSentence() throws IOException {
    Path own = root.resolve("own");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(own), "root may write everywhere");

      CommandResult result = test("--update");

      assertEquals(1, result.exitCode());
      assertEquals(
          "FAILED %s: cannot be written: permission denied\n4 examples, 1 golden log, 1 failed\n"
              .formatted(path("web.expected.json")),
          result.out());
    } finally {
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Else a file with a slip of the pen would make other verdicts the expected ones. */
  @Test
  void update_withAFileThatIsRefused_writesNothing() {
    machine.file("/own/web.yaml", PATTERNS.replace("status: info", "status: inof"));

    CommandResult result = test("--update");

    assertEquals(3, result.exitCode());
    assertEquals("0 examples, golden logs not run, 0 failed\n", result.out());
    assertFalse(Files.exists(Path.of(path("web.expected.json"))));
  }

  @Test
  void test_ofAFile_takesItsOwnLogsOnly_ofAFolderAll() {
    machine
        .file("/own/web.no-license.log", LOG)
        .file("/own/web-admin.log", LOG)
        .file("/own/boot.log", LOG)
        .file("/own/.web.log", LOG);

    CommandResult ofFile = test();
    CommandResult ofFolder = machine.run("patterns", "test", root.resolve("own").toString());
    CommandResult ofBoth = test(root.resolve("own").toString());

    assertTrue(ofFile.out().endsWith("4 examples, 2 golden logs, 2 failed\n"), ofFile.out());
    assertTrue(ofFolder.out().endsWith("4 examples, 4 golden logs, 4 failed\n"), ofFolder.out());
    assertTrue(ofBoth.out().contains(", 4 golden logs, "), ofBoth.out());
  }

  /** A golden log is judged with all files that are named, and with the shipped ones. */
  @Test
  void test_hasTheOtherNamedFilesInForce() throws IOException {
    machine.file("/other/other.yaml", PATTERNS.replace("pack: web", "pack: other"));
    test("--update");

    CommandResult both = test(root.resolve("other").toString());

    assertEquals(1, both.exitCode());
    assertTrue(both.out().contains("\"marker\": \"other/settings\""), both.out());
  }
}
