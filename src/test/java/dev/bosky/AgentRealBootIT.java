package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleSet;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged agent beside boots of the real cloud-init, started before there is a log, and what
 * reaches the bus.
 */
class AgentRealBootIT {

  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final Duration LONG = Duration.ofMinutes(3);

  /** Boots lie further apart than clocks are exact. */
  private static final String LONG_ENOUGH = "#!/bin/sh\nsleep 9\n";

  /** The two rules of the article that Bosky comes from. */
  private static final Map<String, String> RULES =
      Map.of(
          "any project",
          """
          {"detail-type": ["User Data"]}
          """,
          "my-project, info",
          """
          {"source": ["my-project"], "detail-type": ["User Data"], "detail": {"Status": ["info"]}}
          """);

  private RealMachine machine;
  private LocalBus bus;

  @BeforeEach
  void makeMachineAndBus() throws IOException {
    machine = RealMachine.create(INSTANCE);
    bus = LocalBus.builder().rules(RuleSet.of(RULES)).start();
  }

  @AfterEach
  void throwBothAway() throws IOException {
    if (bus != null) {
      bus.close();
    }
    if (machine != null) {
      machine.close();
    }
  }

  @Test
  void failingScript_isTheOutcomeWithItsEvidence() throws Exception {
    JsonNode outcome = outcomeOf(resource("demo/failing-boot/user-data"));

    assertEquals("fail", outcome.at("/Status").asText(), outcome.toPrettyString());
    assertEquals("fail", outcome.at("/Outcome/Verdict").asText());
    assertFalse(outcome.at("/Outcome/Silent").asBoolean(true));
    assertTrue(
        outcome.at("/Outcome/Errors/0").asText().contains("Runparts: 1 failures (part-001)"));
    assertEquals(
        "apt/unable-to-locate",
        outcome.at("/Outcome/Reasons/0/Marker").asText(),
        outcome.toPrettyString());
    // By cloud-init.log's own dates.
    double seconds = outcome.at("/Outcome/Reasons/0/DurationSeconds").asDouble(-1);
    assertTrue(
        seconds >= 0 && seconds <= outcome.at("/Outcome/DurationSeconds").asDouble(),
        outcome.toPrettyString());
    assertEquals("payments-ledger-client", outcome.at("/Marker/Fields/package").asText());
    assertEquals(
        "E: Unable to locate package payments-ledger-client",
        outcome.at("/Evidence/Text").asText().lines().findFirst().orElse(""));
    assertTrue(
        outcome.at("/Evidence/Before").toString().contains("[payments-web] installing packages"),
        outcome.toPrettyString());
  }

  @Test
  void succeedingScript_isASuccess() throws Exception {
    JsonNode outcome = outcomeOf(resource("boots/success/user-data"));

    assertEquals("success", outcome.at("/Status").asText(), outcome.toPrettyString());
    assertEquals("success", outcome.at("/Outcome/Verdict").asText());
    assertFalse(outcome.at("/Outcome/Silent").asBoolean(true));
    assertTrue(outcome.at("/Evidence").isMissingNode(), outcome.toPrettyString());
  }

  @Test
  void failureThatCloudInitDoesNotNotice_isASilentFailure() throws Exception {
    JsonNode outcome = outcomeOf(resource("boots/silent-failure/user-data"));

    assertEquals("fail", outcome.at("/Status").asText(), outcome.toPrettyString());
    assertEquals("fail", outcome.at("/Outcome/Verdict").asText());
    assertTrue(outcome.at("/Outcome/Silent").asBoolean(), outcome.toPrettyString());
    assertTrue(outcome.at("/Outcome/Errors").isEmpty(), outcome.toPrettyString());
    assertTrue(
        outcome.at("/Evidence/Text").asText().contains("searchctl: not found"),
        outcome.toPrettyString());
  }

  @Test
  void secondBoot_tellsOnlyItsOwn() throws Exception {
    JsonNode first =
        outcomeOf(LONG_ENOUGH + "echo E: Unable to locate package foo-bar\nexit 100\n");
    int before = bus.received().size();

    RealBoot again = machine.reboot();
    Process agent = agent(again);
    again.await(LONG);
    assertTrue(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the agent ends by itself");

    List<ReceivedEvent> events = bus.received().subList(before, bus.received().size());
    String boot = Files.readString(machine.bootId()).strip();
    for (ReceivedEvent event : events) {
      assertEquals(boot, event.detail().at("/Boot/Id").asText(), () -> event.detail().toString());
    }
    assertEquals(0, ofKind(events, "marker").size(), events::toString);
    JsonNode second = only(events, "outcome");
    assertEquals("success", second.at("/Outcome/Verdict").asText(), second.toPrettyString());
    assertEquals("fail", second.at("/Outcome/FirstVerdict").asText());
    assertEquals(2, second.at("/Boot/Number").asInt());
    assertFalse(second.at("/Boot/RanUserData").asBoolean(true), second.toPrettyString());
    assertNotEquals(first.at("/Boot/Id"), second.at("/Boot/Id"));
  }

  @Test
  void powerCutInTheMiddleOfAScript_isToldByTheNextBoot() throws Exception {
    RealBoot boot =
        machine.powerOn(LONG_ENOUGH + "echo E: Unable to locate package mid-boot\nsleep 1000\n");
    Process agent = agent(boot);
    boot.begin();
    bus.awaitEvents(events -> !ofKind(events, "marker").isEmpty(), LONG);
    assertEquals(
        1,
        ofKind(bus.received(), "marker").get(0).detail().at("/Boot/Number").asInt(),
        () -> bus.received().toString());
    String cutBoot = Files.readString(machine.bootId()).strip();

    RealBoot again = machine.reboot();
    assertTrue(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "went with its machine");
    assertEquals(0, ofKind(bus.received(), "outcome").size());
    Process next = agent(again);
    again.await(LONG);
    assertTrue(next.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the agent ends by itself");

    List<ReceivedEvent> outcomes = ofKind(bus.received(), "outcome");
    assertEquals(2, outcomes.size(), () -> bus.received() + said());
    JsonNode cut = outcomes.get(0).detail();
    JsonNode second = outcomes.get(1).detail();
    assertEquals(cutBoot, cut.at("/Boot/Id").asText());
    assertEquals("fail", cut.at("/Outcome/Verdict").asText(), cut.toPrettyString());
    assertEquals("interrupted", cut.at("/Outcome/Reasons/1/Code").asText(), cut.toPrettyString());
    assertEquals("modules-final", cut.at("/Boot/Stage").asText());
    assertEquals("success", second.at("/Outcome/Verdict").asText(), second.toPrettyString());
    assertEquals("fail", second.at("/Outcome/FirstVerdict").asText(), outcomes::toString);
    // The power may go between the bus's answer and the spool: then the same entry comes again.
    assertEquals(
        1,
        ofKind(bus.received(), "marker").stream().map(ReceivedEvent::detailText).distinct().count(),
        "nothing is told twice");
  }

  private static JsonNode only(List<ReceivedEvent> events, String kind) {
    List<ReceivedEvent> found = ofKind(events, kind);
    assertEquals(1, found.size(), events::toString);
    return found.get(0).detail();
  }

  /**
   * Boots with this user data and the agent beside it; what every outcome must say is looked at
   * here.
   */
  private JsonNode outcomeOf(String userData) throws Exception {
    RealBoot boot = machine.powerOn(userData);
    Process agent = agent(boot);
    bus.awaitEvents(events -> !ofKind(events, "started").isEmpty(), LONG);
    assertFalse(Files.exists(machine.log()), "the agent is up before there is a log");
    boot.begin();
    boot.await(LONG);

    assertTrue(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the agent ends by itself");
    assertEquals(0, agent.exitValue(), () -> said());
    List<ReceivedEvent> outcomes = ofKind(bus.received(), "outcome");
    assertEquals(1, outcomes.size(), () -> bus.received().toString());
    assertEquals(
        Set.of("any project", "my-project, info"),
        Set.copyOf(ofKind(bus.received(), "started").get(0).rules()));
    assertEquals(List.of("any project"), outcomes.get(0).rules());
    JsonNode outcome = outcomes.get(0).detail();
    assertEquals("my-project", outcomes.get(0).source());
    assertEquals("User Data", outcomes.get(0).detailType());
    assertEquals(INSTANCE, outcome.at("/Instance/Id").asText());
    assertEquals(
        Files.readString(machine.bootId()).strip(),
        outcome.at("/Boot/Id").asText(),
        "the boot's own id");
    assertTrue(outcome.at("/Boot/UptimeSeconds").asDouble() < LONG.toSeconds());
    assertEquals(1, outcome.at("/Boot/Number").asInt(), outcome.toPrettyString());
    assertTrue(outcome.at("/Boot/RanUserData").asBoolean(), outcome.toPrettyString());
    return outcome;
  }

  private Process agent(RealBoot boot) throws IOException {
    return boot.agent(bus.endpoint(), INSTANCE)
        .redirectOutput(machine.file("/agent.log").toFile())
        .start();
  }

  private String said() {
    try {
      return Files.readString(machine.file("/agent.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<ReceivedEvent> ofKind(List<ReceivedEvent> events, String kind) {
    List<ReceivedEvent> found = new ArrayList<>();
    for (ReceivedEvent event : events) {
      if (event.detail().path("Kind").asText().equals(kind)) {
        found.add(event);
      }
    }
    return found;
  }

  private static String resource(String name) throws IOException {
    Path main = Path.of("src/main/resources/dev/bosky", name);
    return Files.readString(
        Files.exists(main) ? main : Path.of("src/test/resources/dev/bosky", name));
  }
}
