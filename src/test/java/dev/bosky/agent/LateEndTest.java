package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.boot.Interruption;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.testing.EventSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told without cloud-init's end, and what comes after if the end comes. */
class LateEndTest {
  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
  }

  @Test
  void timeout_namesWhereItHangs_andIsAmendedByTheEnd() throws Exception {
    machine.timeout = Duration.ofMillis(300);
    machine.log(machine.banner("init-local"), machine.banner("modules:final"), "waiting for db-1");
    try (Agent agent = machine.agent()) {
      Thread running = machine.start(agent);
      machine.sink.await(2);
      machine.result("\"('scripts-user', RuntimeError('Runparts: 1 failures (part-001)'))\"");
      running.join();
    }

    JsonNode outcome = only("outcome");
    assertEquals("timeout", outcome.at("/Outcome/Verdict").asText(), outcome.toPrettyString());
    assertEquals("modules-final", outcome.at("/Boot/Stage").asText());
    assertTrue(outcome.at("/Evidence/Text").asText().contains("waiting for db-1"));
    JsonNode amended = only("amended");
    assertEquals(outcome.path("Id"), amended.path("RefersTo"));
    assertEquals("fail", amended.at("/Outcome/Verdict").asText());
    EventSchema.assertValid(outcome);
    EventSchema.assertValid(amended);
  }

  @Test
  void shutdown_isInterruptedAtOnceWithItsCause() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: on it");
    machine.end = goingDown(Interruption.SPOT);

    machine.runUntilStopped(2);

    JsonNode outcome = only("outcome");
    assertEquals("interrupted", outcome.at("/Outcome/Verdict").asText());
    assertEquals("spot", outcome.at("/Outcome/Cause").asText());
    EventSchema.assertValid(outcome);
  }

  @Test
  void shutdownThatWasCalledOff_isAmended() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: on it");
    machine.end = goingDown(Interruption.REBOOT);
    machine.runUntilStopped(2);
    machine.end = EndOfMachine.NONE;
    machine.result();

    machine.runToTheEnd();

    assertEquals("interrupted", only("outcome").at("/Outcome/Verdict").asText());
    JsonNode amended = only("amended");
    assertEquals("success", amended.at("/Outcome/Verdict").asText());
    assertEquals(only("outcome").path("Id"), amended.path("RefersTo"));
  }

  @Test
  void shutdownAfterTheResult_isTheResultsVerdict() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: on it");
    machine.end = goingDown(Interruption.REBOOT);
    try (Agent agent = machine.agent()) {
      Thread running = machine.start(agent);
      machine.sink.await(2);
      machine.result();
      agent.stop(Duration.ofSeconds(30));
      running.join();
    }

    assertEquals("success", only("outcome").at("/Outcome/Verdict").asText());
  }

  @Test
  void plainStop_saysNothing_andTheNextStartGoesOn() throws Exception {
    machine.log(machine.banner("init-local"), "NOTE: one");
    machine.runUntilStopped(2);
    assertEquals(List.of(), machine.sent("outcome", 1));
    machine.log("NOTE: two");
    machine.result();

    machine.runToTheEnd();

    assertEquals("success", only("outcome").at("/Outcome/Verdict").asText());
    assertEquals(2, machine.sent("marker", 1).size());
    assertEquals(1, machine.sent("started", 1).size());
  }

  @Test
  void eventsAreHeld_untilTheInstanceIsKnown() throws Exception {
    Optional<InstanceIdentity> known = machine.identity;
    machine.identity = Optional.empty();
    machine.log(machine.banner("init-local"), "NOTE: early");
    try (Agent agent = machine.agent()) {
      Thread running = machine.start(agent);
      machine.asked.await();
      assertEquals(List.of(), machine.sent());
      machine.identity = known;
      machine.result();
      running.join();
    }

    assertEquals(1, machine.sent("started", 1).size());
    assertEquals("i-0abc", machine.sent("marker", 1).get(0).at("/Instance/Id").asText());
    assertEquals("success", only("outcome").at("/Outcome/Verdict").asText());
  }

  @Test
  void eventsOfAnUnknownInstance_goWithoutItAfterTheDeadline() throws Exception {
    machine.identity = Optional.empty();
    machine.timeout = Duration.ofMillis(300);
    machine.log(machine.banner("init-local"));
    try (Agent agent = machine.agent()) {
      Thread running = machine.start(agent);
      machine.sink.await(2);
      machine.result();
      running.join();
    }

    assertEquals("unknown", only("outcome").at("/Instance/Id").asText());
    EventSchema.assertValid(only("outcome"));
  }

  private JsonNode only(String kind) {
    List<JsonNode> found = machine.sent(kind, 1);
    assertEquals(1, found.size(), () -> kind + ": " + machine.sent());
    return found.get(0);
  }

  private static EndOfMachine goingDown(Interruption cause) {
    return new EndOfMachine() {
      @Override
      public Optional<Interruption> announced() {
        return Optional.empty();
      }

      @Override
      public Optional<Interruption> cause() {
        return Optional.of(cause);
      }

      @Override
      public boolean stagesGone() {
        return false;
      }

      @Override
      public void close() {
        // Nothing is looked at.
      }
    };
  }
}
