package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored files of this and of other builds: old disks stay readable, others are told apart. */
final class SpoolFormatTest {
  private static final String ONE = "0000000000000001.json";
  private static final String TWO = "0000000000000002.json";

  @TempDir private Path folder;

  private void store(String name, String resource) throws IOException {
    try (var in = SpoolFormatTest.class.getResourceAsStream("/spool/" + resource)) {
      Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private Spool open() {
    Spool spool = Spool.open(new DiskStorage(), folder, SpoolLimits.DISK, List.of("eventbridge"));
    spool.cover();
    return spool;
  }

  private List<Event> events(Spool spool) {
    return spool.peek("eventbridge", 10, 1 << 20).stream().map(Spooled::event).toList();
  }

  private List<String> names() throws IOException {
    return new DiskStorage().list(folder);
  }

  @Test
  void whole_isReadAsItWasWritten() throws IOException {
    store(ONE, "event-1.json");

    Event event = events(open()).get(0);

    assertEquals("8f0c5b0e2d7a4c1f9e6b3a5d8c7f1e20", event.id());
    assertEquals(Kind.OUTCOME, event.kind());
    assertEquals("2026-01-02T03:04:05.678Z", event.time().toString());
    assertEquals("{\"Status\":\"fail\",\"Message\":\"é\"}", event.detail());
    assertEquals(
        Files.readString(folder.resolve(ONE)).strip(),
        new String(dev.bosky.event.EventCodec.encode(event), StandardCharsets.UTF_8),
        "written as it is read");
  }

  @Test
  void halfWrittenAndEmpty_areMovedAsideAndCounted() throws IOException {
    store(ONE, "event-half.json");
    Files.createFile(folder.resolve(TWO));
    store("0000000000000003.json", "event-1.json");

    Spool spool = open();

    assertEquals(1, events(spool).size());
    assertEquals(new Lost(0, 0, 0, 2), spool.lost());
    assertTrue(names().containsAll(List.of(ONE + ".corrupt", TWO + ".corrupt")), names() + "");
    assertEquals(new Lost(0, 0, 0, 2), open().lost(), "counted once");
  }

  @Test
  void neverWhole_isRemoved() throws IOException {
    store(ONE + ".tmp", "event-half.json");

    assertEquals(0, open().size());
    assertEquals(List.of(), names());
  }

  @Test
  void newerVersion_isLeftForTheNewerBuild() throws IOException {
    store(ONE, "event-newer.json");
    store(TWO, "event-1.json");

    Spool spool = open();

    assertEquals(1, events(spool).size());
    assertEquals(0, spool.lost().total());
    assertTrue(names().contains(ONE), names() + "");
  }

  @Test
  void foreignFiles_areLeftAlone() throws IOException {
    Files.writeString(folder.resolve("README"), "hands off");
    Files.createDirectory(folder.resolve("0000000000000009.json"));

    assertEquals(0, open().size());
    assertEquals(List.of("README"), names());
  }

  @Test
  void ledgerOfAnOlderRun_isTakenUp() throws IOException {
    store("lost.json", "lost-1.json");

    assertEquals(new Lost(12, 3, 1, 2), open().lost());
  }

  @Test
  void ledgerHalfWritten_isSetAsideAndCountingBeginsAnew() throws IOException {
    Files.writeString(folder.resolve("lost.json"), "{\"version\":1,\"crc32c\":\"0000");

    assertEquals(Lost.NONE, open().lost());
    assertEquals(List.of("lost.json.corrupt-1"), names());
  }
}
