package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waits here are ended by what is tested; only a failing test reaches their full time. */
class FolderWatcherTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration FAILED = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void await_endsWhenTheFileIsWritten() throws IOException {
    try (FolderWatcher watcher = new FolderWatcher(List.of(folder.resolve("log")))) {
      Files.writeString(folder.resolve("log"), "x");
      assertTimeoutPreemptively(FAILED, () -> watcher.await(LONG));
    }
  }

  @Test
  void await_watchesAFolderThatAppearsLater() throws IOException {
    Path later = folder.resolve("later");
    try (FolderWatcher watcher = new FolderWatcher(List.of(later.resolve("log")))) {
      assertTimeoutPreemptively(FAILED, () -> watcher.await(Duration.ofMillis(1)));
      Files.createDirectory(later);
      assertTimeoutPreemptively(FAILED, () -> watcher.await(Duration.ofMillis(1)));
      Files.writeString(later.resolve("log.1"), "x");
      assertTimeoutPreemptively(FAILED, () -> watcher.await(LONG));
    }
  }

  @Test
  void await_endsWhenWokenBeforeOrMeanwhile() throws Exception {
    try (FolderWatcher watcher = new FolderWatcher(List.of(folder.resolve("log")))) {
      watcher.wake();
      assertTimeoutPreemptively(FAILED, () -> watcher.await(LONG));
      Thread waiting = new Thread(() -> awaitQuietly(watcher));
      waiting.start();
      watcher.wake();
      waiting.join(FAILED.toMillis());
      assertFalse(waiting.isAlive());
    }
  }

  @Test
  void await_lastsItsFullTimeWhenOtherFilesChange() throws Exception {
    try (FolderWatcher watcher = new FolderWatcher(List.of(folder.resolve("log")))) {
      Files.writeString(folder.resolve("other"), "x");
      long start = System.nanoTime();
      watcher.await(Duration.ofMillis(50));
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  void concerns_anyFileWhenNotificationsWereDropped() {
    assertTrue(FolderWatcher.concerns(event(null), Set.of("log")));
    assertTrue(FolderWatcher.concerns(event(Path.of("log.1")), Set.of("log")));
    assertFalse(FolderWatcher.concerns(event(Path.of("syslog")), Set.of("log")));
  }

  @Test
  void await_lastsItsFullTimeWhereThereIsNoNotification() throws Exception {
    try (FolderWatcher watcher =
        new FolderWatcher(List.of(folder.resolve("log")), Optional.empty())) {
      Files.writeString(folder.resolve("log"), "x");
      long start = System.nanoTime();
      watcher.await(Duration.ofMillis(50));
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
      watcher.wake();
      assertTimeoutPreemptively(FAILED, () -> watcher.await(LONG));
    }
  }

  /** Far more changes than one folder's queue of notifications takes (512). */
  @Test
  void poll_getsEveryLineThroughAnOverflow() throws Exception {
    Path log = folder.resolve("log");
    try (FolderWatcher watcher = new FolderWatcher(List.of(log));
        Tail tail = new Tail(log);
        LogWriter writer = LogWriter.appending(log)) {
      Thread busy =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  writer.lines("line " + i);
                }
              });
      busy.start();
      while (busy.isAlive()) {
        tail.poll();
        watcher.await(Duration.ofMillis(50));
      }
      tail.poll();

      assertEquals(20_000, tail.lines.size());
      assertEquals("line 19999", tail.texts().get(19_999));
    }
  }

  private static WatchEvent<Path> event(Path context) {
    return new WatchEvent<>() {
      @Override
      public Kind<Path> kind() {
        return StandardWatchEventKinds.ENTRY_MODIFY;
      }

      @Override
      public int count() {
        return 1;
      }

      @Override
      public Path context() {
        return context;
      }
    };
  }

  @Test
  void close_endsItsThread() throws Exception {
    FolderWatcher watcher = new FolderWatcher(List.of(folder.resolve("log")));
    watcher.close();
    watcher.close();
    watcher.await(Duration.ofMillis(1));

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("bosky-watcher")) {
        thread.join(FAILED.toMillis());
        assertFalse(thread.isAlive());
      }
    }
  }

  private static void awaitQuietly(FolderWatcher watcher) {
    try {
      watcher.await(LONG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
