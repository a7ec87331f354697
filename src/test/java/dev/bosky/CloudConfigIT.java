package dev.bosky;

import static dev.bosky.testing.ServiceMachine.LONG;
import static dev.bosky.testing.ServiceMachine.awaitAgent;
import static dev.bosky.testing.ServiceMachine.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.boot.Stage;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.ServiceMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code cloud-config/} as user data of real boots, with a real download. */
@Tag("vm")
class CloudConfigIT {
  private static final Path FOLDER = Path.of("cloud-config");
  private static final String BASE = "https://downloads.example.com/bosky/bosky-1.0.0-linux";
  private static final String NOT_INSTALLED = "bosky: not installed, the boot goes on without it";
  private static final String NO_SUM = "0".repeat(64);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootcmd.yaml",
        "runcmd.yaml",
        "write-files.yaml",
        "vendor-data.yaml",
        "multipart.txt"
      })
  void file_installsAnAgentThatTellsTheBoot(String name) throws Exception {
    try (ServiceMachine service = ServiceMachine.create()) {
      String userData = forMachine(name, service);
      if (name.equals("vendor-data.yaml")) {
        service.machine().vendorData(userData);
        userData = "#!/bin/sh\necho hello\n";
      }
      RealBoot boot = service.machine().bootUnderSystemd(userData);
      Map<Stage, Integer> stages = boot.await(LONG);
      awaitAgent(boot);

      String log = Files.readString(service.machine().log());
      assertEquals(List.of(0, 0, 0, 0), List.copyOf(stages.values()), log);
      assertFalse(log.contains("bosky"), log);
      List<JsonNode> outcomes = service.outcomes();
      assertEquals(1, outcomes.size(), service.told(boot));
      assertEquals("success", verdict(outcomes.get(0)));
      assertEquals("my-project", service.entries().get(0).path("Source").asText());
      assertEquals("i-0123456789abcdef0", outcomes.get(0).at("/Instance/Id").asText());
      assertEquals(
          Files.readString(service.machine().bootId()).strip(),
          outcomes.get(0).at("/Boot/Id").asText());
      assertFalse(Files.exists(service.machine().file("/opt/bosky/.fetched")));
    }
  }

  /** It appears when the agent is at work already. */
  @Test
  void patternFileOfATeam_isInForce() throws Exception {
    try (ServiceMachine service = ServiceMachine.create()) {
      RealBoot boot =
          service
              .machine()
              .bootUnderSystemd(
                  forMachine("write-files.yaml", service)
                      + "runcmd:\n  - echo migration 0042_orders failed\n");
      boot.await(LONG);
      awaitAgent(boot);
      JsonNode outcome = service.outcomes().get(0);
      assertEquals("checkout/migration-failed", outcome.at("/Outcome/Reasons/0/Marker").asText());
      assertEquals("payments", outcome.path("Team").asText());
    }
  }

  private static String forMachine(String name, ServiceMachine service) throws Exception {
    return text(name).replace(BASE, served(service)).replace(NO_SUM, archive(service));
  }

  @Test
  void download_thatIsNotWhatWasMeant_isToldAndSkipped() throws Exception {
    try (ServiceMachine service = ServiceMachine.create()) {
      archive(service);
      RealBoot boot =
          service.machine().bootUnderSystemd(text("bootcmd.yaml").replace(BASE, served(service)));
      assertSkipped(service, boot, "has another checksum");
    }
  }

  @Test
  void download_thatHangs_isGivenUpAfterFifteenSeconds() throws Exception {
    try (ServiceMachine service = ServiceMachine.create()) {
      service.write(
          "/srv/serve.py",
          "import socket, time\ns = socket.create_server(('', 8000))\nwhile True: time.sleep(60)\n");
      serve(service, "/usr/bin/python3 /srv/serve.py");
      RealBoot boot =
          service
              .machine()
              .bootUnderSystemd(text("bootcmd.yaml").replace(BASE, "http://127.0.0.1:8000/bosky"));
      assertSkipped(service, boot, NOT_INSTALLED);
    }
  }

  private static void assertSkipped(ServiceMachine service, RealBoot boot, String words)
      throws Exception {
    Map<Stage, Integer> stages = boot.await(LONG);
    String log = Files.readString(service.machine().log());
    assertTrue(log.contains(words), log);
    assertTrue(log.contains(NOT_INSTALLED), log);
    assertEquals(List.of(0, 0, 0, 0), List.copyOf(stages.values()), log);
    JsonNode result = new ObjectMapper().readTree(service.machine().result().toFile());
    assertEquals("[]", result.at("/v1/errors").toString());
  }

  /** Makes the archive on the machine's disk; tells its checksum. */
  private static String archive(ServiceMachine service) throws Exception {
    Path archive =
        service
            .machine()
            .file(
                "/srv/files/bosky-"
                    + System.getProperty("os.arch").replace("amd64", "x86_64")
                    + ".tar.gz");
    Files.createDirectories(archive.getParent());
    Path home = Path.of(System.getProperty("bosky.distribution")).toAbsolutePath();
    Process tar =
        new ProcessBuilder(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                home.getParent().toString(),
                home.getFileName().toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(archive)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The machine has a network of its own, so the server is on it too. */
  private static String served(ServiceMachine service) throws IOException {
    serve(service, "/usr/bin/python3 -m http.server --directory /srv/files 8000");
    return "http://127.0.0.1:8000/bosky";
  }

  private static void serve(ServiceMachine service, String command) throws IOException {
    String unit =
        "[Unit]\nDefaultDependencies=no\nBefore=cloud-init.service\n[Service]\nExecStart="
            + command
            + "\n";
    service.write("/etc/systemd/system/serve.service", unit);
    Path wanted = service.machine().file("/etc/systemd/system/sysinit.target.wants/serve.service");
    Files.createDirectories(wanted.getParent());
    Files.createSymbolicLink(wanted, Path.of("../serve.service"));
  }

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }
}
