package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are renamed, replaced, compressed and deleted, with the agent there and away. */
class TailerRotationTest {
  @TempDir Path folder;
  private Path log;
  private Tail tail;
  private LogWriter writer;

  @BeforeEach
  void tail() {
    log = folder.resolve("cloud-init-output.log");
    tail = new Tail(log);
    tail.poll();
    writer = LogWriter.appending(log);
  }

  @AfterEach
  void close() {
    tail.close();
    writer.close();
  }

  @Test
  void poll_readsARenamedFileOnWhileItsWriterKeepsItOpen() {
    writer.lines("one");
    tail.poll();
    writer.rename("cloud-init-output.log.1").lines("two");
    tail.poll();
    try (LogWriter fresh = LogWriter.appending(log)) {
      fresh.lines("four");
      writer.lines("three");
      tail.poll();
    }

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "0@8 #3", "1@0 #1"), tail.places());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_needsNoFileUnderTheNameForTheRestOfTheBoot() {
    writer.lines("one");
    tail.poll();
    writer.rename("cloud-init-output.log.1");
    for (String line : List.of("two", "three", "four")) {
      writer.lines(line);
      tail.poll();
      tail.restart();
    }
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_readsAllFilesOfSeveralRotationsBetweenTwoPolls() {
    writer.lines("one");
    tail.poll();
    writer.lines("one more").rotate("cloud-init-output.log.2");
    writer.lines("two").rotate("cloud-init-output.log.1");
    writer.lines("three");
    tail.poll();

    assertEquals(List.of("one", "one more", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1", "2@0 #1"), tail.places());
  }

  @Test
  void poll_readsSeveralRotationsThatLeaveNoFileUnderTheName() {
    writer.lines("one");
    tail.poll();
    writer.rotate("cloud-init-output.log.2").lines("two").rename("cloud-init-output.log.1");
    tail.poll();
    assertEquals(List.of("one", "two"), tail.texts());

    writer.reopen().lines("three").rename("cloud-init-output.log.0");
    tail.poll();
    assertEquals(List.of("one", "two", "three"), tail.texts());
  }

  @Test
  void poll_keepsTheOrderWhenTheFirstFileWasStillEmptyAtTheLastPoll() {
    tail.poll();
    writer.lines("one").copyTruncate("cloud-init-output.log.1").lines("two");
    tail.poll();

    assertEquals(List.of("one", "two"), tail.texts());
    assertEquals(List.of("0@0 #1", "1@0 #1"), tail.places());
  }

  @Test
  void poll_readsAllFilesOfRotationsWhileTheAgentWasAway() {
    writer.lines("one").write("tw");
    tail.poll();
    writer.write("o\n").rotate("cloud-init-output.log.2");
    writer.lines("three").rotate("cloud-init-output.log.1");
    writer.lines("four");
    tail.restart();
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1", "2@0 #1"), tail.places());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_givesTheSamePlacesWhenItReadsAgainAfterACrash() {
    writer.lines("one");
    tail.poll();
    TailPosition stored = tail.tailer().position();
    writer.lines("two").rotate("cloud-init-output.log.1").lines("three");
    tail.poll();
    List<String> places = tail.places().subList(1, 3);

    tail.start(stored);
    tail.poll();

    assertEquals(places, tail.places().subList(3, 5));
  }

  @Test
  void poll_goesOnInAFileThatWasRenamedAndIsStillWritten() {
    writer.lines("one");
    tail.poll();
    writer.rename("cloud-init-output.log.1");
    try (LogWriter fresh = LogWriter.appending(log)) {
      fresh.lines("two");
      tail.poll();
      tail.restart();
      tail.poll();
      writer.lines("late");
      fresh.lines("three");
      tail.poll();
    }

    assertEquals(List.of("one", "two", "late", "three"), tail.texts());
  }

  @Test
  void poll_readsNothingTwiceOfFilesThatItHoldsNoLonger() {
    tail.with(new TailLimits(100, 1000, Duration.ofSeconds(10), 2)).poll();
    for (int i = 9; i > 4; i--) {
      writer.lines("line " + i);
      tail.poll();
      writer.rotate("cloud-init-output.log." + i);
      tail.poll();
    }
    LogWriter.appending(folder.resolve("cloud-init-output.log.9")).lines("late").close();
    tail.poll();
    writer.rotate("cloud-init-output.log.4").lines("last");
    tail.poll();

    assertEquals(
        List.of("line 9", "line 8", "line 7", "line 6", "line 5", "late", "last"), tail.texts());
  }

  @Test
  void poll_readsADeletedFileOnWhileItsWriterKeepsItOpen() {
    writer.lines("one");
    tail.poll();
    writer.lines("two").delete().lines("three");
    tail.poll();
    writer.lines("four");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_tellsHowManyBytesWereMissedInAFileThatIsGone() {
    tail.with(new TailLimits(100, 4, Duration.ofSeconds(10), 8));
    writer.lines("one", "two", "three");
    tail.pollOnce();
    assertEquals(List.of("one"), tail.texts());
    writer.delete();
    tail.restart();
    tail.poll();

    assertEquals(List.of("bytes-missed 10"), tail.noticeCodes());
    assertEquals(
        "log " + log + " (generation 0) is gone: 10 bytes were not read",
        tail.notices.get(0).text());
  }

  @Test
  void poll_countsHalfALineThatWentWithItsFile() {
    writer.lines("one").write("half");
    tail.poll();
    writer.delete();
    tail.restart();
    tail.poll();

    assertEquals(List.of("one"), tail.texts());
    assertEquals(List.of("bytes-missed 4"), tail.noticeCodes());
  }

  @Test
  void poll_tellsThatMoreMayHaveBeenWrittenToAFileThatIsGone() {
    writer.lines("one");
    tail.poll();
    writer.lines("two").delete();
    tail.restart();
    tail.poll();
    tail.restart();
    tail.poll();

    assertEquals(List.of("bytes-missed 0"), tail.noticeCodes());
  }

  @Test
  void poll_countsExactlyWhatWasMissedInAFileThatWasCompressed() throws IOException {
    writer.lines("one");
    tail.poll();
    writer.lines("two", "three").rotate("cloud-init-output.log.1").lines("four");
    Gzip.compress(folder.resolve("cloud-init-output.log.1"));
    tail.restart();
    tail.poll();

    assertEquals(List.of("one", "four"), tail.texts());
    assertEquals("1@0 #1", tail.places().get(1));
    assertEquals(List.of("bytes-missed 10"), tail.noticeCodes());
  }

  @Test
  void poll_countsAWholeFileThatCameAndWasCompressedBetweenTwoPolls() throws IOException {
    writer.lines("one");
    tail.poll();
    writer.rotate("cloud-init-output.log.2").lines("two").rotate("cloud-init-output.log.1");
    writer.lines("three");
    Gzip.compress(folder.resolve("cloud-init-output.log.1"));
    tail.poll();
    tail.poll();

    assertEquals(List.of("one", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "2@0 #1"), tail.places());
    assertEquals(List.of("bytes-missed 4"), tail.noticeCodes());
  }

  @Test
  void poll_missesNothingInACompressedFileThatWasRead() throws IOException {
    writer.lines("one");
    tail.poll();
    writer.lines("two").rotate("cloud-init-output.log.1").lines("three");
    Gzip.compress(folder.resolve("cloud-init-output.log.1"));
    tail.poll();
    tail.restart();
    writer.lines("four");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_waitsUntilACompressedFileHasTakenItsOriginalsPlace() throws IOException {
    writer.lines("one");
    tail.poll();
    writer.lines("two").rotate("cloud-init-output.log.1").lines("three");
    Files.write(folder.resolve("cloud-init-output.log.1.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    tail.poll();
    Gzip.compress(folder.resolve("cloud-init-output.log.1"));
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_holdsNoMoreFilesOpenAfterTenThousandRotations() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      writer.lines("line " + i);
      expected.add("line " + i);
      if (i > 2) {
        Files.delete(folder.resolve("cloud-init-output.log." + (i - 3)));
      }
      if (i % 3 == 0) {
        tail.poll();
      }
      writer.rotate("cloud-init-output.log." + i);
      if (i == 100) {
        tail.poll();
      }
      if (i % 1000 == 999) {
        assertTrue(openFiles() <= TailLimits.DEFAULT.openFiles() + 1, () -> openFiles() + " open");
      }
    }
    tail.poll();

    assertEquals(expected, tail.texts());
    assertEquals(List.of(), tail.notices);
  }

  /** How many files in the folder this process has open. */
  private long openFiles() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOurs).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false; // Closed since it was listed.
    }
  }
}
