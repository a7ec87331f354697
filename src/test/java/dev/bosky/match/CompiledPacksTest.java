package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped packs in their compiled form, beside what their YAML says. */
class CompiledPacksTest {
  @TempDir Path folder;

  @BeforeEach
  void compile() throws IOException {
    try (Stream<Path> shipped = Files.list(Path.of("patterns"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    PackWriter.main(folder.toString());
  }

  private List<Path> packs() {
    return PatternLoader.files(PatternSource.shipped(folder), new ArrayList<>());
  }

  private PatternSet watched() {
    PatternWatch watch = new PatternWatch(List.of(PatternSource.shipped(folder)));
    assertEquals(List.of(), watch.loaded().problems());
    return watch.set();
  }

  private PatternSet parsed() {
    return PatternLoader.load(List.of(PatternSource.shipped(folder))).set();
  }

  private boolean isKnown(Path file) throws IOException {
    return CompiledPacks.of(folder).find(file, Files.readAllBytes(file), 0).isPresent();
  }

  private static boolean hasExamples(PatternSet set) {
    return set.list().stream().anyMatch(marker -> !marker.examples().match().isEmpty());
  }

  @Test
  void everyFile_isReadAsItsYamlSays_butForItsExamples() throws IOException {
    CompiledPacks compiled = CompiledPacks.of(folder);
    for (Path path : packs()) {
      List<Problem> problems = new ArrayList<>();
      PatternFile yaml =
          PatternLoader.read(path, true, 7, CompiledPacks.NONE, problems).orElseThrow();
      PatternFile read = compiled.find(path, Files.readAllBytes(path), 7).orElseThrow();

      assertEquals(withoutExamples(yaml), read);
      for (int i = 0; i < read.markers().size(); i++) {
        Marker expected = yaml.markers().get(i);
        Marker found = read.markers().get(i);
        assertSame(expected.match(), found.match());
        assertEquals(expected.until().isPresent(), found.until().isPresent());
        expected.until().ifPresent(until -> assertSame(until, found.until().orElseThrow()));
      }
    }
    assertEquals(parsed().hash(), watched().hash());
    assertFalse(hasExamples(watched()), "it was not the YAML that was read");
  }

  /** Two expressions are equal by their text; here all that is known of them has to be the same. */
  private static void assertSame(Expression expected, Expression found) {
    assertEquals(expected.text(), found.text());
    assertEquals(expected.requirements(), found.requirements(), expected::text);
    assertEquals(expected.matchesEmpty(), found.matchesEmpty(), expected::text);
    assertEquals(expected.names(), found.names(), expected::text);
    assertEquals(expected.groups(), found.groups(), expected::text);
  }

  private static PatternFile withoutExamples(PatternFile file) {
    return new PatternFile(
        Place.of(file.source()),
        file.pack(),
        file.shipped(),
        file.level(),
        file.disable(),
        file.mask(),
        file.markers().stream().map(CompiledPacksTest::withoutExamples).toList());
  }

  private static Marker withoutExamples(Marker m) {
    return new Marker(
        m.pack(),
        m.id(),
        m.shipped(),
        m.team(),
        m.project(),
        m.status(),
        m.match(),
        m.message(),
        m.decides(),
        m.stages(),
        m.logs(),
        m.clearedBy(),
        m.until(),
        m.context(),
        m.limit(),
        m.required(),
        Marker.Examples.NONE,
        m.place());
  }

  /** What no shipped file uses today, one may use tomorrow. */
  @Test
  void everyKey_isKept() throws IOException {
    Path file = folder.resolve("all.yaml");
    Files.writeString(
        file,
        """
        pack: all
        team: payments
        project: shop
        logs: [output, /var/log/a.log]
        define: {w: '\\w+'}
        disable: ['ruby/*']
        mask: ['sesame-(?P<secret>\\w+)']
        markers:
          - id: one
            status: fail
            match: '(?i)^é (?P<what>${w}|)x'
            message: 'no ${what}'
            decisive: if-unhandled
            stages: [init, modules-final]
            logs: [cloud-init]
            cleared_by: '^${what} is back'
            until: '^(?P<last>end)?z'
            context: 0
            limit: 77
            examples: {match: ['é x'], ignore: ['y']}
          - {id: two, status: success, match: '^ready', required: 90s,
             examples: {match: [ready], ignore: [y]}}
          - {id: three, status: info, match: '^on$', required: end,
             examples: {match: ['on'], ignore: [y]}}
          - {id: four, status: ignore, match: 'off',
             examples: {match: ['off'], ignore: [y]}}
        """);
    List<Problem> problems = new ArrayList<>();
    PatternFile yaml =
        PatternLoader.read(file, true, 0, CompiledPacks.NONE, problems).orElseThrow();
    assertEquals(List.of(), problems);
    Files.write(folder.resolve(CompiledPacks.FILE), PackWriter.compiled(List.of(yaml)));

    PatternFile read =
        CompiledPacks.of(folder).find(file, Files.readAllBytes(file), 0).orElseThrow();

    assertEquals(withoutExamples(yaml), read);
    assertSame(yaml.mask().get(0), read.mask().get(0));
    assertSame(yaml.markers().get(0).match(), read.markers().get(0).match());
    assertSame(
        yaml.markers().get(0).until().orElseThrow(), read.markers().get(0).until().orElseThrow());
  }

  @Test
  void changedFile_isReadItself() throws IOException {
    Path file = packs().get(0);
    assertTrue(isKnown(file));
    String before = watched().hash();
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("status: (info|fail)", "status: ignore "));
    assertFalse(isKnown(file));
    assertTrue(isKnown(packs().get(1)));
    assertEquals(parsed().hash(), watched().hash());
    assertNotEquals(before, watched().hash());

    Files.writeString(file, text);
    assertTrue(isKnown(file));
  }

  @Test
  void fileOfThatNameElsewhere_isReadItself() throws IOException {
    Path file = packs().get(0);
    Path team = Files.createDirectory(folder.resolve("team"));
    Files.writeString(team.resolve(file.getFileName()), "pack: mine\nmarkers: []\n");
    PatternWatch watch =
        new PatternWatch(List.of(PatternSource.shipped(folder), PatternSource.site(team)));

    assertEquals(
        Optional.of("mine"),
        watch.loaded().files().stream()
            .filter(read -> !read.shipped())
            .map(PatternFile::pack)
            .findFirst());
  }

  @Test
  void damagedForm_costsTimeOnly() throws IOException {
    Path form = folder.resolve(CompiledPacks.FILE);
    byte[] good = Files.readAllBytes(form);
    for (int at : new int[] {0, 3, 7, 20, good.length / 2, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      Files.write(form, bad);
      assertFalse(isKnown(packs().get(0)), "byte " + at);
    }
    for (int length : new int[] {0, 3, 4, 8, good.length / 2, good.length - 1}) {
      Files.write(form, java.util.Arrays.copyOf(good, length));
      assertFalse(isKnown(packs().get(0)), length + " bytes");
    }
    assertEquals(parsed().hash(), watched().hash());
    assertTrue(hasExamples(watched()), "the YAML was read");
    Files.delete(form);
    assertEquals(parsed().hash(), watched().hash());
  }

  @Test
  void fileWithAnError_isNotCompiled() throws IOException {
    Path bad = folder.resolve("zz.yaml");
    Files.writeString(bad, "pack: zz\nmarkers:\n  - {id: a, status: fail, match: '('}\n");

    IOException error = assertThrows(IOException.class, () -> PackWriter.main(folder.toString()));

    assertTrue(error.getMessage().contains("zz.yaml:3:"), error.getMessage());
  }
}
