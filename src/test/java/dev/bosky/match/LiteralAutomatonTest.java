package dev.bosky.match;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search for many literals at once, beside looking for each by itself. */
class LiteralAutomatonTest {
  private final Random random = new Random(7);
  private final List<String> literals = new ArrayList<>();

  private LiteralAutomaton automaton(boolean onlyAtStart) {
    LiteralAutomaton.Entries entries = new LiteralAutomaton.Entries();
    for (int i = 0; i < literals.size(); i++) {
      entries.add(new Literal(literals.get(i), onlyAtStart), i);
    }
    return new LiteralAutomaton(entries, onlyAtStart);
  }

  private String text(String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static BitSet found(LiteralAutomaton automaton, String line) {
    BitSet found = new BitSet();
    automaton.scan(line.getBytes(US_ASCII), 0, line.length(), found);
    return found;
  }

  @Test
  void scan_findsWhatIsThere_andNothingElse() {
    for (int i = 0; i < 60; i++) {
      literals.add(text("abc", 1 + random.nextInt(5)));
    }
    LiteralAutomaton anywhere = automaton(false);
    LiteralAutomaton atStart = automaton(true);
    for (int round = 0; round < 2_000; round++) {
      String line = text("abcD", random.nextInt(20));
      BitSet expected = new BitSet();
      BitSet expectedAtStart = new BitSet();
      for (int i = 0; i < literals.size(); i++) {
        expected.set(i, line.contains(literals.get(i)));
        expectedAtStart.set(i, line.startsWith(literals.get(i)));
      }
      assertEquals(expected, found(anywhere, line), line);
      assertEquals(expectedAtStart, found(atStart, line), line);
    }
  }

  /** A team may have more than any table holds: what is beyond costs tries, and is not missed. */
  @Test
  void moreLiteralsThanTheTableHolds_areMissedNowhere() {
    for (int i = 0; i < 20_000; i++) {
      literals.add(text("abcdefghijklmnopqrstuvwxyz", 8));
    }
    for (boolean onlyAtStart : new boolean[] {false, true}) {
      LiteralAutomaton automaton = automaton(onlyAtStart);
      for (int i = 0; i < literals.size(); i += 97) {
        assertTrue(found(automaton, literals.get(i) + " and more").get(i), literals.get(i));
      }
      int always = found(automaton, "0123456789").cardinality();
      assertTrue(always > 0 && always < literals.size(), always + " were not looked for");
      assertTrue(automaton.tableBytes() <= 2L * LiteralAutomaton.MAX_STATES * 27);
    }
  }
}
