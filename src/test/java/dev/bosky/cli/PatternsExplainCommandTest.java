package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsExplainCommandTest {
  private static final String PACK =
      """
      pack: web
      markers:
        - {id: quiet, status: ignore, match: '^web: harmless'}
        - {id: any, status: fail, match: '^web: (?P<what>.+)', limit: 2}
        - {id: late, status: info, match: '^web: down'}
        - {id: config, status: info, match: '^web: ', stages: [init-local]}
        - {id: trace, status: fail, match: '^Trace:', until: '^end$'}
      """;
  private static final List<String> LOG =
      List.of(
          "Cloud-init v. 22.4.2 running 'modules:final' at Mon, 02 Feb 2026 10:00:00 +0000. Up 9 seconds.",
          "web: down",
          "web: harmless noise",
          "web: AWS_SECRET_ACCESS_KEY=" + "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz",
          "web: once more",
          "nothing to see",
          "Trace: a",
          "web: inside",
          "end");

  @TempDir private Path root;
  private TestMachine machine;
  private String log;
  private String pack;

  @BeforeEach
  void write() {
    machine = new TestMachine(root);
    machine.file("/web.yaml", PACK);
    machine.file("/out.log", String.join("\n", LOG) + "\n");
    log = root.resolve("out.log").toString();
    pack = "--patterns=" + root.resolve("web.yaml");
  }

  @Test
  void explain_saysWhoTookALineAndWhyOthersDidNot() throws Exception {
    JsonNode line = line(2);
    assertEquals("web/any", line.path("marker").asText());
    assertEquals("fail", line.path("status").asText());
    assertFalse(line.path("suppressed").asBoolean());
    assertEquals("web/late", line.at("/others/0/marker").asText());
    assertEquals("web/any is asked before", line.at("/others/0/why").asText());
    assertEquals("it holds in init-local only", line.at("/others/1/why").asText());
  }

  @Test
  void explain_saysWhatAnIgnoreKeepsFromTheLine() throws Exception {
    JsonNode line = line(3);
    assertEquals("web/quiet", line.path("marker").asText());
    assertEquals("web/quiet says to ignore the line", line.at("/others/0/why").asText());
  }

  @Test
  void explain_masksAndSaysSo() throws Exception {
    CommandResult all = machine.run("patterns", "explain", log, pack);
    assertFalse(all.out().contains("wJalr"), all.out());
    assertTrue(line(4).path("masked").asBoolean());
    assertFalse(line(2).path("masked").asBoolean());
  }

  @Test
  void explain_tellsWhatIsOverItsLimitAndWhatGoesOnWithABlock() throws Exception {
    assertTrue(line(5).path("suppressed").asBoolean());
    assertEquals("goes on with the block of the marker above", line(8).path("why").asText());
    assertFalse(line(8).has("marker"));
  }

  @Test
  void explain_endsWithTheOutcomeAndWhereItCameFrom() {
    CommandResult all = machine.run("patterns", "explain", log, pack);
    assertEquals(0, all.exitCode(), all.err());
    String end = all.out().substring(all.out().indexOf("outcome "));
    assertTrue(end.startsWith("outcome fail: "), end);
    assertTrue(end.contains("because marker (web/any): web: down"), end);
    assertTrue(end.contains("the evidence is line 2"), end);
    assertFalse(all.out().contains("\u001b["), "no colours where there is no terminal");
  }

  @Test
  void explain_ofOneLine_saysMoreOfIt() {
    CommandResult one = machine.run("patterns", "explain", "--line", "6", log, pack);
    assertEquals(
        "     6  nothing to see\n        no marker matches\n        stage modules-final\n",
        one.out());
    assertEquals(2, machine.run("patterns", "explain", "--line", "99", log, pack).exitCode());
  }

  @Test
  void explain_saysWhichFailureALineTakesBack() throws Exception {
    machine.file(
        "/web.yaml",
        "pack: web\nmarkers:\n"
            + "  - {id: down, status: fail, match: '^web (?P<n>.) is down', cleared_by: '^web ${n} is up'}\n");
    machine.file("/out.log", LOG.get(0) + "\nweb 1 is down\nweb 2 is down\nweb 1 is up\n");

    String out = machine.run("patterns", "explain", log, pack).out();

    assertTrue(out.contains("fail web/down\n        taken back by line 4\n"), out);
    assertTrue(out.contains("web 1 is up\n        takes back the failure of line 2\n"), out);
    assertEquals(4, line(2).path("cleared_by").asInt());
    assertFalse(line(3).has("cleared_by"));
  }

  private JsonNode line(int number) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    CommandResult result = machine.run("patterns", "explain", log, pack, "--format", "json");
    for (String row : result.out().split("\n", -1)) {
      if (!row.isEmpty()) {
        rows.add(new ObjectMapper().readTree(row));
      }
    }
    return rows.stream()
        .filter(row -> row.path("line").asInt() == number)
        .findFirst()
        .orElseThrow();
  }
}
