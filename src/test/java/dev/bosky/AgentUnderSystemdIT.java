package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged agent on machines whose stages are units of systemd. */
@Tag("vm")
class AgentUnderSystemdIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGENT =
      "/opt/bosky/bin/bosky agent --instance-id i-0123456789abcdef0 --state /var/lib/%1$s"
          + " --sink file:/%1$s.jsonl >/%1$s.out 2>&1";

  /** Waits, on the machine, for an outcome; for a minute at most. */
  private static final String AWAIT_OUTCOME =
      "for i in $(seq 300); do grep -qs Outcome /%s.jsonl && exit 0; sleep 0.2; done; exit 1";

  private RealMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = RealMachine.create("i-0123456789abcdef0");
  }

  @AfterEach
  void throwItAway() throws IOException {
    machine.close();
  }

  @Test
  void agentThatAScriptWaitsFor_refuses_andOneInTheBackgroundDoesNot() throws Exception {
    RealBoot boot =
        machine.bootUnderSystemd(
            "#!/bin/sh\n"
                + AGENT.formatted("front")
                + "\necho front ended with $?\n"
                + AGENT.formatted("back")
                + " &\necho going on\n");

    boot.await(LONG);

    List<String> log = Files.readAllLines(machine.log());
    assertTrue(log.contains("front ended with 3"), log::toString);
    String said = Files.readString(machine.file("/front.out"));
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("cloud-") && said.contains("bosky install --now"), said);
    assertEquals("success", outcome(boot, "back").at("/Outcome/Verdict").asText());
  }

  @Test
  void cloudInitThatWasKilled_isAFailure() throws Exception {
    RealBoot boot = machine.bootUnderSystemd("#!/bin/sh\nkill -9 $PPID\nsleep 1000\n");
    Process agent = boot.command("sh", "-c", AGENT.formatted("beside")).start();

    JsonNode outcome = outcome(boot, "beside");

    assertEquals("fail", outcome.at("/Outcome/Verdict").asText(), outcome.toPrettyString());
    List<String> codes = new ArrayList<>();
    outcome.at("/Outcome/Reasons").forEach(reason -> codes.add(reason.path("Code").asText()));
    assertTrue(codes.contains("died"), outcome.toPrettyString());
    assertEquals("modules-final", outcome.at("/Boot/Stage").asText());
    assertTrue(agent.waitFor(1, TimeUnit.MINUTES), "the agent ends by itself");
  }

  private JsonNode outcome(RealBoot boot, String name) throws Exception {
    Process wait = boot.command("sh", "-c", AWAIT_OUTCOME.formatted(name)).start();
    assertEquals(0, wait.waitFor(), () -> "no outcome: " + said(name));
    for (String line : Files.readAllLines(machine.file("/" + name + ".jsonl"))) {
      JsonNode detail = JSON.readTree(JSON.readTree(line).path("Detail").asText());
      if (detail.has("Outcome")) {
        return detail;
      }
    }
    throw new AssertionError(said(name));
  }

  private String said(String name) {
    try {
      return Files.readString(machine.file("/" + name + ".out"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
