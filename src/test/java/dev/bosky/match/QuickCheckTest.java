package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What RE2/J finds, no check before it may rule out: the literals, the first byte, the automaton.
 * Random expressions are held against random lines; the seed is in the message.
 */
class QuickCheckTest {
  private static final String[] PIECES = {
    "a",
    "b",
    "ab",
    "K",
    "s",
    "é",
    "ſ",
    "\\d",
    "\\w+",
    "\\s*",
    "\\S",
    ".",
    ".*",
    "[ab]",
    "[^a]",
    "[a-f0-9]+",
    "(?i)k",
    "(?i:sab)",
    "^",
    "$",
    "\\b",
    "\\B",
    "(?:a|b|)",
    "(?P<n>ab?)",
    "a{2,3}",
    "(?:ab){0,7}",
    "\\x41",
    "\\Qa.b\\E",
    "\\pL",
    "[[:alpha:]]",
    "|",
    "b*?",
    "x{9}",
    "\\A",
    "\\z",
    "[\\d-]",
    "\\.",
    "(?s).",
    "\\x{1F600}",
    "[K-s]",
    "(?:^|\\s)",
    "(?:$|:)"
  };

  private static final String[] WORDS = {
    "a",
    "b",
    "ab",
    "AB",
    "k",
    "K",
    "s",
    "S",
    "ſ",
    "\u212a",
    "é",
    "É",
    "0",
    "9",
    " ",
    "\t",
    ".",
    "a.b",
    "aab",
    "xxxxxxxxx",
    "😀",
    ":",
    "-",
    "A",
    "\ufffd",
    "ababab"
  };

  private static String random(String[] pieces, int max, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @Test
  void checks_neverRuleOutWhatMatches() {
    int compared = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      String text = random(PIECES, 6, random);
      Optional<Pattern> pattern = compile(text);
      if (pattern.isEmpty()) {
        continue;
      }
      Expression expression = Expression.of(text);
      Prefilter prefilter = new Prefilter(List.of(expression.requirements()));
      LazyDfa automaton = expression.quickCheck(new LazyDfa.Room(Long.MAX_VALUE)).orElseThrow();
      for (int i = 0; i < 20; i++) {
        String line = random(WORDS, 6, random);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (pattern.get().matcher(line).find()) {
          String where = "seed " + seed + ": '" + text + "' in '" + line + "'";
          compared++;
          BitSet candidates = prefilter.scan(bytes, 0, bytes.length, new Prefilter.Room());
          assertTrue(candidates.get(0), "prefilter, " + where);
          assertTrue(automaton.perhaps(bytes, 0, bytes.length), "automaton, " + where);
        }
      }
    }
    assertTrue(compared > 5_000, "matches compared: " + compared);
  }

  /** RE2/J and our parser agree on what is an expression. */
  private static Optional<Pattern> compile(String text) {
    boolean ours;
    try {
      Expression.compile(text);
      ours = true;
    } catch (ExpressionException e) {
      ours = false;
    }
    try {
      Pattern pattern = Pattern.compile(text);
      assertTrue(ours, "only RE2/J takes '" + text + "'");
      return Optional.of(pattern);
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  @Test
  void automaton_rulesOutNearlyAllThatDoesNotMatch() {
    int wrong = 0;
    int all = 0;
    List<Marker> markers =
        PatternLoader.load(List.of(PatternSource.shipped(Path.of("patterns")))).set().list();
    List<String> lines = new ArrayList<>(EverydayLines.ALL);
    markers.forEach(m -> m.examples().ignore().forEach(line -> lines.add(line.text())));
    for (Marker marker : markers.subList(0, 60)) {
      LazyDfa automaton = marker.match().quickCheck(new LazyDfa.Room(Long.MAX_VALUE)).orElseThrow();
      for (String line : lines) {
        if (!marker.match().foundIn(line)) {
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          all++;
          wrong += automaton.perhaps(bytes, 0, bytes.length) ? 1 : 0;
        }
      }
    }
    assertTrue(wrong * 100 < all, wrong + " of " + all);
  }

  @Test
  void perhaps_givesUpWhenAnExpressionNeedsTooManyStates() {
    Expression expression = Expression.of("a[ab]{0,3}b[ab]{3}a[ab]{4}(?:a[ab]{4}|b[ab]{3})c");
    LazyDfa automaton = expression.quickCheck(new LazyDfa.Room(Long.MAX_VALUE)).orElseThrow();
    Random random = new Random(1);
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(2));
    }

    assertTrue(automaton.perhaps(bytes, 0, bytes.length));
    assertTrue(automaton.perhaps(bytes, 0, 0), "from then on it is always \"perhaps\"");
  }

  @Test
  void perhaps_givesUpWhenThereIsNoRoomAndGivesItsOwnBack() {
    LazyDfa.Room room = new LazyDfa.Room(600);
    LazyDfa automaton = Expression.of("[ab]{3}c").quickCheck(room).orElseThrow();
    byte[] bytes = "aabbxaabaxbbbxab".repeat(10).getBytes(StandardCharsets.US_ASCII);

    assertTrue(automaton.perhaps(bytes, 0, bytes.length));
    assertEquals(600, room.bytesLeft());
  }

  @Test
  void required_findsTheTellingTexts() {
    assertEquals("[[unable to locate]]", literals("Unable to locate"));
    assertEquals("[[^e: ]]", literals("^E: "));
    assertEquals("[[errno , error ]]", literals("(?:error|errno) \\d*"));
    assertEquals("[[cannot ], [ open,  read]]", literals("cannot \\w (?:open|read)"));
    assertEquals("[]", literals("\\d+"));
  }

  private static String literals(String expression) {
    return Expression.of(expression).requirements().allOf().stream()
        .map(
            set ->
                set.stream()
                    .map(literal -> (literal.atStart() ? "^" : "") + literal.text())
                    .sorted()
                    .toList())
        .toList()
        .toString();
  }
}
