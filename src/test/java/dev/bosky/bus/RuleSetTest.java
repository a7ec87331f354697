package dev.bosky.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {
  @TempDir Path folder;

  @Test
  void load_readsFilesAndFoldersInOrder() throws Exception {
    rule("rules/b.json", "{\"source\":[\"b\"]}");
    rule("rules/a.json", "{\"source\":[{\"prefix\":\"\"}]}");
    rule("rules/README", "not a rule");
    Path single = rule("z.rule", "{\"detail\":{\"Outcome\":{\"Silent\":[true]}}}");

    RuleSet rules = RuleSet.load(List.of(folder.resolve("rules"), single));

    assertEquals(List.of("a", "b", "z.rule"), rules.names());
    assertEquals(
        List.of("a", "b"), rules.match(Json.parseObject("{\"source\":\"b\",\"detail\":{}}")));
    assertEquals(
        List.of("a", "z.rule"),
        rules.match(
            Json.parseObject("{\"source\":\"c\",\"detail\":{\"Outcome\":{\"Silent\":true}}}")));
  }

  @Test
  void load_tellsWhereAFileIsWrong() throws Exception {
    assertWrong("{\n  \"source\": \"x\"\n}", ":2:14: no event pattern: \"source\" must be");
    assertWrong("{\"a\":[{\"nope\":1}]}", ":1:16: no event pattern: Unrecognized match type nope");
    assertWrong("", "no event pattern: ");
    assertWrong("{}", "no event pattern: Empty objects are not allowed");
  }

  private void assertWrong(String pattern, String expected) throws Exception {
    Path file = rule("wrong.json", pattern);
    RuleException e = assertThrows(RuleException.class, () -> RuleSet.load(List.of(file)));
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    if (!e.getMessage().startsWith(file + "") || !e.getMessage().contains(expected)) {
      assertEquals(file + expected, e.getMessage());
    }
  }

  @Test
  void load_refusesTwoOfOneNameAndAFolderWithout() throws Exception {
    Path one = rule("one/a.json", "{\"source\":[\"b\"]}");
    Path two = rule("two/a.json", "{\"source\":[\"b\"]}");
    Path empty = Files.createDirectory(folder.resolve("empty"));

    RuleException twice = assertThrows(RuleException.class, () -> RuleSet.load(List.of(one, two)));
    RuleException none = assertThrows(RuleException.class, () -> RuleSet.load(List.of(empty)));

    assertEquals(two + ": there is another rule named 'a'", twice.getMessage());
    assertEquals(empty + ": expected rule files *.json, found none", none.getMessage());
    assertThrows(
        NoSuchFileException.class, () -> RuleSet.load(List.of(folder.resolve("absent.json"))));
  }

  private Path rule(String name, String pattern) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, pattern);
  }
}
