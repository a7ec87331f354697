package dev.bosky.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void of_isTheFolderAroundTheJar() {
    Distribution distribution =
        Distribution.of(Optional.empty(), Path.of("/opt/bosky/lib/bosky.jar"));

    assertEquals(Path.of("/opt/bosky"), distribution.home());
    assertEquals(Path.of("/opt/bosky/patterns"), distribution.patterns());
  }

  @Test
  void of_prefersTheFolderNamed() {
    assertEquals(
        Path.of("/srv/bosky"),
        Distribution.of(Optional.of("/srv/bosky"), Path.of("/opt/bosky/lib/bosky.jar")).home());
  }

  @Test
  void ofThisProgram_isTheProjectWhereTheClassesAreRunAsCompiled() {
    assertTrue(Files.exists(Distribution.ofThisProgram().home().resolve("pom.xml")));
  }
}
