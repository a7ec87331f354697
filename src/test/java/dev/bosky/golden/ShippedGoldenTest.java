package dev.bosky.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The golden logs in {@code patterns/}: boots of the real cloud-init with user data of ours (see
 * {@code userdata/}), several pieces in one where the name says so.
 *
 * <p>A marker that changes what is told of one of them fails here. If it is meant, run {@code java
 * -Dbosky.home=. -jar target/bosky/lib/bosky.jar patterns test --update} and look at the change.
 */
class ShippedGoldenTest {
  private static final Path FOLDER = Path.of("patterns");

  @Test
  void goldenLogs_areTold_asExpected() throws IOException {
    GoldenRunner runner =
        new GoldenRunner(
            PatternLoader.load(List.of(PatternSource.shipped(FOLDER))).set().withExplicitMarkers(),
            InstantSource.system());

    GoldenLog.Found found = GoldenLog.beside(FOLDER);

    List<GoldenResult> others =
        found.logs().stream()
            .map(runner::test)
            .filter(result -> !(result instanceof GoldenResult.Passed))
            .toList();
    assertEquals(List.of(), others);
    assertEquals(List.of(), found.orphans());
    assertTrue(found.logs().size() >= 3, "golden logs: " + found.logs());
  }
}
