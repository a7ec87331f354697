package dev.bosky.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.boot.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fixture itself: what the real cloud-init writes, and that nothing of it reaches the machine
 * that runs the test.
 */
class RealBootIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  private RealMachine machine;

  @BeforeEach
  void makeMachine() throws Exception {
    machine = RealMachine.create("i-0123456789abcdef0");
  }

  @AfterEach
  void throwMachineAway() throws IOException {
    if (machine != null) {
      machine.close();
    }
  }

  @Test
  void boot_ofSucceedingScript_hasNoErrors() throws Exception {
    RealBoot boot = machine.boot("#!/bin/bash\nset -e\necho service is up\n");

    Map<Stage, Integer> stages = boot.await(LONG);

    assertEquals(
        Map.of(Stage.INIT_LOCAL, 0, Stage.INIT, 0, Stage.MODULES_CONFIG, 0, Stage.MODULES_FINAL, 0),
        stages);
    assertEquals("[]", errors().toString());
    List<String> log = Files.readAllLines(machine.log());
    assertTrue(
        log.get(0)
            .matches("Cloud-init v\\. \\S+ running 'init-local' at .* Up \\d\\.\\d+ seconds\\."),
        log.get(0));
    assertTrue(log.contains("service is up"), () -> String.join("\n", log));
    assertTrue(
        log.stream().anyMatch(line -> line.contains(" finished at ")),
        () -> String.join("\n", log));
  }

  @Test
  void boot_ofFailingScript_hasItsPartInTheErrors() throws Exception {
    RealBoot boot = machine.boot("#!/bin/bash\nset -e\nno-such-command --now\necho not reached\n");

    Map<Stage, Integer> stages = boot.await(LONG);

    assertEquals(1, stages.get(Stage.MODULES_FINAL));
    assertEquals(1, errors().size());
    assertTrue(
        errors().get(0).asText().contains("Runparts: 1 failures (part-001)"), errors().toString());
    String log = Files.readString(machine.log());
    assertTrue(log.contains("line 3: no-such-command: command not found"), log);
    assertFalse(log.contains("not reached"), log);
  }

  @Test
  void reboot_hasNewBootIdAndUptimeAndRunsNoScriptAgain() throws Exception {
    machine.boot("#!/bin/bash\necho ran once\n").await(LONG);

    RealBoot second = machine.reboot();
    second.await(LONG);
    String bootId = output(second, "cat", "/proc/sys/kernel/random/boot_id");
    double uptime = Double.parseDouble(output(second, "cat", "/proc/uptime").split(" ")[0]);

    String log = Files.readString(machine.log());
    assertEquals(2, count(log, "running 'init-local'"));
    assertEquals(1, count(log, "ran once"));
    assertNotEquals(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(), bootId);
    assertTrue(uptime < LONG.toSeconds(), "uptime " + uptime);
  }

  @Test
  void close_inTheMiddleOfAScript_isAPowerCut() throws Exception {
    RealBoot boot =
        machine.boot("#!/bin/bash\necho waiting\nread -r _ < <(sleep 600)\necho not reached\n");
    String seen =
        output(
            boot,
            "sh",
            "-c",
            "tail --retry -F /var/log/cloud-init-output.log 2>/dev/null | grep -m 1 waiting");

    boot.close();

    assertEquals("waiting", seen);
    assertFalse(boot.await(LONG).containsKey(Stage.MODULES_FINAL));
    assertFalse(Files.exists(machine.result()));
    assertFalse(Files.readString(machine.log()).contains("not reached"));
  }

  @Test
  void boot_leavesTheRealMachineAlone() throws Exception {
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    String hostname = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    String passwd = Files.readString(Path.of("/etc/passwd"));
    RealBoot boot =
        machine.boot(
            """
            #!/bin/bash
            echo "disks: $(find /dev -type b | wc -l)"
            mknod /tmp/disk b 254 0 && echo made a disk
            echo 1 > /proc/sys/vm/drop_caches && echo wrote a kernel setting
            date -s now && echo set the clock
            touch /etc/bosky-was-here
            """);

    boot.await(LONG);

    String log = Files.readString(machine.log());
    assertTrue(log.contains("disks: 0"), log);
    assertFalse(log.contains("made a disk"), log);
    assertFalse(log.contains("wrote a kernel setting"), log);
    assertFalse(log.contains("set the clock"), log);
    assertTrue(Files.exists(machine.file("/etc/bosky-was-here")));
    assertFalse(Files.exists(Path.of("/etc/bosky-was-here")));
    assertEquals(mounts, Files.readString(Path.of("/proc/self/mounts")));
    assertEquals(hostname, Files.readString(Path.of("/proc/sys/kernel/hostname")));
    assertEquals(passwd, Files.readString(Path.of("/etc/passwd")));
  }

  @Test
  void bootUnderSystemd_runsCloudInitsOwnUnits() throws Exception {
    RealBoot boot =
        machine.bootUnderSystemd(
            """
            #cloud-config
            runcmd:
              - systemctl is-system-running
              - systemd-run --unit=beside --no-block sleep 600
              - 'false'
            """);

    Map<Stage, Integer> stages = boot.await(LONG);
    String state = output(boot, "systemctl", "is-system-running");
    String beside = output(boot, "systemctl", "is-active", "beside");

    String log = Files.readString(machine.log());
    assertEquals(
        Map.of(Stage.INIT_LOCAL, 0, Stage.INIT, 0, Stage.MODULES_CONFIG, 0, Stage.MODULES_FINAL, 1),
        stages,
        log);
    assertEquals("degraded", state);
    assertEquals("active", beside);
    assertTrue(log.lines().anyMatch("starting"::equals), log);
    assertTrue(
        errors().get(0).asText().contains("Runparts: 1 failures (runcmd)"), errors().toString());
  }

  private JsonNode errors() throws IOException {
    return new ObjectMapper().readTree(machine.result().toFile()).at("/v1/errors");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String output(RealBoot boot, String... command) throws Exception {
    Process process = boot.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .strip();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return said;
  }
}
