package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are emptied under their writer, copied before or not. */
class TailerTruncationTest {
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
  void poll_readsTheRestOfAnEmptiedFileInItsCopy() {
    writer.lines("one");
    tail.poll();
    writer.lines("two").copyTruncate("cloud-init-output.log.1").lines("three");
    tail.poll();
    writer.lines("four");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1", "1@6 #2"), tail.places());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_doesNotReadACopyAgainThatItSawBeforeTheFileWasEmptied() {
    writer.lines("one");
    tail.poll();
    writer.lines("two").copy("cloud-init-output.log.1");
    tail.poll();
    writer.truncate().lines("three");
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals("1@0 #1", tail.places().get(2));
  }

  /** The file was whole when it was looked at, and is empty when the copy is held against it. */
  @Test
  void poll_doesNotReadACopyAgainWhenTheFileIsEmptiedJustThen() {
    Path copy = folder.resolve("cloud-init-output.log.1");
    List<Path> emptied = new ArrayList<>();
    tail.with(
            found -> {
              if (found.path().equals(copy) && emptied.isEmpty()) {
                emptied.add(copy);
                writer.truncate().lines("three");
              }
              return FileOpener.DISK.open(found);
            })
        .poll();
    writer.lines("one", "two");
    tail.poll();
    writer.copy("cloud-init-output.log.1");
    tail.poll();
    tail.poll();

    assertEquals(List.of(copy), emptied);
    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1"), tail.places());
    assertEquals(List.of(), tail.notices);

    emptied.clear();
    writer.copy("cloud-init-output.log.2");
    tail.restart();
    tail.poll();
    assertEquals(List.of("one", "two", "three"), tail.texts());
  }

  @Test
  void poll_readsEachFileOnceWhenTwoCopiesAreMadeBetweenTwoPolls() {
    writer.lines("one");
    tail.poll();
    writer.lines("two").copyTruncate("cloud-init-output.log.2");
    writer.lines("three").copyTruncate("cloud-init-output.log.1");
    writer.lines("four");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1", "2@0 #1"), tail.places());
  }

  @Test
  void poll_dropsTheHoleThatAWriterAtItsOwnPlaceLeaves() {
    try (LogWriter own = LogWriter.atItsOwnPlace(log)) {
      own.lines("one");
      tail.poll();
      own.lines("two").copyTruncate("cloud-init-output.log.1").lines("three");
      tail.poll();
      own.write("fo");
      tail.poll();
      own.copyTruncate("cloud-init-output.log.2").lines("ur", "five");
      tail.poll();
    }

    assertEquals(List.of("one", "two", "three", "fo", "ur", "five"), tail.texts());
    assertEquals("1@8 #1", tail.places().get(2));
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_noticesAnEmptiedFileThatIsLongerThanBeforeAgain() {
    writer.lines("one", "two");
    tail.poll();
    writer.truncate().lines("three", "four", "five");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four", "five"), tail.texts());
    assertEquals("1@0 #1", tail.places().get(2));
    assertEquals(List.of("truncated 0"), tail.noticeCodes());
  }

  @Test
  void poll_noticesAnEmptiedFileThatIsAsLongAsBefore() {
    writer.lines("one", "two");
    tail.poll();
    writer.truncate().lines("six", "ten");
    tail.poll();

    assertEquals(List.of("one", "two", "six", "ten"), tail.texts());
  }

  @Test
  void poll_noticesAFileThatIsEmptiedAndGrowsBetweenALookAndTheReadingAfterIt() {
    writer.lines("one").rename("cloud-init-output.log.1");
    try (LogWriter fresh = LogWriter.appending(log)) {
      fresh.lines("two");
      tail.poll();
      writer.lines("one more");
      List<String> given = new ArrayList<>();
      tail.tailer()
          .poll(
              news -> {
                given.add(((LogLine) news).text());
                fresh.truncate().lines("three", "four");
              });
      assertEquals(List.of("one more"), given);
      tail.poll();
    }

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
  }

  @Test
  void poll_countsBytesSeenAndNotReadInAnEmptiedFile() {
    tail.with(new TailLimits(100, 4, java.time.Duration.ofSeconds(10), 8));
    writer.lines("one", "two", "three");
    tail.pollOnce();
    writer.truncate();
    tail.poll();

    assertEquals(List.of("bytes-missed 10"), tail.noticeCodes());
    assertEquals(
        "log " + log + " was emptied after 4 bytes were read: 10 bytes were not read",
        tail.notices.get(0).text());
  }

  @Test
  void poll_givesHalfALineOfAnEmptiedFileBeforeWhatFollows() {
    writer.write("half");
    tail.poll();
    writer.copyTruncate("cloud-init-output.log.1").lines(" rest", "next");
    tail.poll();

    assertEquals(List.of("half", " rest", "next"), tail.texts());
  }

  @Test
  void poll_readsTheCopyOfAFileThatWasEmptiedWhileTheAgentWasAway() {
    writer.lines("one").write("tw");
    tail.poll();
    writer.lines("o").copyTruncate("cloud-init-output.log.1").lines("three");
    tail.restart();
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1"), tail.places());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_readsAFileThatWasEmptiedAndGrewWhileTheAgentWasAway() {
    writer.lines("one", "two");
    tail.poll();
    writer.truncate().lines("three", "four", "five");
    tail.restart();
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four", "five"), tail.texts());
    assertEquals(List.of("bytes-missed 0"), tail.noticeCodes());
  }

  @Test
  void poll_countsWhatWasMissedInACopyThatWasCompressed() throws IOException {
    writer.lines("one");
    tail.poll();
    writer.lines("two").copyTruncate("cloud-init-output.log.1").lines("three");
    Gzip.compress(folder.resolve("cloud-init-output.log.1"));
    tail.poll();

    assertEquals(List.of("one", "three"), tail.texts());
    assertEquals(List.of("bytes-missed 4"), tail.noticeCodes());
  }

  @Test
  void poll_readsOnInAFileThatWasEmptiedAndDeletedUnderItsWriter() {
    writer.lines("one");
    tail.poll();
    writer.truncate().delete().lines("two");
    tail.poll();
    writer.lines("three");
    tail.poll();

    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "1@0 #1", "1@4 #2"), tail.places());
  }
}
