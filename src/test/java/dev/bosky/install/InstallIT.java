package dev.bosky.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged program, installed on throw-away machines that boot their own systemd. */
class InstallIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String UNPACKED = "/srv/bosky";
  private static final ObjectMapper JSON = new ObjectMapper();

  private RealMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = RealMachine.create("i-0123456789abcdef0", UNPACKED);
    Path config = machine.file("/etc/bosky/bosky.yaml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config, "sink: file:/var/lib/bosky/events.jsonl\ntimeout: 8s\ninstance_id: i-0a\n");
    // Each of these makes a /proc of the unit's own, with the boot id of this very machine.
    Path here = machine.file("/etc/systemd/system/bosky.service.d/50-throw-away.conf");
    Files.createDirectories(here.getParent());
    Files.writeString(
        here,
        "[Service]\nProtectProc=default\nProtectKernelTunables=no\nProtectControlGroups=no\n");
  }

  @AfterEach
  void throwAway() throws IOException {
    machine.close();
  }

  @Test
  void install_fromBootcmd_tellsTheBootAsAUserOfItsOwn() throws Exception {
    RealBoot boot =
        machine.bootUnderSystemd(
            "#cloud-config\nbootcmd:\n  - "
                + UNPACKED
                + "/bin/bosky install --now --project shop\n");
    boot.await(LONG);
    awaitEnd(boot);

    List<JsonNode> entries = entries();
    assertEquals("success", verdict(entries.get(entries.size() - 1)), told(boot));
    assertEquals(List.of("shop"), entries.stream().map(this::source).distinct().toList());
    Path events = machine.file("/var/lib/bosky/events.jsonl");
    assertNotEquals(0, Files.getAttribute(events, "unix:uid"));
    assertEquals("", run(boot, "find", "/var/lib/bosky", "-uid", "0"));
  }

  @Test
  void install_isIdempotentAndUninstallLeavesNothing() throws Exception {
    RealBoot boot = machine.bootUnderSystemd("#cloud-config\n{}\n");
    boot.await(LONG);
    run(boot, "rm", "-r", "/etc/bosky", "/etc/systemd/system/bosky.service.d");
    String before = traces(boot);
    assertFalse(run(boot, UNPACKED + "/bin/bosky", "install").isEmpty());
    assertEquals("", run(boot, UNPACKED + "/bin/bosky", "install"));
    assertEquals("", run(boot, "systemd-analyze", "verify", "bosky.service"));
    run(boot, "bosky", "uninstall", "--purge");
    assertEquals(before, traces(boot));
  }

  @Test
  void unit_onABakedImage_startsByItselfAndDelaysNothing() throws Exception {
    RealBoot baking = machine.bootUnderSystemd("#cloud-config\n{}\n");
    baking.await(LONG);
    run(baking, UNPACKED + "/bin/bosky", "install", "--image", "--project", "shop");
    run(baking, "cloud-init", "clean", "--logs");
    assertEquals("", run(baking, "find", "/var/lib/bosky", "-mindepth", "1"));

    for (int boots = 1; boots <= 2; boots++) {
      RealBoot boot = machine.reboot();
      boot.await(LONG);
      awaitEnd(boot);
      assertEquals(boots, outcomes().size(), told(boot));
      assertEquals("success", verdict(outcomes().get(boots - 1)));
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
    RealBoot baking = machine.bootUnderSystemd("#!/bin/sh\necho busy\nexec sleep 1000\n");
    Process install = boskyInstall(baking);
    assertTrue(install.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    awaitEnd(baking);
    List<JsonNode> entries = entries();
    assertEquals("started", detail(entries.get(0)).at("/Kind").asText());
    assertEquals("timeout", verdict(entries.get(entries.size() - 1)), told(baking));
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

  private Process boskyInstall(RealBoot boot) throws IOException {
    return boot.command(
            "sh",
            "-c",
            "while [ ! -S /run/systemd/private ]; do sleep 0.1; done; exec "
                + UNPACKED
                + "/bin/bosky install --now")
        .inheritIO()
        .start();
  }

  private String traces(RealBoot boot) throws Exception {
    return run(
        boot,
        "sh",
        "-c",
        "ls -A /opt/bosky /usr/local/bin /var/lib /etc/bosky /etc/systemd/system"
            + " /etc/systemd/system/sysinit.target.wants 2>&1 | grep -v '^$'; grep bosky /etc/passwd /etc/group; :");
  }

  private static String run(RealBoot boot, String... command) throws Exception {
    Process process = boot.command(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + said);
    return said;
  }

  private static void awaitEnd(RealBoot boot) throws Exception {
    run(boot, "sh", "-c", "while systemctl is-active --quiet bosky; do sleep 0.1; done");
  }

  /** What a person would look at. */
  private String told(RealBoot boot) throws Exception {
    return run(boot, "sh", "-c", "systemctl status bosky; journalctl -u bosky | tail -n 50; true")
        + Files.readString(machine.log());
  }

  private List<JsonNode> entries() throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : Files.readAllLines(machine.file("/var/lib/bosky/events.jsonl"))) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  private List<JsonNode> outcomes() throws IOException {
    return entries().stream()
        .filter(e -> detail(e).at("/Kind").asText().equals("outcome"))
        .toList();
  }

  private String verdict(JsonNode entry) {
    return detail(entry).at("/Outcome/Verdict").asText();
  }

  private String source(JsonNode entry) {
    return entry.path("Source").asText();
  }

  private static JsonNode detail(JsonNode entry) {
    try {
      return JSON.readTree(entry.path("Detail").asText());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
