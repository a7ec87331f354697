package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are no files, that may not be read, whose disk fails or is full. */
class TailerTroubleTest {
  @TempDir Path folder;
  private Path log;
  private Tail tail;

  @BeforeEach
  void tail() {
    log = folder.resolve("out.log");
    tail = new Tail(log);
  }

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void poll_tellsOnceThatThePathIsAFolderAndReadsTheLogThatTakesItsPlace() throws IOException {
    Files.createDirectory(log);
    tail.poll().poll();
    assertEquals(
        List.of("log " + log + " cannot be read: is a folder, expected a regular file"),
        sentences());

    Files.delete(log);
    LogWriter.appending(log).lines("one").close();
    tail.poll();
    assertEquals(List.of("one"), tail.texts());
  }

  @Test
  void poll_tellsThatThePathIsAFifoAndDoesNotWaitForItsWriter() throws IOException {
    needs(ends("mkfifo", log.toString()), "mkfifo makes no FIFO here");
    tail.poll().poll();

    assertEquals(
        List.of("log " + log + " cannot be read: is a FIFO, expected a regular file"), sentences());
  }

  @Test
  void poll_tellsThatThePathIsASocket() throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(log));
      tail.poll().poll();
    }

    assertEquals(
        List.of("log " + log + " cannot be read: is a socket, expected a regular file"),
        sentences());
  }

  @Test
  void poll_readsARenamedLogOnWhenAFolderTakesItsPlace() throws IOException {
    tail.poll();
    try (LogWriter writer = LogWriter.appending(log)) {
      writer.lines("one");
      tail.poll();
      writer.rename("out.log.1");
      Files.createDirectory(log);
      writer.lines("two");
      tail.poll();
    }

    assertEquals(List.of("one", "two"), tail.texts());
    assertEquals(1, tail.notices.size());
  }

  @Test
  void poll_goesOnAtTheSameByteAfterAReadError() {
    FaultyOpener disk = new FaultyOpener();
    tail.with(disk).poll();
    try (LogWriter writer = LogWriter.appending(log)) {
      writer.lines("one");
      tail.poll();
      writer.lines("two");
      disk.failing = true;
      tail.poll().poll();
      assertEquals(List.of("one"), tail.texts());
      assertEquals(List.of("log " + log + " cannot be read: Input/output error"), sentences());

      disk.failing = false;
      tail.poll();
      disk.failing = true;
      tail.poll().poll();
    }

    assertEquals(List.of("one", "two"), tail.texts());
    assertEquals(List.of("0@0 #1", "0@4 #2"), tail.places());
    assertEquals(2, tail.notices.size(), "told anew once it was over");
  }

  @Test
  void poll_doesNotBeginAnewWhenTheLogCannotBeReadAfterARestart() {
    FaultyOpener disk = new FaultyOpener();
    tail.with(disk).poll();
    LogWriter.appending(log).lines("one").close();
    tail.poll();
    TailPosition before = tail.tailer().position();
    tail.restart();
    disk.failing = true;
    tail.poll().poll();
    assertEquals(before, tail.tailer().position());
    assertEquals(1, tail.notices.size());

    disk.failing = false;
    LogWriter.appending(log).lines("two").close();
    tail.poll();
    assertEquals(List.of("one", "two"), tail.texts());
  }

  @Test
  void poll_findsThisBootsPartOfALogThatCannotBeReadAtFirst() {
    FaultyOpener disk = new FaultyOpener();
    disk.failing = true;
    LogWriter.appending(log).lines("BOOT 1", "old", "BOOT 2", "new").close();
    tail.with(disk).poll().poll();
    assertEquals(1, tail.notices.size());
    assertEquals(TailPosition.NONE, tail.tailer().position());

    disk.failing = false;
    tail.poll();
    assertEquals(List.of("BOOT 2", "new"), tail.texts());
  }

  @Test
  void poll_readsTheLogAlthoughARotatedFileCannotBeRead() {
    FaultyOpener disk = new FaultyOpener();
    tail.with(disk).poll();
    try (LogWriter writer = LogWriter.appending(log)) {
      writer.lines("one");
      tail.poll();
      disk.neverOpens = folder.resolve("out.log.1");
      writer.rotate("out.log.2").lines("two").rotate("out.log.1").lines("three");
      tail.poll().poll();
    }

    assertEquals(List.of("one", "three"), tail.texts());
    assertEquals(1, tail.notices.size());
    assertTrue(
        sentences().get(0).startsWith("rotated log " + folder.resolve("out.log.1")),
        sentences().get(0));
  }

  @Test
  void poll_goesOnWhenPermissionIsGivenLater() throws IOException {
    needs(isRoot(), "only root can become another user");
    Path open = openFolder();
    Path guarded = open.resolve("out.log");
    try (TailProcess nobody =
            TailProcess.start(
                open, guarded, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        LogWriter writer = appears(guarded, nobody)) {
      assertEquals(
          List.of(
              "log "
                  + guarded
                  + " cannot be read: permission denied; let the service's user read it, for"
                  + " example by the group adm"),
          nobody.poll());
      assertEquals(List.of(), nobody.poll());

      Files.setPosixFilePermissions(guarded, PosixFilePermissions.fromString("rw-r--r--"));
      assertEquals(List.of("one"), nobody.poll());
      Files.setPosixFilePermissions(guarded, PosixFilePermissions.fromString("rw-------"));
      writer.lines("two");
      nobody.restart();
      assertEquals(1, nobody.poll().size());
      Files.setPosixFilePermissions(guarded, PosixFilePermissions.fromString("rw-r--r--"));
      assertEquals(List.of("two"), nobody.poll());
    }
  }

  /** The log comes after the first poll, with a line, for its owner only. */
  private static LogWriter appears(Path log, TailProcess tailing) throws IOException {
    assertEquals(List.of(), tailing.poll());
    LogWriter writer = LogWriter.appending(log);
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
    return writer.lines("one");
  }

  @Test
  void poll_readsALogOnADiskThatIsFullAndHasRoomAgain() throws IOException {
    Path open = openFolder();
    Path disk = Files.createDirectory(open.resolve("disk"));
    String mount = "mount -t tmpfs -o size=64k none '" + disk + "' && exec \"$@\"";
    needs(
        ends("unshare", "--mount", "sh", "-c", mount, "sh", "true"),
        "a mount of its own cannot be made here; root can");
    try (TailProcess tailing =
        TailProcess.start(
            open, disk.resolve("out.log"), "unshare", "--mount", "sh", "-c", mount, "sh")) {
      assertEquals(List.of(), tailing.poll());
      Path seen = Path.of("/proc/" + tailing.pid() + "/root" + disk);
      Path filler = seen.resolve("filler");
      Files.write(filler, new byte[32 * 1024]);
      List<String> written = new ArrayList<>();
      List<String> given = new ArrayList<>();
      try (LogWriter writer = LogWriter.appending(seen.resolve("out.log"))) {
        assertThrows(UncheckedIOException.class, () -> writeUntilFull(writer, written));
        given.addAll(tailing.poll());
        assertEquals(written, given, "what fitted, whole lines only");
        Files.delete(filler);
        writer.write("\n").lines("room again");
        given.addAll(tailing.poll());
      }
      assertEquals("room again", given.get(given.size() - 1));
      assertTrue(given.size() <= written.size() + 2, () -> given.size() + " lines");
    }
  }

  private static void writeUntilFull(LogWriter writer, List<String> written) {
    for (int i = 0; i < 10_000; i++) {
      String line = "line " + i + " of a disk that will be full";
      writer.lines(line);
      written.add(line);
    }
  }

  private List<String> sentences() {
    return tail.notices.stream().map(SourceNotice::text).toList();
  }

  /** A folder that any user can look into. */
  private Path openFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /** Skips the test with the reason, or fails it where all tests must run. */
  private static void needs(boolean there, String reason) {
    if (!there && "required".equals(System.getenv("BOSKY_REAL_BOOT"))) {
      fail("BOSKY_REAL_BOOT=required, but " + reason);
    }
    assumeTrue(there, reason);
  }

  /** True if the command can be started and ends well. */
  private static boolean ends(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
