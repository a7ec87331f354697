package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a log that was there before the agent: this boot's part, and nothing older. */
class TailerStartTest {
  @TempDir Path folder;
  private Path log;
  private Tail tail;
  private Instant bootBegan;

  @BeforeEach
  void tail() throws IOException {
    log = folder.resolve("cloud-init-output.log");
    tail = new Tail(log);
    bootBegan = tail.clock.instant().minusSeconds(60);
    Files.setLastModifiedTime(folder, FileTime.from(bootBegan.minus(Duration.ofDays(9))));
  }

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void poll_beginsAtTheLastSignOfABoot() {
    write(log, "BOOT 1\nold\nBOOT 2\nnew\n");
    tail.poll();

    assertEquals(List.of("BOOT 2", "new"), tail.texts());
    assertEquals(List.of("0@11 #3", "0@18 #4"), tail.places());
  }

  @Test
  void poll_takesTheSubstituteSignWhereTheOtherIsNowhere() {
    write(log, "SECOND 1\nold\nSECOND 2\nnew\n");
    tail.poll();

    assertEquals(List.of("SECOND 2", "new"), tail.texts());
  }

  @Test
  void poll_doesNotTakeTheSubstituteSignThatFollowsTheOther() {
    write(log, "BOOT 1\nSECOND 1\nold\nBOOT 2\nearly\nSECOND 2\nnew\n");
    tail.poll();

    assertEquals(List.of("BOOT 2", "early", "SECOND 2", "new"), tail.texts());
  }

  @Test
  void poll_readsNothingOfALogThatThisBootHasNotWrittenTo() {
    write(log, "BOOT 1\nold\n");
    writtenAt(log, bootBegan.minusNanos(1));
    tail.poll();
    assertEquals(List.of(), tail.texts());

    LogWriter.appending(log).lines("BOOT 2", "new").close();
    tail.poll();
    assertEquals(List.of("BOOT 2", "new"), tail.texts());
    assertEquals("0@11 #3", tail.places().get(0));
  }

  @Test
  void poll_readsALogThatWasWrittenToAtTheVeryBeginningOfTheBoot() {
    write(log, "BOOT 1\nnew\n");
    writtenAt(log, bootBegan);
    tail.poll();

    assertEquals(List.of("BOOT 1", "new"), tail.texts());
  }

  @Test
  void poll_goesOnWithinALineThatAnEarlierBootLeftUnfinished() {
    write(log, "BOOT 1\nold without an end");
    writtenAt(log, bootBegan.minusSeconds(1));
    tail.poll();
    LogWriter.appending(log).lines("BOOT 2", "new").close();
    tail.poll();

    assertEquals(List.of("BOOT 2", "new"), tail.texts());
  }

  @Test
  void poll_readsALogWithoutSignsFromItsBeginningIfThisBootMadeIt() throws IOException {
    write(log, "one\ntwo\n");
    assumeTrue(
        FoundFile.at(log).made().isPresent(), "Java or the file system does not tell birth times");
    tail.poll();

    assertEquals(List.of("one", "two"), tail.texts());
  }

  @Test
  void poll_readsALogWithoutSignsFromItsSizeIfItIsOlderThanTheBoot() {
    write(log, "one\ntwo\n");
    tail.with(Tail.signsBy("BOOT", Instant.now().plusSeconds(3600)));
    writtenAt(log, Instant.now().plusSeconds(3700));
    tail.poll();
    LogWriter.appending(log).lines("three").close();
    tail.poll();

    assertEquals(List.of("three"), tail.texts());
    assertEquals(List.of("0@8 #3"), tail.places());
  }

  @Test
  void poll_readsTheRotatedFilesOfThisBootInTheOrderOfTheirTimes() {
    write(folder.resolve("cloud-init-output.log.1"), "middle\n");
    write(folder.resolve("cloud-init-output.log.7"), "BOOT 1\nold\nBOOT 2\nfirst\n");
    write(folder.resolve("cloud-init-output.log-20260101"), "before\nBOOT 1\n");
    write(log, "last\n");
    writtenAt(folder.resolve("cloud-init-output.log-20260101"), bootBegan.plusSeconds(1));
    writtenAt(folder.resolve("cloud-init-output.log.7"), bootBegan.plusSeconds(2));
    writtenAt(folder.resolve("cloud-init-output.log.1"), bootBegan.plusSeconds(3));
    tail.poll();

    assertEquals(List.of("BOOT 2", "first", "middle", "last"), tail.texts());
    assertEquals(List.of("1@11 #3", "1@18 #4", "2@0 #1", "3@0 #1"), tail.places());
  }

  @Test
  void poll_leavesOutRotatedFilesOfEarlierBootsAndOtherLogs() {
    write(folder.resolve("cloud-init-output.log.1"), "BOOT 0\nold\n");
    writtenAt(folder.resolve("cloud-init-output.log.1"), bootBegan.minusSeconds(1));
    write(folder.resolve("cloud-init-output.logs"), "another\n");
    write(folder.resolve("cloud-init.log"), "another\n");
    write(log, "BOOT 1\nnew\n");
    tail.poll();

    assertEquals(List.of("BOOT 1", "new"), tail.texts());
  }

  @Test
  void poll_readsWhatWasRenamedBeforeTheAgentCame() {
    LogWriter writer = LogWriter.appending(log).lines("BOOT 1", "one");
    writer.rename("cloud-init-output.log.1");
    tail.poll();
    writer.lines("two").close();
    tail.poll();

    assertEquals(List.of("BOOT 1", "one", "two"), tail.texts());
  }

  @Test
  void poll_tellsOfCompressedFilesOfThisBootUnlessItBeginsAfterThem() throws IOException {
    Path compressed = folder.resolve("cloud-init-output.log.2.gz");
    Gzip.write(compressed, "BOOT 1\n0123456789\n");
    writtenAt(compressed, bootBegan.plusSeconds(1));
    write(log, "rest\n");
    writtenAt(log, bootBegan.plusSeconds(2));
    tail.poll();
    assertEquals(List.of("bytes-missed 18"), tail.noticeCodes());

    tail.notices.clear();
    write(log, "BOOT 2\n");
    tail.start(TailPosition.NONE);
    tail.poll();
    assertEquals(List.of(), tail.noticeCodes());
  }

  @Test
  void poll_readsBackABoundedNumberOfRotatedFilesAndTellsTheRest() {
    for (int i = 0; i <= FirstLook.MOST_SIBLINGS; i++) {
      Path file = folder.resolve("cloud-init-output.log." + i);
      write(file, "line " + i + "\n");
      writtenAt(file, bootBegan.plusSeconds(i));
    }
    write(log, "BOOT 1\n");
    writtenAt(log, bootBegan.minusSeconds(1));
    tail.with(ThisBoot.withoutSigns(bootBegan));
    tail.poll();

    assertEquals(List.of("bytes-missed 7"), tail.noticeCodes());
  }

  private static void write(Path file, String text) {
    LogWriter.appending(file).write(text).close();
  }

  private static void writtenAt(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
