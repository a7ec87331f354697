package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is put an hour back or forward in the middle of a boot. */
class TailerClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private Path log;
  private Tail tail;
  private LogWriter writer;

  @BeforeEach
  void tail() {
    log = folder.resolve("cloud-init-output.log");
    tail = new Tail(log);
    tail.poll();
    writer = LogWriter.appending(log).lines("one");
    tail.poll();
  }

  @AfterEach
  void close() {
    tail.close();
    writer.close();
  }

  @Test
  void poll_readsFilesThatLookOlderThanTheBootSinceTheClockWasSetBack() throws IOException {
    tail.clock.putForward(HOUR.negated());
    writer.rotate("cloud-init-output.log.2").lines("two").rotate("cloud-init-output.log.1");
    writer.lines("three");
    written("cloud-init-output.log.1", HOUR.negated());
    written("cloud-init-output.log", HOUR.negated().plusSeconds(1));
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
  }

  @Test
  void poll_readsFilesRotatedWhileAwayAlthoughTheClockWasSetBack() throws IOException {
    tail.clock.putForward(HOUR.negated());
    writer.rotate("cloud-init-output.log.2").lines("two").rotate("cloud-init-output.log.1");
    writer.lines("three");
    written("cloud-init-output.log.1", HOUR.negated());
    written("cloud-init-output.log", HOUR.negated().plusSeconds(1));
    tail.with(
        Tail.signsBy("BOOT", tail.clock.instant().minusSeconds(60)), tail.tailer().position());
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "1@0 #1", "2@0 #1"), tail.places());
  }

  @Test
  void poll_keepsTheOrderWhenTheClockWasPutForward() throws IOException {
    tail.clock.putForward(HOUR);
    writer.rotate("cloud-init-output.log.2").lines("two").rotate("cloud-init-output.log.1");
    writer.lines("three");
    written("cloud-init-output.log.1", HOUR);
    written("cloud-init-output.log", HOUR.plusSeconds(1));
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
  }

  @Test
  void poll_waitsTenSecondsForTheRestOfALineWhateverTheWallClockDoes() {
    writer.write("half");
    tail.poll();
    tail.clock.putForward(HOUR);
    tail.poll();
    tail.clock.putForward(HOUR.multipliedBy(-2));
    tail.poll();
    assertEquals(List.of("one"), tail.texts());
    assertEquals(Duration.ZERO, tail.tailer().quietFor());

    tail.pass(Duration.ofSeconds(10));
    tail.poll();
    assertEquals(List.of("one", "half"), tail.texts());
  }

  private void written(String name, Duration fromNow) throws IOException {
    FileTime now = Files.getLastModifiedTime(log);
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(now.toInstant().plus(fromNow)));
  }
}
