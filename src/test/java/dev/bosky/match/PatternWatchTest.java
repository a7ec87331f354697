package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternWatchTest {
  @TempDir Path folder;

  private Path write(String name, String pack, String id, String match) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "pack: %s\nmarkers:\n  - {id: %s, status: info, match: '%s'}\n".formatted(pack, id, match));
  }

  private PatternWatch watch() {
    return new PatternWatch(List.of(PatternSource.site(folder)));
  }

  /** A change is taken at the second look that finds it. */
  private static PatternLoader.Loaded change(PatternWatch watch) {
    assertEquals(Optional.empty(), watch.poll(), "a file is not read while it is being written");
    return watch.poll().orElseThrow();
  }

  private static List<String> markers(PatternWatch watch) {
    return watch.set().list().stream().map(m -> m.key() + " " + m.match().text()).toList();
  }

  @Test
  void poll_saysNothingWhileNothingChanges() throws IOException {
    write("a.yaml", "a", "m", "one");
    PatternWatch watch = watch();

    assertTrue(watch.poll().isEmpty());
    assertTrue(watch.poll().isEmpty());
    assertEquals(List.of("a/m one"), markers(watch));
  }

  @Test
  void poll_takesWhatChanged_cameAndWent() throws IOException {
    write("a.yaml", "a", "m", "one");
    Path gone = write("b.yaml", "b", "m", "two");
    PatternWatch watch = watch();

    write("a.yaml", "a", "m", "one more");
    Files.delete(gone);
    write("c.yaml", "c", "m", "three");

    assertFalse(change(watch).hasErrors());
    assertEquals(List.of("c/m three", "a/m one more"), markers(watch));
    assertTrue(watch.poll().isEmpty());
  }

  @Test
  void poll_keepsTheOldVersionOfABadFile_andTakesTheOthers() throws IOException {
    write("a.yaml", "a", "m", "one");
    write("b.yaml", "b", "m", "two");
    PatternWatch watch = watch();

    write("a.yaml", "a", "m", "one more (");
    write("b.yaml", "b", "m", "two more");
    PatternLoader.Loaded loaded = change(watch);

    assertTrue(loaded.hasErrors());
    assertEquals(
        List.of(folder.resolve("a.yaml").toString()),
        loaded.problems().stream().map(problem -> problem.place().file()).toList());
    assertEquals(List.of("b/m two more", "a/m one"), markers(watch));
    assertTrue(watch.poll().isEmpty(), "it is told once");

    write("a.yaml", "a", "m", "mended");
    assertFalse(change(watch).hasErrors());
    assertEquals(List.of("b/m two more", "a/m mended"), markers(watch));
  }

  @Test
  void poll_keepsAFileWhosePackANewFileTakes() throws IOException {
    write("team.yaml", "team", "m", "one");
    PatternWatch watch = watch();

    write("a.yaml", "team", "other", "two");
    PatternLoader.Loaded loaded = change(watch);

    assertTrue(loaded.hasErrors());
    assertEquals(List.of("team/m one"), markers(watch));
  }

  @Test
  void poll_takesARenamedFile() throws IOException {
    Path old = write("a.yaml", "a", "m", "one");
    PatternWatch watch = watch();

    Files.move(old, folder.resolve("z.yaml"));

    assertFalse(change(watch).hasErrors());
    assertEquals(List.of("a/m one"), markers(watch));
  }

  @Test
  void poll_takesAFolderThatAppearsLater_andThatGoes() throws IOException {
    Path later = folder.resolve("later");
    PatternWatch watch = new PatternWatch(List.of(PatternSource.site(later)));
    assertEquals(List.of(), markers(watch));

    Files.createDirectory(later);
    Path file = write("later/a.yaml", "a", "m", "one");
    assertFalse(change(watch).hasErrors());
    assertEquals(List.of("a/m one"), markers(watch));

    Files.delete(file);
    Files.delete(later);
    assertFalse(change(watch).hasErrors());
    assertEquals(List.of(), markers(watch));
  }

  @Test
  void poll_keepsAFileNamedByOptionThatHasGone() throws IOException {
    Path named = write("a.yaml", "a", "m", "one");
    PatternWatch watch = new PatternWatch(List.of(PatternSource.given(named)));

    Files.delete(named);

    assertTrue(change(watch).hasErrors());
    assertEquals(List.of("a/m one"), markers(watch));
  }
}
