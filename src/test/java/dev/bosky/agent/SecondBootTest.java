package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.Interruption;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.spool.DiskStorage;
import dev.bosky.spool.StateFile;
import dev.bosky.testing.EventSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent makes of the boot before its own. */
class SecondBootTest {
  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
  }

  @AfterEach
  void everyEventConforms() {
    for (int boot = 1; boot <= 3; boot++) {
      for (String kind : List.of("started", "marker", "outcome", "amended")) {
        machine.sent(kind, boot).forEach(EventSchema::assertValid);
      }
    }
  }

  /** The first boot: its scripts run, and one event besides the start. */
  private void beginFirstBoot() throws IOException {
    machine.consumeData();
    machine.log(machine.banner("init-local"), machine.banner("init"));
    machine.log(machine.banner("modules:final"), "NOTE: one");
    machine.put("var/lib/cloud/instance/scripts/part-001", "#!/bin/sh\necho NOTE: one\n");
    machine.scriptsRun();
  }

  /** A later boot, in which cloud-init has nothing to run and is content. */
  private void laterBoot() throws IOException, InterruptedException {
    machine.powerOn();
    machine.log(machine.banner("init-local"), machine.banner("init"));
    machine.log(machine.banner("modules:final"));
    machine.result();
    machine.runToTheEnd();
  }

  @Test
  void powerCut_isToldByTheNextBoot() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    assertEquals(0, machine.sent("outcome", 1).size());

    laterBoot();

    JsonNode first = only("outcome", 1);
    assertEquals("interrupted", first.at("/Outcome/Verdict").asText(), first.toPrettyString());
    assertEquals("power-cut", first.at("/Outcome/Cause").asText());
    assertEquals("modules-final", first.at("/Boot/Stage").asText());
    assertEquals(1, first.at("/Boot/Number").asInt());
    assertEquals(3, first.at("/Sequence").asInt());
    JsonNode second = only("outcome", 2);
    assertEquals("success", second.at("/Outcome/Verdict").asText(), second.toPrettyString());
    assertEquals("interrupted", second.at("/Outcome/FirstVerdict").asText());
    assertEquals("previous-boot-interrupted", second.at("/Outcome/Reasons/0/Code").asText());
    assertEquals(2, second.at("/Boot/Number").asInt());
    assertFalse(second.at("/Boot/RanUserData").asBoolean(true), second.toPrettyString());
    assertEquals(2, only("started", 2).at("/Boot/Number").asInt());
    assertEquals(1, machine.sent("marker", 1).size());
    assertEquals(0, machine.sent("marker", 2).size());
  }

  @Test
  void linesBehindTheCheckpoint_areToldInTheNameOfTheirBoot() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    machine.log("E: the disk is gone");
    Files.writeString(
        folder.resolve("var/log/cloud-init-output.log"),
        "E: half a li",
        java.nio.file.StandardOpenOption.APPEND);

    laterBoot();

    assertEquals(
        List.of("one", "the disk is gone", "half a li"),
        machine.sent("marker", 1).stream().map(d -> d.at("/Marker/Fields/what").asText()).toList());
    JsonNode first = only("outcome", 1);
    assertEquals("fail", first.at("/Outcome/Verdict").asText(), first.toPrettyString());
    assertEquals("E: the disk is gone", first.at("/Evidence/Text").asText());
    assertEquals("success", only("outcome", 2).at("/Outcome/Verdict").asText());
    assertEquals(0, machine.sent("marker", 2).size());
  }

  @Test
  void cloudInitToldToEnd_wasAReboot() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    machine.log("Cloud-init 22.4.2 received SIGTERM, exiting...");

    laterBoot();

    assertEquals("reboot", only("outcome", 1).at("/Outcome/Cause").asText());
  }

  @Test
  void agentStoppedInOrder_doesNotKnowWhy() throws Exception {
    beginFirstBoot();
    machine.runUntilStopped(2);

    laterBoot();

    assertEquals("unknown", only("outcome", 1).at("/Outcome/Cause").asText());
  }

  @Test
  void finishedWhileNoAgentWasThere_isNoInterruption() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    machine.put(
        "var/lib/cloud/data/result.json",
        "{\"v1\":{\"datasource\":\"DataSourceEc2\",\"errors\":[\"('scripts-user',"
            + " RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))\"]}}");

    laterBoot();

    assertEquals("fail", only("outcome", 1).at("/Outcome/Verdict").asText());
    JsonNode second = only("outcome", 2);
    assertEquals("fail", second.at("/Outcome/FirstVerdict").asText());
    assertEquals("success", second.at("/Outcome/Verdict").asText());
    assertTrue(second.at("/Outcome/Reasons").isEmpty(), second.toPrettyString());
  }

  @Test
  void rebootAfterTheResult_isNoFailure() throws Exception {
    beginFirstBoot();
    machine.result();
    machine.runToTheEnd();

    laterBoot();

    assertEquals("success", only("outcome", 1).at("/Outcome/Verdict").asText());
    JsonNode second = only("outcome", 2);
    assertEquals("success", second.at("/Outcome/Verdict").asText());
    assertEquals("success", second.at("/Outcome/FirstVerdict").asText());
    assertTrue(second.at("/Outcome/Reasons").isEmpty(), second.toPrettyString());
  }

  @Test
  void stoppedHardBeforeTheFirstCheckpoint_tellsThePreviousBootOnce() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    machine.end = new StopsHard();
    assertThrows(IllegalStateException.class, this::laterBoot);
    assertEquals(0, machine.sent("outcome", 1).size(), "nothing goes before its checkpoint");
    machine.end = EndOfMachine.NONE;

    laterBoot();

    JsonNode first = only("outcome", 1);
    assertEquals(3, first.at("/Sequence").asInt());
    assertEquals(0, machine.sent("outcome", 2).size(), "an agent that left nothing of itself");
    assertEquals("interrupted", only("outcome", 3).at("/Outcome/FirstVerdict").asText());
  }

  /** Ends the reader where a checkpoint is about to be saved, and its events are in the spool. */
  private static final class StopsHard implements EndOfMachine {
    @Override
    public Optional<Interruption> announced() {
      throw new IllegalStateException("stopped hard");
    }

    @Override
    public Optional<Interruption> cause() {
      return Optional.empty();
    }

    @Override
    public boolean stagesGone() {
      return false;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** What the user data had to print, it prints in the boot in which it runs, and in no other. */
  @Test
  void required_isWaivedWhereNoUserDataRuns() throws Exception {
    machine.patterns(
        """
        pack: test
        markers:
          - {id: ready, status: success, match: '^READY', required: end}
          - {id: note, status: info, match: '^NOTE: ', required: 1s}
        """);
    beginFirstBoot();
    machine.result();
    machine.runToTheEnd();

    laterBoot();

    JsonNode first = only("outcome", 1);
    assertEquals("fail", first.at("/Outcome/Verdict").asText(), first.toPrettyString());
    assertEquals(
        "required success marker test/ready was not seen in this boot",
        first.at("/Outcome/Reasons/0/Text").asText());
    JsonNode second = only("outcome", 2);
    assertFalse(second.at("/Boot/RanUserData").asBoolean(true), second.toPrettyString());
    assertEquals("success", second.at("/Outcome/Verdict").asText(), second.toPrettyString());
  }

  @Test
  void thirdBoot_countsOn() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    laterBoot();

    laterBoot();

    JsonNode third = only("outcome", 3);
    assertEquals(3, third.at("/Boot/Number").asInt());
    assertEquals("interrupted", third.at("/Outcome/FirstVerdict").asText());
    assertTrue(third.at("/Outcome/Reasons").isEmpty(), "only the boot before counts");
  }

  @Test
  void checkpointOfAnotherForm_keepsNoAgentFromStarting() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    StateFile file = new StateFile(new DiskStorage(), folder.resolve("state/checkpoint.json"), 1);
    ObjectNode checkpoint =
        (ObjectNode) ((StateFile.Content.Present) file.load()).document().deepCopy();
    ((ObjectNode) checkpoint.at("/pipeline/boot")).put("version", 99);
    file.save(checkpoint);

    laterBoot();

    assertEquals(0, machine.sent("outcome", 1).size());
    assertEquals("success", only("outcome", 2).at("/Outcome/Verdict").asText());
  }

  @Test
  void stateOfAnotherInstance_isNothingToTellOf() throws Exception {
    beginFirstBoot();
    machine.runUntilPowerCut(2);
    machine.identity = Optional.of(InstanceIdentity.of("i-0new"));

    laterBoot();

    assertEquals(0, machine.sent("outcome", 1).size());
    JsonNode outcome = only("outcome", 2);
    assertTrue(outcome.at("/Outcome/FirstVerdict").isMissingNode());
    assertTrue(outcome.at("/Outcome/Reasons").isEmpty());
  }

  private JsonNode only(String kind, int boot) {
    List<JsonNode> found = machine.sent(kind, boot);
    assertEquals(1, found.size(), () -> kind + " of boot " + boot + ": " + machine.sent());
    return found.get(0);
  }
}
