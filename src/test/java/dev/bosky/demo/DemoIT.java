package dev.bosky.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.PackagedBosky;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, from the packaged folder, with nothing in the environment. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void demo_showsLinesEventsRulesAndTheOutcomeWithItsEvidence() throws Exception {
    CommandResult said =
        PackagedBosky.run(folder, Map.of("PATH", System.getenv("PATH")), new byte[0], "demo");

    assertEquals(0, said.exitCode(), said::err);
    assertEquals("", said.err());
    assertTrue(said.out().contains("log    | E: Unable to locate package"), said::out);
    assertTrue(said.out().contains("rules met: all user data, info of my-project"), said::out);
    assertTrue(said.out().contains("The one verdict of this boot: FAIL"), said::out);
    assertTrue(said.out().contains("  > E: Unable to locate package"), said::out);
    assertFalse(said.out().contains("\u001b"), "colours in a pipe");
  }
}
