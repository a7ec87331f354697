package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.EventSchema;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private static final String FAILED =
      """
      Cloud-init v. 22.4.2 running 'init-local' at Sun, 22 Nov 2026 12:14:55 +0000. Up 9.01 seconds.
      Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:15:00 +0000. Up 13.69 seconds.
      E: Unable to locate package foo-bar
      2026-11-22 12:15:00,613 - cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)
      Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:15:00 +0000. Datasource DataSourceNone.  Up 14.08 seconds
      """;
  private static final String WENT_WELL =
      """
      Cloud-init v. 22.4.2 running 'init-local' at Sun, 22 Nov 2026 13:14:55 +0000. Up 9.01 seconds.
      Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 13:15:00 +0000. Up 13.69 seconds.
      all is well
      Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 13:15:00 +0000. Datasource DataSourceNone.  Up 14.08 seconds
      """;

  @TempDir Path folder;

  @Test
  void replay_givesTheSameBytesApartFromTime() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), FAILED);

    String once = replay("--format", "json", log.toString()).out();
    String again = replay("--format", "json", log.toString()).out();

    String time = "\"Time\":\"[^\"]*\"";
    assertEquals(once.replaceAll(time, ""), again.replaceAll(time, ""));
    assertFalse(once.isEmpty());
  }

  @Test
  void replay_tellsEachBootOfALog() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), FAILED + WENT_WELL);

    List<JsonNode> outcomes = outcomes(replay("--format", "json", log.toString()));

    assertEquals(
        List.of("fail", "success"),
        outcomes.stream().map(o -> o.at("/Outcome/Verdict").asText()).toList());
    assertEquals(
        "E: Unable to locate package foo-bar", outcomes.get(0).at("/Evidence/Text").asText());
  }

  /** As the agent of a machine with that configuration. */
  @Test
  void replay_takesExplicitMarkersAsConfigured() throws IOException {
    String text = WENT_WELL.replace("all is well", "::bosky fail::no license");
    String log = Files.writeString(folder.resolve("log"), text).toString();
    TestMachine machine = new TestMachine(folder);

    assertTrue(machine.run("replay", log).out().startsWith("FAIL "));
    machine.file("/etc/bosky/bosky.yaml", "explicit_markers: off\n");
    CommandResult off = machine.run("replay", log);
    CommandResult explained = machine.run("patterns", "explain", log);

    assertTrue(off.out().startsWith("SUCCESS "), off.out() + off.err());
    assertFalse(explained.out().contains("bosky/fail"), explained.out() + explained.err());
  }

  @Test
  void replay_namesNoPlaceForWhatDidNotCome() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), WENT_WELL);
    Path result =
        Files.writeString(
            folder.resolve("result.json"), "{\"v1\":{\"datasource\":null,\"errors\":[]}}");
    Path patterns =
        Files.writeString(
            folder.resolve("web.yaml"),
            "pack: web\nmarkers:\n  - {id: up, status: success, match: '^up$', required: end}\n");

    CommandResult said =
        replay("--result", result.toString(), "--patterns", patterns.toString(), log.toString());

    assertTrue(said.out().contains("because required-missing: "), said.out());
    assertFalse(said.out().contains("line"), said.out());
  }

  @Test
  void replay_holdsTheResultAgainstTheLastBoot() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), WENT_WELL);
    Path result =
        Files.writeString(
            folder.resolve("result.json"),
            "{\"v1\":{\"datasource\":null,\"errors\":[\"('packages', ValueError('x'))\"]}}");

    CommandResult said = replay("--format", "json", "--result", result.toString(), log.toString());

    JsonNode outcome = outcomes(said).get(0);
    assertEquals("fail", outcome.at("/Outcome/Verdict").asText());
    assertFalse(outcome.at("/Outcome/Silent").asBoolean());
  }

  @Test
  void replay_readsCompressedLogsAndStandardInputAlike() throws IOException {
    Path gz = folder.resolve("log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(FAILED.getBytes(StandardCharsets.UTF_8));
    }

    CommandResult unpacked = replay("--exit-code", gz.toString());
    CommandResult piped = new TestMachine(folder).in(FAILED).run("replay", "--exit-code", "-");

    assertEquals(1, unpacked.exitCode(), unpacked::err);
    assertEquals(1, piped.exitCode(), piped::err);
    assertTrue(unpacked.out().startsWith("FAIL  boot 1"), unpacked::out);
  }

  @Test
  void replay_ofAMissingLog_saysSoInOneSentence() {
    CommandResult said = replay(folder.resolve("no-such-log").toString());

    assertEquals(1, said.exitCode());
    assertEquals(1, said.err().lines().count(), said::err);
    assertTrue(said.err().contains("no-such-log"), said::err);
    assertFalse(said.err().contains("Exception"), said::err);
  }

  @Test
  void replay_withMissingPatterns_saysSoInOneSentence() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), FAILED);

    CommandResult said = replay("--patterns", folder.resolve("none").toString(), log.toString());

    assertEquals(3, said.exitCode());
    assertTrue(said.err().contains("none"), said::err);
  }

  private CommandResult replay(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "replay";
    System.arraycopy(args, 0, all, 1, args.length);
    return new TestMachine(folder).run(all);
  }

  private static List<JsonNode> outcomes(CommandResult said) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> outcomes = new ArrayList<>();
    for (String line : said.out().lines().toList()) {
      JsonNode detail = json.readTree(json.readTree(line).get("Detail").asText());
      EventSchema.assertValid(detail);
      if (detail.get("Kind").asText().equals("outcome")) {
        outcomes.add(detail);
      }
    }
    return outcomes;
  }
}
