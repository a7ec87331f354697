package dev.bosky.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.PackagedBosky;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bosky bus} as packaged, with {@code bosky --info} as its client. */
@Timeout(120)
class BusIT {
  @TempDir Path folder;

  @Test
  void bus_printsWhatTheOneEventCallSent() throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("user-data.json"), "{\"detail-type\":[\"User Data\"]}");
    Files.writeString(
        rules.resolve("my-project-info.json"),
        """
        {"source":["my-project"],"detail-type":["User Data"],"detail":{"Status":["info"]}}""");
    ProcessBuilder bus =
        new ProcessBuilder(
                PackagedBosky.home().resolve("bin/bosky").toString(),
                "bus",
                "--rules",
                rules.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    bus.environment().clear();
    bus.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = bus.start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String greeting = out.readLine();
      String endpoint = greeting.substring(0, greeting.indexOf(' '));
      CommandResult sent =
          PackagedBosky.run(
              folder,
              Map.of(
                  "JAVA_HOME", System.getProperty("java.home"),
                  "AWS_ACCESS_KEY_ID", "any",
                  "AWS_SECRET_ACCESS_KEY", "any",
                  "AWS_EC2_METADATA_DISABLED", "true",
                  "BOSKY_STATE", folder.resolve("state").toString()),
              new byte[0],
              "--endpoint-url=" + endpoint,
              "--instance-id=i-123456",
              "--project=my-project",
              "--info",
              "I am an informational event");

      assertEquals(0, sent.exitCode(), sent.err());
      assertTrue(greeting.contains("rules: my-project-info, user-data"), greeting);
      String first = out.readLine();
      assertTrue(first.endsWith("  info     message  I am an informational event"), first);
      assertEquals(
          "my-project · User Data · met my-project-info, user-data", out.readLine().strip());
    } finally {
      process.destroy();
    }
  }
}
