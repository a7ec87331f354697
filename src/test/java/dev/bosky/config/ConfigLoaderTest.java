package dev.bosky.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final ConfigLoader LOADER =
      new ConfigLoader(
          List.of(
              new ConfigKey("project", ConfigKey.Shape.SINGLE, text -> {}),
              new ConfigKey("timeout", ConfigKey.Shape.SINGLE, DurationText::parse),
              new ConfigKey("log", ConfigKey.Shape.LIST, text -> {}),
              new ConfigKey("label", ConfigKey.Shape.MAP, text -> {})));

  @TempDir Path folder;

  @Test
  void load_readsTextsListsAndMappingsWithTheirPlace() throws IOException {
    Path file =
        write(
            """
            # a comment
            project: checkout
            timeout: 45m
            log: [/a, /b]
            label:
              tier: web
              zone: 1
            """);

    ConfigFile config = LOADER.load(file);

    assertEquals(List.of("checkout"), config.value("project").orElseThrow().texts());
    assertEquals(file + ":2:10", config.value("project").orElseThrow().place());
    assertEquals(List.of("/a", "/b"), config.value("log").orElseThrow().texts());
    assertEquals(List.of("tier=web", "zone=1"), config.value("label").orElseThrow().texts());
  }

  @Test
  void load_takesASingleTextForAListOfOne() throws IOException {
    assertEquals(List.of("/a"), LOADER.load(write("log: /a\n")).value("log").orElseThrow().texts());
  }

  @Test
  void load_takesAKeyWithoutValueForAbsent() throws IOException {
    assertTrue(LOADER.load(write("project:\n")).value("project").isEmpty());
  }

  @Test
  void load_readsAnEmptyFileAndOneOfComments() throws IOException {
    assertEquals(ConfigFile.EMPTY, LOADER.load(write("")));
    assertEquals(ConfigFile.EMPTY, LOADER.load(write("# nothing\n")));
  }

  @Test
  void load_tellsAllProblemsAtOnceWithTheirPlaces() throws IOException {
    Path file =
        write(
            """
            projct: x
            timeout: soon
            label: web
            log: {a: b}
            colour: red
            project: [a]
            log: /a
            log: /b
            """);

    ConfigException e = assertThrows(ConfigException.class, () -> LOADER.load(file));

    assertEquals(
        List.of(
            file + ":1:1: unknown key 'projct'; did you mean 'project'?",
            file
                + ":2:10: timeout: 'soon' is no duration;"
                + " write a number and a unit, such as 90s, 45m or 2h",
            file + ":3:8: label: expected a mapping of names to values, found a text",
            file + ":4:6: log: expected a list of texts, found a mapping",
            file + ":5:1: unknown key 'colour'; known are label, log, project, timeout",
            file + ":6:10: project: expected a text, found a list",
            file + ":7:1: log stands here a second time",
            file + ":8:1: log stands here a second time"),
        e.getMessage().lines().toList());
  }

  @Test
  void load_tellsWhereTheYamlIsBroken() throws IOException {
    Path file = write("project: x\nlabel: {a: b\n");

    ConfigException e = assertThrows(ConfigException.class, () -> LOADER.load(file));

    assertEquals(
        file
            + ":2:13: no valid YAML: while parsing a flow mapping,"
            + " expected ',' or '}', but got <stream end>",
        e.getMessage());
  }

  @Test
  void load_refusesAFileThatIsNoMapping() throws IOException {
    Path file = write("- project\n");

    ConfigException e = assertThrows(ConfigException.class, () -> LOADER.load(file));

    assertEquals(file + ":1:1: expected a mapping of keys to values, found a list", e.getMessage());
  }

  @Test
  void load_refusesASecondDocument() throws IOException {
    Path file = write("project: a\n---\nproject: b\n");

    ConfigException e = assertThrows(ConfigException.class, () -> LOADER.load(file));

    assertEquals(file + ":3:1: expected one document, found a second", e.getMessage());
  }

  @Test
  void load_refusesAFileAboveTheLimitAndReadsOneAtIt() throws IOException {
    int limit = ConfigLoader.MAX_FILE_BYTES;

    assertEquals(ConfigFile.EMPTY, LOADER.load(write("#" + "x".repeat(limit - 1))));
    ConfigException e =
        assertThrows(ConfigException.class, () -> LOADER.load(write("#" + "x".repeat(limit))));
    assertTrue(e.getMessage().contains("1000000 bytes"), e.getMessage());
  }

  @Test
  void load_leavesItToTheCallerThatThereIsNoFile() {
    assertThrows(NoSuchFileException.class, () -> LOADER.load(folder.resolve("absent.yaml")));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("bosky.yaml"), text);
  }
}
