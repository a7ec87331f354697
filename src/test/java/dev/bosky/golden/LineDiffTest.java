package dev.bosky.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static List<String> diff(String expected, String found) {
    return LineDiff.of(List.of(expected.split(" ")), List.of(found.split(" ")));
  }

  @Test
  void of_theSame_isEmpty() {
    assertEquals(List.of(), diff("a b c", "a b c"));
  }

  @Test
  void of_oneLineMore_tellsItAlone() {
    assertEquals(List.of("line 3:", "+ x"), diff("a b c d", "a b x c d"));
    assertEquals(List.of("line 5:", "+ x"), diff("a b c d", "a b c d x"));
  }

  @Test
  void of_oneLineLess_tellsItAlone() {
    assertEquals(List.of("line 1:", "- a"), diff("a b a c", "b a c"));
  }

  @Test
  void of_changesApart_tellsEachAtItsLine() {
    assertEquals(
        List.of("line 2:", "- b", "+ x", "line 4:", "- d", "+ y"), diff("a b c d e", "a x c y e"));
  }

  @Test
  void of_manyChanges_countsTheRest() {
    List<String> many = IntStream.range(0, LineDiff.MAX_SHOWN).mapToObj(i -> "x" + i).toList();
    List<String> more = new ArrayList<>(many);
    more.add("one more");

    List<String> atTheBound = LineDiff.of(List.of(), many.subList(1, many.size()));
    List<String> beyond = LineDiff.of(List.of(), more);

    assertEquals(LineDiff.MAX_SHOWN, atTheBound.size());
    assertEquals(LineDiff.MAX_SHOWN + 1, beyond.size());
    assertEquals("and 2 more lines", beyond.get(LineDiff.MAX_SHOWN));
  }

  /** Beyond the table's bound everything between the first and the last difference is told. */
  @Test
  void of_longTexts_doesNotGrow() {
    List<String> expected = IntStream.range(0, 5_000).mapToObj(i -> "a" + i).toList();
    List<String> found = IntStream.range(0, 5_000).mapToObj(i -> "b" + i).toList();

    List<String> diff = LineDiff.of(expected, found);

    assertEquals("- a0", diff.get(1));
    assertEquals("and 9961 more lines", diff.get(diff.size() - 1));
  }

  @Test
  void of_randomTexts_turnsOneIntoTheOther() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      List<String> expected = words(random);
      List<String> found = words(random);

      List<String> diff = LineDiff.of(expected, found);

      List<String> left = new ArrayList<>();
      long added = diff.stream().filter(line -> line.startsWith("+ ")).count();
      long removed = diff.stream().filter(line -> line.startsWith("- ")).count();
      assertEquals(found.size() - expected.size(), added - removed, diff.toString());
      apply(expected, diff, left);
      assertEquals(found, left, expected + " " + diff);
    }
  }

  /** What the difference says of the expected text: its lines, and those to put before them. */
  private static void apply(List<String> expected, List<String> diff, List<String> out) {
    int next = 0;
    for (String line : diff) {
      if (line.startsWith("line ")) {
        int group = Integer.parseInt(line.substring(5, line.length() - 1)) - 1;
        out.addAll(expected.subList(next, group));
        next = group;
      } else if (line.startsWith("- ")) {
        assertEquals(expected.get(next), line.substring(2));
        next++;
      } else {
        out.add(line.substring(2));
      }
    }
    out.addAll(expected.subList(next, expected.size()));
  }

  private static List<String> words(Random random) {
    return random.ints(random.nextInt(12), 0, 4).mapToObj(i -> "w" + i).toList();
  }
}
