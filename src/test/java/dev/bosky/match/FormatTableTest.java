package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the format in this package's documentation: no key without a test that is there. */
class FormatTableTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern ROW =
      Pattern.compile("(?m)^ \\* {3,5}(\\S.*?)? +(\\w+(?:Test|IT))#(\\w+)$");

  /** The tests of each key; a row without a key goes on with the one above. */
  private static Map<String, List<String>> table() throws IOException {
    Map<String, List<String>> table = new TreeMap<>();
    String key = "";
    Matcher row =
        ROW.matcher(Files.readString(Path.of("src/main/java/dev/bosky/match/package-info.java")));
    while (row.find()) {
      key = row.group(1) == null ? key : row.group(1).strip();
      table.computeIfAbsent(key, k -> new ArrayList<>()).add(row.group(2) + "#" + row.group(3));
    }
    return table;
  }

  @Test
  void everyKey_hasATest() throws IOException {
    Set<String> keys = new TreeSet<>(PatternFileReader.KEYS);
    keys.addAll(MarkerReader.KEYS);

    keys.removeAll(table().keySet());

    assertEquals(Set.of(), keys);
  }

  /** The README's example has every key, and is right in every line. */
  @Test
  void readme_showsEveryKey() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("## Pattern files"));
    String yaml = section.substring(section.indexOf("```yaml\n") + 8);
    yaml = yaml.substring(0, yaml.indexOf("```"));
    Set<String> keys = new TreeSet<>(PatternFileReader.KEYS);
    keys.addAll(MarkerReader.KEYS);
    for (String line : yaml.split("\n")) {
      keys.remove(line.replaceFirst("^[ -]*", "").replaceFirst(":.*", ""));
    }
    List<Problem> problems = new ArrayList<>();
    Optional<PatternFile> file = PatternLoader.parse("README", yaml, false, 0, problems);

    assertEquals(Set.of(), keys);
    assertEquals(List.of(), problems);
    assertEquals(
        List.of(),
        ExampleRunner.run(List.of(file.orElseThrow())).stream()
            .filter(result -> !result.passed())
            .toList());
  }

  @Test
  void everyTest_isThere() throws IOException {
    Map<String, Path> sources;
    try (Stream<Path> files = Files.walk(TESTS)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(
                  Collectors.toMap(
                      file -> file.getFileName().toString().replace(".java", ""),
                      file -> file,
                      (one, other) -> one));
    }
    Set<String> missing = new HashSet<>();
    int tests = 0;
    for (List<String> names : table().values()) {
      for (String name : names) {
        String[] words = name.split("#");
        Path source = sources.get(words[0]);
        tests++;
        if (source == null || !Files.readString(source).contains(" void " + words[1] + "(")) {
          missing.add(name);
        }
      }
    }

    assertEquals(Set.of(), missing);
    assertTrue(tests >= 50, "tests: " + tests);
  }
}
