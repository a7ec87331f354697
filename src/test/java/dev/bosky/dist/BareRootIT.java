package dev.bosky.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.LocalBus;
import dev.bosky.dist.BareRoot.Kind;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive on a machine with next to nothing on it, and little that may be done: no Java, no
 * Python, no curl; {@code /usr} read-only, {@code /tmp} noexec, {@code HOME} unset, 512 MB of
 * memory.
 */
@EnabledIfSystemProperty(
    named = "bosky.archives",
    matches = ".+",
    disabledReason = "the archive is made by mvn -Pdist")
class BareRootIT {
  /** Where the operating system keeps the authorities that it trusts: Debian, Red Hat, SUSE. */
  private static final List<String> TRUST_STORES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem");

  private static BareRoot root;
  private static String bosky;

  @TempDir Path folder;

  @BeforeAll
  static void unpack() throws Exception {
    root = BareRoot.create();
    root.with(UnpackedArchive.file(".tar.gz"), "/opt/bosky.tar.gz");
    // By its own tar and gzip: nothing else is needed to get it there.
    CommandResult unpacked =
        root.run(
            Kind.OPEN, Map.of("PATH", "/usr/bin"), "tar", "-xf", "/opt/bosky.tar.gz", "-C", "/opt");
    assertEquals(new CommandResult(0, "", ""), unpacked);
    Files.delete(root.file("/opt/bosky.tar.gz"));
    CommandResult found = root.run(Kind.OPEN, Map.of(), "/bin/sh", "-c", "echo /opt/*/bin/bosky");
    bosky = found.out().strip();
  }

  @AfterAll
  static void throwAway() throws Exception {
    if (root != null) {
      root.close();
    }
  }

  /** Else the other tests would show nothing. */
  @Test
  void root_isBare_andItsLimitsHold() throws Exception {
    for (String program : List.of("java", "python3", "curl", "wget", "openssl", "systemctl")) {
      assertNotEquals(0, tight("command -v " + program).exitCode(), program);
    }
    assertTrue(tight("echo $HOME-unset").out().startsWith("-unset"));
    assertTrue(tight("touch /usr/new").err().contains("Read-only file system"));
    assertTrue(tight("cp /bin/true /tmp && exec /tmp/true").err().contains("Permission denied"));
    // tail has to remember all of it.
    String remember = "head -c %dM /dev/zero | tail -c 1G | wc -c";
    assertEquals("314572800", tight(remember.formatted(300)).out().strip());
    assertEquals("0", tight(remember.formatted(600)).out().strip());
  }

  @Test
  void version_isSaid() throws Exception {
    CommandResult said = root.run(Kind.TIGHT, Map.of(), bosky, "--version");

    assertEquals("", said.err());
    assertEquals(0, said.exitCode());
    assertTrue(said.out().startsWith("bosky "), said.out());
  }

  @Test
  void replay_tellsARecordedBoot() throws Exception {
    root.with(
        Path.of("src/main/resources/dev/bosky/demo/failing-boot").toAbsolutePath(), "/srv/boot");

    CommandResult said =
        root.run(
            Kind.TIGHT,
            Map.of(),
            bosky,
            "replay",
            "/srv/boot/cloud-init-output.log",
            "--result",
            "/srv/boot/result.json");

    assertEquals("", said.err());
    assertEquals(0, said.exitCode());
    // By a marker of the packs that come with the archive.
    assertTrue(
        said.out().startsWith("FAIL") && said.out().contains("is not in any repository"),
        said.out());
  }

  @Test
  void oneEvent_goesOverTls_toAnAuthorityOfTheOperatingSystem() throws Exception {
    Path keys = TestKeyStore.in(folder);
    Path certificate = TestKeyStore.certificateOf(keys);
    try (LocalBus bus = LocalBus.builder().tls(keys, TestKeyStore.PASSWORD).start()) {
      CommandResult untrusted = event(bus, "nobody trusts it");
      assertEquals(4, untrusted.exitCode(), untrusted.err());
      for (String store : TRUST_STORES) {
        root.with(certificate, store);
        CommandResult trusted = event(bus, store);
        Files.delete(root.file(store));

        assertEquals("", trusted.err(), store);
        assertEquals(0, trusted.exitCode(), store);
      }
      assertEquals(
          TRUST_STORES,
          bus.received().stream().map(e -> e.detail().path("Message").asText()).toList());
    }
  }

  private static CommandResult tight(String script) throws Exception {
    return root.run(Kind.TIGHT, Map.of("PATH", "/usr/sbin:/usr/bin"), "/bin/sh", "-c", script);
  }

  /** One event by hand; what cannot be sent stays in a state folder that no other call reads. */
  private static CommandResult event(LocalBus bus, String message) throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_EC2_METADATA_DISABLED", "true",
            "BOSKY_INSTANCE_ID", "i-0123456789abcdef0",
            "BOSKY_REGION", "eu-west-1",
            "BOSKY_STATE", "/var/lib/bosky-" + message.hashCode(),
            "BOSKY_ENDPOINT_URL", bus.endpoint().toString());
    return root.run(Kind.TIGHT, environment, bosky, "--info", message);
  }
}
