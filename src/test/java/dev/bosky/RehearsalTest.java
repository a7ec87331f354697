package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void lines_areWhatStandsBetweenTheWords() {
    List<String> words = List.of("--info", "a b", Rehearsal.NEXT, "replay", "log");

    assertEquals(
        List.of(List.of("--info", "a b"), List.of("replay", "log")), Rehearsal.lines(words));
  }
}
