package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.spool.Spool;
import dev.bosky.spool.StateFolder;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.Events;
import dev.bosky.testing.TestMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As an agent that has read a boot to its end saves it. */
  private static final String CHECKPOINT =
      """
      {"boot": "b-1", "instance": "i-0abc",
       "logs": {"output": {"files": [{"read": 70, "lines": 3}, {"read": 30, "lines": 2}]},
                "cloud-init": {"files": [{"read": 11, "lines": 1}]}},
       "pipeline": {"sequence": 9, "boot": {"verdict": "fail"},
                    "session": {"counts": {"info": 5, "fail": 2, "success": 1, "suppressed": 3}}}}
      """;

  @TempDir private Path root;
  private TestMachine machine;

  @BeforeEach
  void start() {
    machine = new TestMachine(root);
  }

  private Path state() {
    return root.resolve("var/lib/bosky");
  }

  @Test
  void status_withoutAnyState_saysSoInOneSentence() {
    CommandResult result = machine.run("status");

    assertEquals(1, result.exitCode());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains("no agent has left state here"), result::err);
  }

  @Test
  void status_whileAnAgentRuns_countsWithoutTouchingAnything() throws Exception {
    try (StateFolder folder = StateFolder.open(state(), ProcessHandle.current().pid())) {
      folder.document("checkpoint", 1).save(JSON.readTree(CHECKPOINT));
      Spool spool = folder.spool(List.of("eventbridge"));
      spool.append(List.of(Events.info("a"), Events.fail("b")));

      CommandResult result = machine.run("--format", "json", "status");

      assertEquals(0, result.exitCode(), result::err);
      JsonNode json = JSON.readTree(result.out());
      assertEquals(ProcessHandle.current().pid(), json.path("AgentProcess").asLong());
      assertEquals("i-0abc", json.path("InstanceId").asText());
      assertEquals(6, json.path("ReadLines").asInt());
      assertEquals(111, json.path("ReadBytes").asInt());
      assertEquals(8, json.path("Matched").asInt());
      assertEquals(3, json.path("Suppressed").asInt());
      assertEquals(2, json.path("Waiting").asInt());
      assertEquals(7, json.path("Sent").asInt());
      assertEquals(0, json.path("Dead").asInt());
      assertEquals("fail", json.path("Verdict").asText());
      assertEquals(2, spool.size());
    }
  }

  @Test
  void status_asText_hasALineForEachCount() throws Exception {
    try (StateFolder folder = StateFolder.open(state(), ProcessHandle.current().pid())) {
      folder.document("checkpoint", 1).save(JSON.readTree(CHECKPOINT));
    }

    CommandResult result = machine.run("status");

    assertEquals(0, result.exitCode(), result::err);
    assertTrue(result.out().contains("agent    not running\n"), result::out);
    assertTrue(result.out().contains("sent     9 events\n"), result::out);
    assertTrue(result.out().contains("verdict  fail\n"), result::out);
  }

  @Test
  void status_withACheckpointThatIsNone_leavesItToTheAgent() throws Exception {
    Files.createDirectories(state());
    Files.writeString(state().resolve("checkpoint.json"), "half a do");

    CommandResult result = machine.run("status");

    assertEquals(1, result.exitCode());
    assertEquals("half a do", Files.readString(state().resolve("checkpoint.json")));
  }
}
