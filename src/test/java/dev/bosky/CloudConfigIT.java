package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.boot.Stage;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code cloud-config/} as user data of real boots. */
class CloudConfigIT {

  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"bootcmd.yaml", "runcmd.yaml"})
  void file_startsAnAgentThatTellsTheBootAndDoesNotDelayIt(String name) throws Exception {
    try (RealMachine machine = RealMachine.create(INSTANCE)) {
      Path config = machine.file("/etc/bosky/bosky.yaml");
      Files.createDirectories(config.getParent());
      Files.writeString(config, "sink: file:/var/log/bosky-events.jsonl\n");

      RealBoot boot = machine.bootUnderSystemd(cloudConfig(name));
      Map<Stage, Integer> stages = boot.await(LONG);
      awaitEnd(boot, "bosky");

      String log = Files.readString(machine.log());
      assertEquals(List.of(0, 0, 0, 0), List.copyOf(stages.values()), log);
      assertFalse(log.contains("not started"), log);
      List<JsonNode> outcomes = outcomes(machine.file("/var/log/bosky-events.jsonl"));
      assertEquals(1, outcomes.size(), outcomes.toString());
      assertEquals("success", outcomes.get(0).at("/Outcome/Verdict").asText());
      assertEquals(INSTANCE, outcomes.get(0).at("/Instance/Id").asText());
      assertEquals(
          Files.readString(machine.bootId()).strip(), outcomes.get(0).at("/Boot/Id").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootcmd.yaml", "runcmd.yaml"})
  void file_whereItsUnitCannotStart_tellsAndDoesNotFailTheBoot(String name) throws Exception {
    try (RealMachine machine = RealMachine.create(INSTANCE)) {
      // The machine has no systemd running, so systemd-run refuses.
      machine.boot(cloudConfig(name)).await(LONG);

      String log = Files.readString(machine.log());
      assertTrue(log.contains("bosky: not started, the boot goes on without it"), log);
      assertEquals("[]", JSON.readTree(machine.result().toFile()).at("/v1/errors").toString());
    }
  }

  private static String cloudConfig(String name) throws IOException {
    return Files.readString(Path.of("cloud-config", name));
  }

  private static void awaitEnd(RealBoot boot, String unit) throws Exception {
    Process wait =
        boot.command(
                "sh", "-c", "while systemctl is-active --quiet " + unit + "; do sleep 0.1; done")
            .inheritIO()
            .start();
    assertTrue(wait.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), unit + " does not end");
  }

  private static List<JsonNode> outcomes(Path events) throws IOException {
    List<JsonNode> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(events)) {
      JsonNode detail = JSON.readTree(JSON.readTree(line).path("Detail").asText());
      if (detail.path("Kind").asText().equals("outcome")) {
        outcomes.add(detail);
      }
    }
    return outcomes;
  }
}
