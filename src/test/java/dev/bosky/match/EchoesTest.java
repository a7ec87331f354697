package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EchoesTest {
  private static final Marker MARKER =
      Lines.set("pack: p\nmarkers:\n  - {id: a, status: info, match: x}\n").list().get(0);

  private final Echoes echoes = new Echoes();

  @Test
  void isEcho_ofWhatAnotherLogHasSaid() {
    assertFalse(echoes.isEcho("output", MARKER, "x"));
    assertTrue(echoes.isEcho("user-data", MARKER, "x"));
    assertFalse(echoes.isEcho("user-data", MARKER, "x y"));
  }

  @Test
  void isEcho_countsWhatOneLogSaysTwice() {
    assertFalse(echoes.isEcho("output", MARKER, "x"));
    assertFalse(echoes.isEcho("output", MARKER, "x"));
    assertTrue(echoes.isEcho("user-data", MARKER, "x"));
    assertTrue(echoes.isEcho("user-data", MARKER, "x"));
    assertFalse(echoes.isEcho("user-data", MARKER, "x"));
    assertTrue(echoes.isEcho("output", MARKER, "x"));
  }

  @Test
  void isEcho_remembersAcrossARestart() {
    echoes.isEcho("output", MARKER, "x");

    Echoes restored = Echoes.fromJson(echoes.toJson());

    assertEquals(echoes.toJson(), restored.toJson());
    assertTrue(restored.isEcho("user-data", MARKER, "x"));
  }

  @Test
  void isEcho_forgetsNothingItKnows_andTakesNoMoreThanItsBound() {
    for (int i = 0; i < Echoes.MAX_HITS; i++) {
      echoes.isEcho("output", MARKER, "x" + i);
    }
    echoes.isEcho("output", MARKER, "one more");

    assertTrue(echoes.isEcho("user-data", MARKER, "x0"));
    assertTrue(echoes.isEcho("user-data", MARKER, "x" + (Echoes.MAX_HITS - 1)));
    assertFalse(echoes.isEcho("user-data", MARKER, "one more"));
  }

  @Test
  void block_thatAnotherLogHasTold_isSwallowedWhole() {
    MatchSession session =
        new MatchSession(
            Lines.set(
                """
                pack: python
                markers:
                  - id: traceback
                    status: fail
                    match: '^Traceback'
                    until: '^\\S'
                  - id: file
                    status: info
                    match: 'File'
                """),
            new MatchSettings(200, Set.of(Marker.OUTPUT, "user-data")));
    String[] block = {"Traceback (most recent call last):", "  File x", "E: end"};

    assertEquals(1, new Lines(session).feed(block).size());
    assertEquals(0, new Lines(session, "user-data").feed(block).size());
    assertEquals(1, session.counts().fail());
    assertEquals(0, session.counts().info());
  }
}
