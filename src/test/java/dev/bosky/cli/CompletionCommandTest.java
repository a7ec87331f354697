package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path root;

  @Test
  void call_printsAScriptThatKnowsTheCommandsAndOptions() {
    CommandResult result = new TestMachine(root).run("completion");

    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("#!"), result.out());
    assertTrue(result.out().contains("permissions"));
    assertTrue(result.out().contains("--best-effort"));
  }
}
