package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.LogWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailerTest {
  @TempDir Path folder;
  private Path log;
  private Tail tail;

  @BeforeEach
  void tail() {
    log = folder.resolve("cloud-init-output.log");
    tail = new Tail(log);
  }

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void poll_readsALogThatAppearsLaterFromItsFirstByte() {
    tail.poll();
    assertEquals(List.of(), tail.texts());

    LogWriter.appending(log).lines("one", "two").close();
    tail.poll();

    assertEquals(List.of("one", "two"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2"), tail.places());
  }

  @Test
  void poll_goesOnAtTheExactByteAfterARestart() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.lines("one", "two");
      tail.poll();

      tail.restart();
      tail.poll();
      writer.lines("three");
      tail.restart();
      tail.poll();
    }
    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "0@8 #3"), tail.places());
  }

  @Test
  void poll_readsARenamedFileOnWhileItsWriterKeepsItOpen() {
    try (LogWriter old = LogWriter.appending(log)) {
      tail.poll();
      old.lines("one");
      tail.poll();
      old.rename("cloud-init-output.log.1").lines("two");
      tail.poll();
      old.lines("three");
      tail.poll();
      try (LogWriter fresh = LogWriter.appending(log)) {
        fresh.lines("four");
        old.lines("three and a half");
        tail.poll();
      }
    }
    assertEquals(List.of("one", "two", "three", "three and a half", "four"), tail.texts());
    assertEquals("1@0 #1", tail.places().get(4));
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_readsBothFilesOfTwoRotationsBetweenTwoPolls() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.lines("one");
      tail.poll();
      writer.lines("one more").rotate("cloud-init-output.log.2");
      writer.lines("two").rotate("cloud-init-output.log.1");
      writer.lines("three");
      tail.poll();
    }
    assertEquals(List.of("one", "one more", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1", "2@0 #1"), tail.places());
  }

  @Test
  void poll_followsCopytruncate() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.lines("one");
      tail.poll();
      writer.lines("two").copyTruncate("cloud-init-output.log.1").lines("three");
      tail.poll();
    }
    assertEquals(List.of("one", "two", "three"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2", "1@0 #1"), tail.places());
    assertEquals(List.of(), tail.notices);
  }

  @Test
  void poll_noticesATruncatedFileThatIsLongerThanBeforeAgain() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.lines("one", "two");
      tail.poll();
      writer.truncate().lines("three", "four", "five");
      tail.poll();
    }
    assertEquals(List.of("one", "two", "three", "four", "five"), tail.texts());
    assertEquals("1@0 #1", tail.places().get(2));
    assertEquals(List.of("truncated 0"), tail.noticeCodes());
  }

  @Test
  void poll_joinsALineThatComesInTwoHalves() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.write("first ha");
      tail.poll();
      tail.restart();
      tail.poll();
      tail.pass(Duration.ofSeconds(9));
      tail.poll();
      writer.write("lf\n");
      tail.poll();
    }
    assertEquals(List.of("first half"), tail.texts());
  }

  @Test
  void poll_givesALastLineWithoutNewlineAfterTenQuietSeconds() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      writer.write("last");
      tail.poll();
      tail.pass(Duration.ofSeconds(10));
      tail.poll();
      tail.poll();
      assertEquals(List.of("last"), tail.texts());

      tail.restart();
      writer.write("\nnext\n");
      tail.poll();
    }
    assertEquals(List.of("last", "next"), tail.texts());
  }

  @Test
  void poll_readsAtMostItsBoundAndSaysThatThereIsMore() {
    tail.with(new TailLimits(100, 10, Duration.ofSeconds(10), 8));
    tail.poll();
    LogWriter.appending(log).lines("one", "two", "three", "four").close();

    assertTrue(tail.pollOnce());
    assertEquals(List.of("one", "two"), tail.texts());
    assertEquals(9, tail.tailer().backlog());
    assertFalse(tail.pollOnce());
    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
    assertEquals(0, tail.tailer().backlog());
  }

  @Test
  void quietFor_countsFromTheLastByte() {
    try (LogWriter writer = LogWriter.appending(log)) {
      tail.poll();
      tail.pass(Duration.ofSeconds(5));
      assertEquals(Duration.ofSeconds(5), tail.tailer().quietFor());
      writer.write("x");
      tail.poll();
      tail.pass(Duration.ofMillis(200));
      assertEquals(Duration.ofMillis(200), tail.tailer().quietFor());
    }
  }
}
