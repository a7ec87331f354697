package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void bound_doublesUpToTheMost() {
    List<Long> millis =
        IntStream.of(1, 2, 3, 9, 10, 11, 1000, Integer.MAX_VALUE)
            .mapToObj(n -> Backoff.DEFAULT.bound(n).toMillis())
            .toList();

    assertEquals(List.of(50L, 100L, 200L, 12_800L, 20_000L, 20_000L, 20_000L, 20_000L), millis);
  }

  @Test
  void delay_isSpreadOverTheWholeBound() {
    Random random = new Random(7);
    List<Long> delays =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Backoff.DEFAULT.delay(3, random).toMillis())
            .toList();

    assertTrue(delays.stream().allMatch(d -> d >= 0 && d <= 200));
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = tenth * 20L;
      long inTenth = delays.stream().filter(d -> d >= from && d < from + 20).count();
      assertTrue(inTenth > 800 && inTenth < 1200, from + " ms: " + inTenth);
    }
  }

  @Test
  void constructor_refusesWhatCannotBe() {
    assertThrows(
        IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
