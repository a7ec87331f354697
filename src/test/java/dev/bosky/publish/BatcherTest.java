package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.spool.Spooled;
import dev.bosky.testing.Events;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BatcherTest {
  private static List<Spooled> ofSizes(int... bytes) {
    return java.util.stream.IntStream.range(0, bytes.length)
        .mapToObj(i -> new Spooled(i + 1, Events.ofSize("e" + i, bytes[i])))
        .toList();
  }

  private static int sizeOfFirst(List<Spooled> waiting) {
    return Batcher.first(waiting).size();
  }

  @Test
  void sizeOf_countsAsTheServiceDoes() {
    Event event =
        new Event(
            "id-is-free",
            Kind.MARKER,
            Status.INFO,
            1,
            Instant.EPOCH,
            "sé",
            "User Data",
            List.of("i-0abc", "arn"),
            "the-bus-is-free",
            "{\"a\":\"🙂\"}");

    assertEquals(14 + 3 + 9 + (6 + 3) + 12, EventBridgeLimits.sizeOf(event));
  }

  @Test
  void first_takesTenEntries_notEleven() {
    List<Spooled> eleven =
        Stream.iterate(1, i -> i + 1)
            .limit(11)
            .map(i -> new Spooled(i, Events.info("e" + i)))
            .toList();

    assertEquals(10, sizeOfFirst(eleven.subList(0, 10)));
    assertEquals(10, sizeOfFirst(eleven));
  }

  @Test
  void first_staysUnderTheBytes_oneMoreIsTooMany() {
    assertEquals(2, sizeOfFirst(ofSizes(500_000, 499_999)));
    assertEquals(1, sizeOfFirst(ofSizes(500_000, 500_000)));
  }

  @Test
  void first_aLargeOneIsABatchOfItsOwn() {
    assertEquals(1, sizeOfFirst(ofSizes(1_000_000, 100)));
    assertEquals(1, sizeOfFirst(ofSizes(2_000_000, 100)));
    assertEquals(1, sizeOfFirst(ofSizes(100, 1_000_000)));
  }

  @Test
  void first_ofNothingIsNothing() {
    assertEquals(0, sizeOfFirst(List.of()));
  }
}
