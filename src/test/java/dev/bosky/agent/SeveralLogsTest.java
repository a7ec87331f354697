package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.match.PatternSource;
import dev.bosky.match.PatternWatch;
import dev.bosky.source.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which logs an agent follows, and what it makes of the same words in two of them. */
class SeveralLogsTest {
  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
  }

  @Test
  void outputOfTheMachinesConfiguration_isFollowed() throws Exception {
    machine.put("etc/cloud/cloud.cfg.d/05_logging.cfg", output(">> " + path("own.log")));
    machine.append("var/log/own.log", machine.banner("init-local"), "NOTE: there");
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("own.log: there"), markers());
  }

  @Test
  void outputOfTheUserData_isFollowedFromTheNextStageOn() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: here");
    machine.runUntilStopped(2);
    machine.put("var/lib/cloud/instance/cloud-config.txt", output("| tee -a " + path("own.log")));
    machine.append("var/log/own.log", machine.banner("modules:config"), "NOTE: there");
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("cloud-init-output.log: here", "own.log: there"), markers());
  }

  @Test
  void logThatCloudInitAnnounces_isFollowedFromItsFirstLine() throws Exception {
    machine.log(machine.banner("init-local"));
    machine.append("var/log/moved.log", "NOTE: before anybody looked");
    machine.log(
        "2026-01-01 00:00:00,000 - util.py[WARNING]: Stdout, stderr changing to (>> %s, &1)"
            .formatted(path("moved.log")));
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("moved.log: before anybody looked"), markers());
  }

  @Test
  void logThatAScriptNames_isFollowedOnceItsStageBegins() throws Exception {
    machine.log(machine.banner("init-local"));
    machine.runUntilStopped(1);
    machine.put(
        "var/lib/cloud/instance/scripts/part-001",
        "#!/bin/bash\nexec > >(tee %s | logger -t mine) 2>&1\necho NOTE: x\n"
            .formatted(path("mine.log")));
    machine.append("var/log/mine.log", "NOTE: said to nobody else");
    machine.log(machine.banner("modules:final"));
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("mine.log: said to nobody else"), markers());
  }

  @Test
  void userDataLog_isFollowedOnceItAppears() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: here");
    try (Agent agent = machine.agent()) {
      Thread running = machine.start(agent);
      machine.sink.await(2);
      machine.append("var/log/user-data.log", "NOTE: there");
      machine.sink.await(3);
      machine.result();
      running.join();
    }

    assertEquals(List.of("cloud-init-output.log: here", "user-data.log: there"), markers());
  }

  @Test
  void sameWordsInTwoLogs_areOneEvent() throws Exception {
    String[] words = {"NOTE: one", "NOTE: two", "NOTE: one"};
    machine.log(machine.banner("init-local"));
    machine.log(words);
    machine.append("var/log/user-data.log", words);
    machine.append("var/log/user-data.log", "NOTE: three");
    machine.result();

    machine.runToTheEnd();

    assertEquals(
        List.of(
            "cloud-init-output.log: one",
            "cloud-init-output.log: two",
            "cloud-init-output.log: one",
            "user-data.log: three"),
        markers());
    assertEquals(4, outcome().at("/Outcome/Markers/info").asInt());
  }

  /** A log that a pattern file names; {@code E:} is a failure where the output says it. */
  @Test
  void logThatAMarkerNames_isFollowed_forThatMarkerAlone() throws Exception {
    machine.patterns(
        """
        pack: test
        markers:
          - {id: broken, status: fail, match: '^E: (?P<what>.*)'}
          - {id: note, status: info, match: '^NOTE: (?P<what>.*)', logs: [%s, output]}
        """
            .formatted(path("shop.log")));
    machine.log(machine.banner("init-local"), "NOTE: here");
    machine.append("var/log/shop.log", "E: not ours", "NOTE: there");
    machine.append("var/log/bank.log", "NOTE: nobody looks");
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("cloud-init-output.log: here", "shop.log: there"), markers());
    assertEquals("success", outcome().at("/Outcome/Verdict").asText());
  }

  /** A service that never stops to write there must not hold up the end. */
  @Test
  void logThatAMarkerNames_isNoSignThatTheBootGoesOn() throws Exception {
    Path shop = folder.resolve("var/log/shop.log");
    Path output = folder.resolve("var/log/cloud-init-output.log");
    try (FollowedLogs logs =
        new FollowedLogs(Instant.EPOCH, Map.of(), InstantSource.system(), path -> {})) {
      logs.follow("output", output);
      logs.followFurther(shop);
      machine.append("var/log/cloud-init-output.log", "NOTE: here");
      logs.poll(news -> {});
      Duration quiet = logs.quietFor();

      machine.append("var/log/shop.log", "NOTE: there");
      List<SourceRecord> read = new ArrayList<>();
      logs.poll(read::add);

      assertEquals(1, read.size(), "it is read");
      assertTrue(logs.quietFor().compareTo(quiet) > 0, "and is no noise");

      Instant before = Instant.now();
      machine.append("var/log/cloud-init-output.log", "NOTE: here");
      logs.poll(news -> {});
      Duration since = Duration.between(before, Instant.now());
      assertTrue(logs.quietFor().compareTo(since) <= 0, "unlike this");
    }
  }

  @Test
  void logThatAMarkerNames_goesOnAfterARestart() throws Exception {
    machine.patterns(
        """
        pack: test
        markers:
          - {id: broken, status: fail, match: '^E: (?P<what>.*)'}
          - {id: note, status: info, match: '^NOTE: (?P<what>.*)', logs: [%s]}
        """
            .formatted(path("shop.log")));
    machine.log(machine.banner("init-local"));
    machine.append("var/log/shop.log", "NOTE: one");
    machine.runUntilStopped(2);
    machine.append("var/log/shop.log", "E: not ours", "NOTE: two");
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("shop.log: one", "shop.log: two"), markers());
    assertEquals("success", outcome().at("/Outcome/Verdict").asText());
  }

  @Test
  void logThatAMarkerNames_isFollowedOnceItsFileChanges() throws Exception {
    machine.log(machine.banner("init-local"));
    machine.append("var/log/shop.log", "NOTE: one");
    Path file = folder.resolve("patterns.yaml");
    try (Agent agent = machine.agent()) {
      agent.follow(new PatternWatch(List.of(PatternSource.given(file))));
      Thread running = machine.start(agent);
      machine.sink.await(1);
      Files.writeString(
          file,
          "pack: test\nmarkers: [{id: n, status: info, match: '^NOTE: (?P<what>.*)', logs: [%s]}]\n"
              .formatted(path("shop.log")));
      machine.sink.await(2);
      machine.result();
      running.join();
    }

    assertEquals(List.of("shop.log: one"), markers());
  }

  @Test
  void cloudInitsOwnLog_firesNoMarkerOfTheOutput() throws Exception {
    machine.log(machine.banner("init-local"));
    machine.append("var/log/cloud-init.log", machine.banner("init-local"), "E: a probe");
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of(), markers());
    assertEquals("success", outcome().at("/Outcome/Verdict").asText());
  }

  @Test
  void namedLog_standsInForAllOthers() throws Exception {
    machine.logs = List.of(folder.resolve("var/log/named.log"));
    machine.put("etc/cloud/cloud.cfg", output(">> " + path("own.log")));
    for (String log : List.of("named.log", "own.log", "user-data.log", "cloud-init-output.log")) {
      machine.append("var/log/" + log, machine.banner("init-local"), "NOTE: of " + log);
    }
    machine.result();

    machine.runToTheEnd();

    assertEquals(List.of("named.log: of named.log"), markers());
  }

  @Test
  void eachLog_goesOnAtItsOwnPlace() throws Exception {
    machine.put("etc/cloud/cloud.cfg", output(">> " + path("own.log")));
    machine.log(machine.banner("init-local"), "NOTE: a1", "NOTE: a2");
    machine.append("var/log/own.log", "NOTE: b1");
    machine.runUntilStopped(4);
    machine.log("NOTE: a3");
    machine.append("var/log/own.log", "NOTE: b2");
    machine.result();

    machine.runToTheEnd();

    assertEquals(
        List.of(
            "cloud-init-output.log: a1",
            "cloud-init-output.log: a2",
            "cloud-init-output.log: a3",
            "own.log: b1",
            "own.log: b2"),
        markers().stream().sorted().toList());
  }

  private String path(String log) {
    return folder.resolve("var/log").resolve(log).toString();
  }

  private static String output(String target) {
    return "#cloud-config\noutput: {all: '" + target + "'}\n";
  }

  /** Of each marker's event the log it came from, and what it says. */
  private List<String> markers() {
    return machine.sent("marker", 1).stream()
        .map(
            d ->
                Path.of(d.at("/Log/Path").asText()).getFileName()
                    + ": "
                    + d.at("/Marker/Fields/what").asText())
        .toList();
  }

  private JsonNode outcome() {
    return machine.sent("outcome", 1).get(0);
  }
}
