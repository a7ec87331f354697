package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is which: the same beginning, the same inode number, links, copies. */
class TailerIdentityTest {
  private static final String HEADER = "x".repeat(99) + "\n";

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
  void poll_tellsTwoFilesApartThatBeginWithTheSameKilobyte() {
    String same = HEADER.repeat(11);
    writer.write(same).lines("one");
    tail.poll();
    writer.rotate("cloud-init-output.log.1").write(same).lines("two");
    tail.restart();
    tail.poll();

    assertEquals(24, tail.lines.size());
    assertEquals("1@1100 #12", tail.places().get(23));
    assertEquals("two", tail.texts().get(23));
  }

  @Test
  void poll_tellsAFileMadeAnewUnderTheSameInode() throws IOException {
    String same = HEADER.repeat(11);
    writer.write(same).lines("one", "and a little more");
    tail.poll();
    TailPosition before = tail.tailer().position();
    writer.delete().reopen().write(same).lines("two", "and that is longer than what was there");
    tail.start(withKeys(before, FoundFile.at(log).key()));
    tail.poll();

    assertEquals("1@1100 #12", tail.places().get(24));
    assertEquals("two", tail.texts().get(24));
  }

  @Test
  void poll_doesNotTakeANewFileForAnEarlierOneThatWasEmpty() throws IOException {
    writer.rotate("cloud-init-output.log.1").lines("BOOT", "one");
    tail.start(TailPosition.NONE);
    tail.poll();
    TailPosition before = tail.tailer().position();
    assertEquals(2, before.files().size(), "the empty file is held too");
    writer.lines("two").rename("cloud-init-output.log.2");
    Files.delete(folder.resolve("cloud-init-output.log.1"));
    writer.reopen().lines("three");
    String reused = FoundFile.at(log).key();
    tail.start(withKeys(before, reused, before.files().get(1).key()));
    tail.poll();

    assertEquals(List.of("BOOT", "one", "two", "three"), tail.texts());
  }

  @Test
  void poll_followsALinkThatIsPointedElsewhere() throws IOException {
    Path link = folder.resolve("link.log");
    Path first = folder.resolve("a.txt");
    Path second = folder.resolve("b.txt");
    Files.createSymbolicLink(link, first);
    try (Tail linked = new Tail(link);
        LogWriter one = LogWriter.appending(first);
        LogWriter two = LogWriter.appending(second)) {
      linked.poll();
      one.lines("one");
      linked.poll();
      one.lines("two");
      two.lines("three");
      Path temp = folder.resolve("temp");
      Files.createSymbolicLink(temp, second);
      Files.move(temp, link, StandardCopyOption.ATOMIC_MOVE);
      linked.poll();

      assertEquals(List.of("one", "two", "three"), linked.texts());
      assertEquals("1@0 #1", linked.places().get(2));
    }
  }

  @Test
  void poll_readsRotatedFilesBesideTheFileThatALinkPointsTo() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.txt");
    Path link = folder.resolve("link.log");
    Files.createSymbolicLink(link, elsewhere);
    try (Tail linked = new Tail(link);
        LogWriter real = LogWriter.appending(elsewhere)) {
      linked.poll();
      real.lines("one");
      linked.poll();
      real.lines("two").rotate("real.txt.1").lines("three");
      linked.restart();
      linked.poll();

      assertEquals(List.of("one", "two", "three"), linked.texts());
      assertEquals(List.of(), linked.notices);
    }
  }

  @Test
  void poll_doesNotReadACopyMadeByHandAgain() {
    writer.lines("one", "two");
    tail.poll();
    writer.copy("cloud-init-output.log.bak").lines("three");
    tail.poll();
    writer.rotate("cloud-init-output.log.1").lines("four");
    tail.poll();

    assertEquals(List.of("one", "two", "three", "four"), tail.texts());
  }

  @Test
  void poll_doesNotReadACopyAgainThatWasMadeWhileAwayInTheMiddleOfALine() {
    writer.write("ha");
    tail.poll();
    writer.copy("cloud-init-output.log.bak");
    tail.restart();
    tail.poll();
    writer.lines("lf");
    tail.poll();

    assertEquals(List.of("half"), tail.texts());
    assertEquals(List.of("0@0 #1"), tail.places());
  }

  @Test
  void poll_readsAFileThatIsThePrefixOfAnEarlierOne() {
    writer.lines("header", "one");
    tail.poll();
    writer.rotate("cloud-init-output.log.2").lines("header").rotate("cloud-init-output.log.1");
    writer.lines("header", "two");
    tail.poll();

    assertEquals(List.of("header", "one", "header", "header", "two"), tail.texts());
  }

  /** The position as it would be if the files of then had had these inode numbers. */
  private static TailPosition withKeys(TailPosition position, String... keys) {
    List<FilePosition> files = new ArrayList<>();
    for (FilePosition file : position.files()) {
      files.add(
          new FilePosition(
              file.generation(),
              keys[files.size()],
              file.print(),
              file.place(),
              file.size(),
              file.modified()));
    }
    return new TailPosition(position.nextGeneration(), position.lastWritten(), files);
  }
}
