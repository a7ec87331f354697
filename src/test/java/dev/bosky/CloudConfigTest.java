package dev.bosky;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code cloud-config/}, held against cloud-init's own schema by the installed
 * cloud-init.
 */
class CloudConfigTest {

  @BeforeAll
  static void needCloudInit() {
    RealMachine.assumeInstalled("/usr/bin/cloud-init");
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("cloud-config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isValidCloudConfig(Path file) throws Exception {
    Process schema = schema(file);

    String said = new String(schema.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, schema.waitFor(), said);
    assertTrue(said.startsWith("Valid cloud-config"), said);
  }

  @Test
  void schema_refusesWrongType(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), "#cloud-config\nruncmd: 3\n");

    assertNotEquals(0, schema(file).waitFor());
  }

  private static Process schema(Path file) throws IOException {
    return new ProcessBuilder("/usr/bin/cloud-init", "schema", "-c", file.toString())
        .redirectErrorStream(true)
        .start();
  }
}
