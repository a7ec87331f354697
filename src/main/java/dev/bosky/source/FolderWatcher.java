package dev.bosky.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a polling loop when something happens to the files it reads, by the kernel's notification.
 *
 * <p>A folder that is missing is watched once it is there. Where there is no notification (no
 * watches left, a file system without it) and where notifications were dropped, waits simply last
 * their full time. A busy writer wakes the loop at most once in {@link #SETTLE}.
 *
 * <p>A thread of its own, {@code bosky-watcher}, takes the notifications; one other thread waits.
 */
public final class FolderWatcher implements Waker {
  /** The shortest wait: bounds what a log with thousands of writes a second costs. */
  public static final Duration SETTLE = Duration.ofMillis(20);

  private final Optional<WatchService> service;
  private final Map<Path, Set<String>> namesByFolder = new ConcurrentHashMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Semaphore woken = new Semaphore(0);

  /**
   * Watches the folders of these files, for these files and those whose names begin like theirs.
   */
  public FolderWatcher(Collection<Path> files) {
    this(files, newService());
  }

  FolderWatcher(Collection<Path> files, Optional<WatchService> service) {
    for (Path file : files) {
      watch(file);
    }
    this.service = service;
    service.ifPresent(this::start);
    watchFolders();
  }

  /** One file more; its folder is watched from the next wait on. */
  public void watch(Path file) {
    Path whole = file.toAbsolutePath();
    namesByFolder
        .computeIfAbsent(whole.getParent(), folder -> ConcurrentHashMap.newKeySet())
        .add(whole.getFileName().toString());
  }

  private static Optional<WatchService> newService() {
    try {
      return Optional.of(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // None left: polling gets everything all the same.
    }
  }

  private void start(WatchService from) {
    Thread thread = new Thread(() -> takeEvents(from), "bosky-watcher");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void await(Duration most) throws InterruptedException {
    watchFolders();
    Duration settle = most.compareTo(SETTLE) < 0 ? most : SETTLE;
    TimeUnit.NANOSECONDS.sleep(settle.toNanos());
    woken.tryAcquire(most.minus(settle).toNanos(), TimeUnit.NANOSECONDS);
    woken.drainPermits();
  }

  @Override
  public void wake() {
    woken.release();
  }

  /** Watches each folder that is there and not watched yet. */
  private void watchFolders() {
    service.ifPresent(
        s -> {
          for (Path folder : namesByFolder.keySet()) {
            WatchKey key = keys.get(folder);
            if (key == null || !key.isValid()) {
              watch(s, folder);
            }
          }
        });
  }

  private void watch(WatchService on, Path folder) {
    try {
      keys.put(
          folder,
          folder.register(
              on,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY));
    } catch (IOException | ClosedWatchServiceException e) {
      keys.remove(folder); // Not there, or no watches left: tried again at the next wait.
    }
  }

  private void takeEvents(WatchService from) {
    try {
      while (true) {
        WatchKey key = from.take();
        Set<String> names = namesByFolder.get((Path) key.watchable());
        for (WatchEvent<?> event : key.pollEvents()) {
          if (concerns(event, names)) {
            wake();
          }
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      // The end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An overflow has no name: it may concern any file. */
  static boolean concerns(WatchEvent<?> event, Set<String> names) {
    return !(event.context() instanceof Path file)
        || names.stream().anyMatch(file.toString()::startsWith);
  }

  @Override
  public void close() throws IOException {
    if (service.isPresent()) {
      service.get().close();
    }
  }
}
