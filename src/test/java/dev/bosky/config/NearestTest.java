package dev.bosky.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("project", "instance_id", "bus", "label");

  @Test
  void to_findsWhatIsMisspelt() {
    assertEquals(Optional.of("project"), Nearest.to("projct", NAMES));
    assertEquals(Optional.of("project"), Nearest.to("porject", NAMES));
    assertEquals(Optional.of("instance_id"), Nearest.to("instance-id", NAMES));
    assertEquals(Optional.of("label"), Nearest.to("labels", NAMES));
  }

  @Test
  void to_findsNothingForAnotherWord() {
    assertEquals(Optional.empty(), Nearest.to("colour", NAMES));
    assertEquals(Optional.empty(), Nearest.to("x", NAMES));
  }

  @Test
  void distance_countsASwapAsOne() {
    assertEquals(1, Nearest.distance("agnet", "agent"));
    assertEquals(0, Nearest.distance("agent", "agent"));
    assertEquals(5, Nearest.distance("", "agent"));
    assertEquals(5, Nearest.distance("agent", ""));
  }
}
