package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
