package dev.bosky;

import static dev.bosky.testing.ServiceMachine.LONG;
import static dev.bosky.testing.ServiceMachine.UNPACKED;
import static dev.bosky.testing.ServiceMachine.awaitAgent;
import static dev.bosky.testing.ServiceMachine.detail;
import static dev.bosky.testing.ServiceMachine.run;
import static dev.bosky.testing.ServiceMachine.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.boot.Stage;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.ServiceMachine;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The agent as a unit, started from {@code bootcmd}, from {@code runcmd} and before cloud-init, in
 * boots of the machine's own systemd: it sees the boot from its first line, holds nothing of it
 * open, and cloud-init does not wait for it.
 */
class AgentPlacementIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTALL =
      UNPACKED + "/bin/bosky install --quiet --now --project shop";

  /** Takes the first line of the log, and a line from before the agent's start. */
  private static final String MARKERS =
      """
      pack: placement
      markers:
        - id: first-line
          status: info
          match: "running 'init-local' at"
        - id: said
          status: info
          match: '^placement says: (?P<what>\\w+)'
      """;

  /** Writes down what the agent has open as soon as it reads the log, and what the script has. */
  private static final String LOOK =
      """
      pipe=$(readlink /proc/$$/fd/1)
          echo "$pipe" >>/var/log/pipes
          cut -d' ' -f1 /proc/uptime >/var/log/looked
          for i in $(seq 600); do
            pid=$(systemctl show --value -p MainPID bosky)
            if readlink /proc/$pid/fd/* | grep -q cloud-init-output.log; then break; fi
            sleep 0.1
          done
          readlink /proc/$pid/fd/* >/var/log/agent-has-open
          cut -d' ' -f1 /proc/uptime >>/var/log/looked""";

  private enum Placement {
    BOOTCMD,
    RUNCMD,
    IMAGE
  }

  @ParameterizedTest
  @EnumSource
  void agent_seesAllHoldsNothingAndIsNotWaitedFor(Placement placement) throws Exception {
    try (ServiceMachine service = ServiceMachine.create("instance_id: i-0a")) {
      service.write("/etc/bosky/patterns.d/placement.yaml", MARKERS);
      if (placement == Placement.IMAGE) {
        bake(service);
      }
      RealBoot boot = service.machine().bootUnderSystemd(userData(placement));
      Map<Stage, Integer> stages = boot.await(LONG);
      Instant over = Files.getLastModifiedTime(service.machine().result()).toInstant();
      awaitAgent(boot);

      assertEquals(List.of(0, 0, 0, 0), List.copyOf(stages.values()), service.told(boot));
      assertSeesAll(service, boot);
      String open = run(boot, "cat", "/var/log/agent-has-open");
      assertTrue(open.contains("/var/log/cloud-init-output.log"), open);
      List<String> pipes = run(boot, "cat", "/var/log/pipes").lines().toList();
      assertEquals(2, pipes.size());
      for (String pipe : pipes) {
        assertTrue(pipe.startsWith("pipe:"), pipe);
        assertFalse(open.contains(pipe), open);
      }
      List<JsonNode> entries = service.entries();
      Instant told = Instant.parse(entries.get(entries.size() - 1).path("Time").asText());
      assertFalse(told.isBefore(over), "cloud-init was done before the agent was");
      List<Double> looked =
          run(boot, "cat", "/var/log/looked").lines().map(Double::valueOf).toList();
      tell(placement.toString(), service, looked.get(1) - looked.get(0));
    }
  }

  @Test
  void boot_withoutAgent_forComparison() throws Exception {
    try (ServiceMachine service = ServiceMachine.create()) {
      service
          .machine()
          .bootUnderSystemd("#cloud-config\nruncmd:\n  - echo placement\n")
          .await(LONG);
      tell("no agent", service, 0);
    }
  }

  /** The whole boot: started, the log's first line, what came before the agent, the outcome. */
  private static void assertSeesAll(ServiceMachine service, RealBoot boot) throws Exception {
    List<JsonNode> entries = service.entries();
    JsonNode started = detail(entries.get(0));
    assertEquals("started", started.path("Kind").asText());
    assertFalse(started.path("Deadline").asText().isEmpty(), started.toString());
    List<String> markers =
        entries.stream()
            .map(ServiceMachine::detail)
            .filter(detail -> detail.at("/Marker/Pack").asText().equals("placement"))
            .map(detail -> detail.at("/Marker/Fields/what").asText(detail.at("/Log/Line").asText()))
            .toList();
    assertEquals(List.of("1", "bootcmd", "before", "after"), markers, service.told(boot));
    assertEquals(1, service.outcomes().size());
    assertEquals("success", verdict(service.outcomes().get(0)));
  }

  private static void bake(ServiceMachine service) throws Exception {
    RealBoot baking = service.machine().bootUnderSystemd("#cloud-config\n{}\n");
    baking.await(LONG);
    run(baking, "sh", UNPACKED + "/cloud-config/image/bake.sh", UNPACKED, "shop");
  }

  private static String userData(Placement placement) {
    return """
        #cloud-config
        bootcmd:
          - 'echo "placement says: bootcmd"'
          - 'pipe=$(readlink /proc/$$/fd/1); echo "$pipe" >>/var/log/pipes'
          - %s
        runcmd:
          - 'echo "placement says: before"'
          - %s
          - |
            %s
          - 'echo "placement says: after"'
        """
        .formatted(
            placement == Placement.BOOTCMD ? INSTALL : "'true'",
            placement == Placement.RUNCMD ? INSTALL : "'true'",
            LOOK.indent(0).stripTrailing());
  }

  /**
   * Prints how long cloud-init took, by its own account.
   *
   * @param looked for how many seconds of it the script looked at the agent
   */
  private static void tell(String what, ServiceMachine service, double looked) throws Exception {
    JsonNode status =
        JSON.readTree(service.machine().file("/run/cloud-init/status.json").toFile()).path("v1");
    double all = finished(status) - status.at("/init-local/start").asDouble() - looked;
    double last = finished(status) - status.at("/modules-final/start").asDouble() - looked;
    System.out.printf("%-8s cloud-init %5.2f s, its last stage %5.2f s%n", what, all, last);
    assertTrue(last < Duration.ofMinutes(1).toSeconds(), "the last stage waits for nothing");
  }

  private static double finished(JsonNode status) {
    return status.at("/modules-final/finished").asDouble();
  }
}
