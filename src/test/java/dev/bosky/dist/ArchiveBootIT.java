package dev.bosky.dist;

import static dev.bosky.testing.ServiceMachine.LONG;
import static dev.bosky.testing.ServiceMachine.UNPACKED;
import static dev.bosky.testing.ServiceMachine.awaitAgent;
import static dev.bosky.testing.ServiceMachine.run;
import static dev.bosky.testing.ServiceMachine.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import dev.bosky.testing.ServiceMachine;
import dev.bosky.testing.TestKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive, with its own Java, beside whole boots of the real cloud-init. */
@EnabledIfSystemProperty(
    named = "bosky.archives",
    matches = ".+",
    disabledReason = "the archive is made by mvn -Pdist")
@Tag("vm")
class ArchiveBootIT {
  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final Path FAILING_BOOT =
      Path.of("src/main/resources/dev/bosky/demo/failing-boot/user-data");

  @TempDir static Path folder;

  private static UnpackedArchive bosky;

  @BeforeAll
  static void unpack() throws Exception {
    bosky = UnpackedArchive.unpack(UnpackedArchive.file(".tar.xz"), folder);
  }

  @Test
  void agent_tellsARealBootOverTls() throws Exception {
    Path keys = TestKeyStore.in(folder);
    try (LocalBus bus = LocalBus.builder().tls(keys, TestKeyStore.PASSWORD).start();
        RealMachine machine = RealMachine.create(INSTANCE, "/opt/bosky", bosky.home())) {
      RealBoot boot = machine.powerOn(Files.readString(FAILING_BOOT));
      Files.copy(TestKeyStore.certificateOf(keys), machine.file("/bus.pem"));
      ProcessBuilder builder = boot.agent(bus.endpoint(), INSTANCE);
      builder.environment().put("AWS_CA_BUNDLE", "/bus.pem");
      Path said = machine.file("/agent.log");
      Process agent = builder.redirectOutput(said.toFile()).start();
      bus.awaitEvents(events -> !events.isEmpty(), LONG);
      String java = run(boot, "sh", "-c", "readlink /proc/[0-9]*/exe | grep bosky");

      boot.begin();
      boot.await(LONG);

      assertTrue(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the agent ends by itself");
      assertEquals(0, agent.exitValue(), () -> text(said));
      assertEquals("/opt/bosky/runtime/bin/java\n", java);
      List<String> outcomes =
          bus.received().stream()
              .map(ReceivedEvent::detail)
              .filter(detail -> detail.path("Kind").asText().equals("outcome"))
              .map(
                  detail ->
                      verdict(detail) + ", " + detail.at("/Outcome/Reasons/0/Marker").asText())
              .toList();
      assertEquals(List.of("fail, apt/unable-to-locate"), outcomes, () -> text(said));
    }
  }

  @Test
  void install_underSystemd_tellsTheBootWithItsOwnJava() throws Exception {
    try (ServiceMachine service = ServiceMachine.create(bosky.home(), "timeout: 60s")) {
      RealBoot boot =
          service
              .machine()
              .bootUnderSystemd(
                  "#cloud-config\nbootcmd:\n  - %s/bin/bosky install --now --project shop\n"
                      .formatted(UNPACKED));
      boot.await(LONG);
      awaitAgent(boot);

      assertEquals(1, service.outcomes().size(), service.told(boot));
      assertEquals("success", verdict(service.outcomes().get(0)), service.told(boot));
      assertTrue(run(boot, "bosky", "--version").contains("Java 25."));
      assertEquals("", run(boot, "systemd-analyze", "verify", "bosky.service"));
      // Not of the machine, whose own Java is another one.
      assertTrue(
          run(boot, "readlink", "-f", "/usr/local/bin/bosky").startsWith("/opt/bosky/versions/"));
    }
  }

  /** As in an image that is made by booting it: the package starts nothing, the next boot does. */
  @Test
  void deb_underSystemd_isStartedByTheNextBoot() throws Exception {
    RealMachine.assumeInstalled("/usr/bin/dpkg");
    try (ServiceMachine service = ServiceMachine.create("timeout: 60s")) {
      RealBoot making = service.machine().bootUnderSystemd("#cloud-config\n{}\n");
      making.await(LONG);
      Files.copy(UnpackedArchive.file(".deb"), service.machine().file("/bosky.deb"));
      run(making, "dpkg", "-i", "/bosky.deb");
      assertEquals("inactive\n", run(making, "sh", "-c", "systemctl is-active bosky || true"));

      RealBoot boot = service.machine().reboot();
      boot.await(LONG);
      awaitAgent(boot);

      assertEquals(1, service.outcomes().size(), service.told(boot));
      assertEquals("success", verdict(service.outcomes().get(0)), service.told(boot));
      run(boot, "systemctl", "start", "--no-block", "bosky");
      run(boot, "dpkg", "-r", "bosky");
      String left =
          "systemctl list-unit-files --no-legend 'bosky*'; find /opt -name 'bosky*'; true";
      assertEquals("", run(boot, "sh", "-c", left));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
