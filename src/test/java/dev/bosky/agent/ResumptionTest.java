package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.spool.DiskStorage;
import dev.bosky.spool.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an agent makes of the checkpoint that another build left in the same boot, as after an
 * upgrade in its middle, or of one that is damaged.
 */
class ResumptionTest {
  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
    machine.consumeData();
    machine.log(machine.banner("init-local"), machine.banner("init"));
    machine.log(machine.banner("modules:final"), "E: the disk is gone");
    machine.put("var/lib/cloud/instance/scripts/part-001", "#!/bin/sh\nmkfs /dev/sdx\ntrue\n");
  }

  /** What stands elsewhere in it, or in another way, each as another build might write it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pipeline\": {\"boot\": {\"version\": 99}}}",
        "{\"pipeline\": {\"boot\": {\"last_read_at\": \"yesterday\"}}}",
        "{\"pipeline\": {\"boot\": {\"stage\": \"no-such-stage\"}}}",
        "{\"logs\": {\"output\": {\"version\": 99}}}",
        "{\"logs\": {\"output\": 5}}",
        "{\"began\": \"yesterday\"}",
      })
  void otherForm_isReadAgainAndToldOnce(String otherForm) throws Exception {
    machine.runUntilPowerCut(2);
    change(checkpoint -> merge(checkpoint, otherForm));

    endOfBoot();

    theOutcomeIsRight();
  }

  @Test
  void damagedFile_isReadAgainAndToldOnce() throws Exception {
    machine.runUntilPowerCut(2);
    Path file = folder.resolve("state/checkpoint.json");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    endOfBoot();

    theOutcomeIsRight();
  }

  @Test
  void fileOfANewerBuild_isReadAgainAndToldOnce() throws Exception {
    machine.runUntilPowerCut(2);
    Path file = folder.resolve("state/checkpoint.json");
    JsonNode document = ((StateFile.Content.Present) file(1).load()).document();
    file(99).save(document);
    assertTrue(Files.exists(file));

    endOfBoot();

    theOutcomeIsRight();
  }

  @Test
  void otherForm_afterTheOutcome_tellsNothingAgain() throws Exception {
    endOfBoot();
    int before = machine.sent().size();
    change(checkpoint -> merge(checkpoint, "{\"pipeline\": {\"boot\": {\"version\": 99}}}"));

    machine.runToTheEnd();

    assertEquals(before, machine.sent().size());
    theOutcomeIsRight();
  }

  /** One, of all that this boot has printed; what comes twice is the same event. */
  private void theOutcomeIsRight() {
    List<JsonNode> outcomes = machine.sent("outcome", 1);
    assertEquals(1, outcomes.size(), outcomes::toString);
    JsonNode outcome = outcomes.get(0);
    assertEquals("fail", outcome.at("/Outcome/Verdict").asText(), outcome.toPrettyString());
    assertEquals("E: the disk is gone", outcome.at("/Evidence/Text").asText());
    assertEquals(1, outcome.at("/Boot/Number").asInt());
    for (String kind : List.of("started", "marker")) {
      List<JsonNode> told = machine.sent(kind, 1);
      assertEquals(1, told.stream().map(event -> event.path("Id")).distinct().count());
      assertEquals(1, told.stream().map(event -> event.path("Sequence")).distinct().count());
    }
  }

  private void endOfBoot() throws Exception {
    machine.result();
    machine.runToTheEnd();
  }

  private void change(Consumer<ObjectNode> how) throws IOException {
    StateFile file = file(1);
    ObjectNode checkpoint =
        (ObjectNode) ((StateFile.Content.Present) file.load()).document().deepCopy();
    how.accept(checkpoint);
    file.save(checkpoint);
  }

  private StateFile file(int version) {
    return new StateFile(new DiskStorage(), folder.resolve("state/checkpoint.json"), version);
  }

  private static void merge(ObjectNode into, String json) {
    try {
      new ObjectMapper().readerForUpdating(into).readValue(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
