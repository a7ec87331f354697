package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.RealMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code cloud-config/} as user data of real boots. */
class CloudConfigIT {

  @ParameterizedTest
  @ValueSource(strings = {"bootcmd.yaml", "runcmd.yaml"})
  void file_whereItsUnitCannotStart_tellsAndDoesNotFailTheBoot(String name) throws Exception {
    try (RealMachine machine = RealMachine.create("i-0123456789abcdef0")) {
      // The machine has no systemd running, so systemd-run refuses.
      machine.boot(Files.readString(Path.of("cloud-config", name))).await(Duration.ofMinutes(3));

      String log = Files.readString(machine.log());
      assertTrue(log.contains("bosky: not started, the boot goes on without it"), log);
      assertEquals(
          "[]", new ObjectMapper().readTree(machine.result().toFile()).at("/v1/errors").toString());
    }
  }
}
