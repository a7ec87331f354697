package dev.bosky.install;

import static dev.bosky.testing.ServiceMachine.LONG;
import static dev.bosky.testing.ServiceMachine.UNPACKED;
import static dev.bosky.testing.ServiceMachine.awaitAgent;
import static dev.bosky.testing.ServiceMachine.detail;
import static dev.bosky.testing.ServiceMachine.run;
import static dev.bosky.testing.ServiceMachine.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import dev.bosky.testing.ServiceMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, installed on throw-away machines that boot their own systemd. */
@Tag("vm")
class InstallIT {
  private static final String NOTHING = "#cloud-config\n{}\n";
  private static final String WANTS = "/etc/systemd/system/sysinit.target.wants";

  private ServiceMachine service;

  @BeforeEach
  void makeMachine() throws IOException {
    service = ServiceMachine.create("timeout: 20s", "instance_id: i-0a");
  }

  @AfterEach
  void throwAway() throws IOException {
    service.close();
  }

  @Test
  void install_runsTheAgentAsAUserOfItsOwn() throws Exception {
    RealBoot boot =
        service
            .machine()
            .bootUnderSystemd(
                "#cloud-config\nbootcmd:\n  - %s/bin/bosky install --now --project shop\n"
                    .formatted(UNPACKED));
    boot.await(LONG);
    awaitAgent(boot);

    assertEquals("success", verdict(service.outcomes().get(0)), service.told(boot));
    assertTrue(service.entries().stream().allMatch(e -> e.path("Source").asText().equals("shop")));
    assertNotEquals(0, Files.getAttribute(service.events(), "unix:uid"));
    assertEquals("", run(boot, "find", "/var/lib/bosky", "-uid", "0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "poweroff"})
  void unit_whenTheMachineGoesDown_tellsItInTime(String way) throws Exception {
    RealBoot boot =
        service
            .machine()
            .bootUnderSystemd(
                "#!/bin/sh\n%s/bin/bosky install --now\nuntil grep started %s; do sleep 0.1; done\n"
                        .formatted(UNPACKED, "/var/lib/bosky/events.jsonl")
                    + "systemctl --no-block %s\nexec sleep 1000\n".formatted(way));
    boot.awaitOff(LONG);
    assertEquals(1, service.outcomes().size());
    assertEquals("interrupted", verdict(service.outcomes().get(0)));
    assertEquals(way, service.outcomes().get(0).at("/Outcome/Cause").asText());
  }

  @Test
  void install_isIdempotentAndUninstallLeavesNothing() throws Exception {
    RealBoot boot = service.machine().bootUnderSystemd(NOTHING);
    boot.await(LONG);
    run(boot, "rm", "-r", "/etc/bosky", "/etc/systemd/system/bosky.service.d");
    // An empty one goes with the last link in it, whoever made it; so does systemctl take it away.
    run(boot, "sh", "-c", "rmdir " + WANTS + " 2>/dev/null; true");
    String before = traces(boot);
    assertFalse(run(boot, UNPACKED + "/bin/bosky", "install").isEmpty());
    assertEquals("", run(boot, UNPACKED + "/bin/bosky", "install"));
    assertEquals("", run(boot, "systemd-analyze", "verify", "bosky.service"));
    run(boot, "bosky", "uninstall", "--purge");
    assertEquals(before, traces(boot));
  }

  @Test
  void unit_onABakedImage_startsByItselfAndDelaysNothing() throws Exception {
    RealBoot baking = service.machine().bootUnderSystemd(NOTHING);
    baking.await(LONG);
    run(baking, "sh", UNPACKED + "/cloud-config/image/bake.sh", UNPACKED, "it's a shop");
    assertEquals("", run(baking, "find", "/var/lib/bosky", "-mindepth", "1"));

    for (int boots = 1; boots <= 2; boots++) {
      RealBoot boot = service.machine().reboot();
      boot.await(LONG);
      awaitAgent(boot);
      assertEquals(boots, service.outcomes().size(), service.told(boot));
      assertEquals("success", verdict(service.outcomes().get(boots - 1)));
      assertEquals("it's a shop", service.entries().get(0).path("Source").asText());
      // What a cycle costs is a unit that is dropped, told only there.
      String said = run(boot, "systemd-analyze", "verify", "multi-user.target", "bosky.service");
      assertFalse(said.contains("cycle"), said);
      assertFalse(said.contains("bosky"), said);
      String waits = run(boot, "systemctl", "show", "--value", "-p", "Before", "bosky.service");
      assertEquals("shutdown.target", waits.strip());
    }
  }

  @Test
  void unit_besideAScriptThatHangs_tellsStartedAndTimeout() throws Exception {
    RealBoot boot = service.machine().bootUnderSystemd("#!/bin/sh\necho busy\nexec sleep 1000\n");
    Process install =
        boot.command(
                "sh",
                "-c",
                "while [ ! -S /run/systemd/private ]; do sleep 0.1; done; exec "
                    + UNPACKED
                    + "/bin/bosky install --now --quiet")
            .inheritIO()
            .start();
    assertTrue(install.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    run(
        boot,
        "sh",
        "-c",
        "while ! grep -q outcome /var/lib/bosky/events.jsonl; do sleep 0.1; done");
    List<JsonNode> entries = service.entries();
    assertEquals("started", detail(entries.get(0)).path("Kind").asText());
    assertEquals("timeout", verdict(service.outcomes().get(0)), service.told(boot));
  }

  /** As on images whose output log is root's alone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unit_withItsOneCapability_readsALogOfRootAlone(boolean capable) throws Exception {
    if (!capable) {
      service.write(
          "/etc/systemd/system/bosky.service.d/60-without.conf",
          "[Service]\nCapabilityBoundingSet=\nAmbientCapabilities=\n");
    }
    RealBoot boot =
        service
            .machine()
            .bootUnderSystemd(
                """
                #cloud-config
                bootcmd:
                  - chown root:root /var/log/cloud-init*.log; chmod 600 /var/log/cloud-init*.log
                  - %s/bin/bosky install --quiet --now
                runcmd:
                  - "echo 'E: Unable to locate package foo-bar'"
                  - 'true'
                """
                    .formatted(UNPACKED));
    boot.await(LONG);
    awaitAgent(boot);

    assertEquals(
        capable ? "fail" : "success", verdict(service.outcomes().get(0)), service.told(boot));
    assertEquals(
        !capable,
        service.entries().stream()
            .map(ServiceMachine::detail)
            .map(detail -> detail.at("/Notice/Text").asText())
            .anyMatch(text -> text.contains("/var/log/cloud-init-output.log")),
        service.entries().toString());
  }

  @Test
  void unit_exposesLittle() throws Exception {
    RealMachine.assumeInstalled("/usr/bin/systemd-analyze");
    Process process =
        new ProcessBuilder(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=15",
                Path.of("src/main/dist/systemd/bosky.service").toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /**
   * Whatever bears the program's name, also in the system's settings, and a folder that could be
   * left empty; not the copies that the commands for users keep of their files, with a dash. Not
   * all that is new: other services of the machine write as well.
   */
  private static String traces(RealBoot boot) throws Exception {
    return run(
        boot,
        "sh",
        "-c",
        "find /etc /opt /run /usr /var -xdev \\( -name '*bosky*' -o -lname '*bosky*' \\);"
            + " grep -rls --exclude='*-' bosky /etc; ls -d "
            + WANTS
            + "; true");
  }
}
