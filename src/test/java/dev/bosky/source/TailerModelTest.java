package dev.bosky.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of what happens to logs, done to real files and to a simple model of them: after
 * each poll the tailer must have given what the model says, in its order, and no more.
 *
 * <p>A failure prints the seed and what was done; {@code -Dtailer.seed=N} repeats that one, {@code
 * -Dtailer.sequences=N} does more of them.
 */
class TailerModelTest {
  private static final int SEQUENCES = 5_000;
  private static final int STEPS = 20;

  @TempDir Path folder;

  @Test
  void poll_givesEveryLineOnceInOrderWhateverHappensToTheFiles() throws IOException {
    String only = System.getProperty("tailer.seed");
    long first = only == null ? new Random().nextLong() : Long.parseLong(only);
    int sequences = only == null ? Integer.getInteger("tailer.sequences", SEQUENCES) : 1;
    for (int i = 0; i < sequences; i++) {
      long seed = first + i;
      Path sequence = Files.createDirectory(folder.resolve("s" + i));
      try (ModelRun run = new ModelRun(sequence, seed)) {
        for (int step = 0; step < STEPS; step++) {
          run.step();
        }
        run.poll();
      }
      deleteAll(sequence);
    }
  }

  private static void deleteAll(Path sequence) throws IOException {
    try (var files = Files.newDirectoryStream(sequence)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(sequence);
  }
}
