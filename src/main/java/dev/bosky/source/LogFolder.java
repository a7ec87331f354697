package dev.bosky.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The folder of a log: what stands under the log's name, and the rotated files beside it.
 *
 * <p>A rotated sibling is a regular file whose name begins with the log's name and goes on with
 * something other than a letter ({@code .1}, {@code -20260101}, {@code .old}, not {@code my.logs}).
 */
final class LogFolder {
  /**
   * How long a folder is listed again although its time is the same: two changes within one tick of
   * the file system's clock leave the same time.
   */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Path path;
  private final LongSupplier nanoTime;

  /** Where the path led when it was a link: rotated files are beside that one, too. */
  private Optional<Path> target = Optional.empty();

  private List<FoundFile> lastSiblings = List.of();
  private List<Instant> times = List.of();
  private long timesNewNanos;
  private long listedNanos;

  LogFolder(Path path, LongSupplier nanoTime) {
    this.path = path.toAbsolutePath();
    this.nanoTime = nanoTime;
  }

  Path path() {
    return path.getParent();
  }

  /** The file under the log's name, links followed; empty if there is none. */
  Optional<FoundFile> current() throws IOException {
    try {
      return Optional.of(FoundFile.at(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** True if files may have come, gone or been renamed since the last {@link #siblings}. */
  boolean changed() throws IOException {
    List<Instant> now = new ArrayList<>();
    for (Path log : names()) {
      try {
        now.add(Files.getLastModifiedTime(log.getParent()).toInstant());
      } catch (NoSuchFileException e) {
        now.add(Instant.MIN);
      }
    }
    if (!now.equals(times)) {
      times = now;
      timesNewNanos = nanoTime.getAsLong();
      return true;
    }
    return listedNanos - timesNewNanos <= TICK.toNanos();
  }

  /** The rotated files, the oldest first. */
  List<FoundFile> siblings() throws IOException {
    listedNanos = nanoTime.getAsLong();
    if (!Files.isSymbolicLink(path)) {
      target = Optional.empty();
    } else if (Files.exists(path)) {
      target = Optional.of(path.toRealPath());
    }
    List<FoundFile> found = new ArrayList<>();
    for (Path log : names()) {
      addSiblings(log, found);
    }
    found.sort(FoundFile.BY_AGE);
    lastSiblings = found;
    return found;
  }

  /** What the last listing found that did not fail. */
  List<FoundFile> lastSiblings() {
    return lastSiblings;
  }

  private List<Path> names() {
    return target.map(t -> List.of(path, t)).orElse(List.of(path));
  }

  private static void addSiblings(Path log, List<FoundFile> found) throws IOException {
    String name = log.getFileName().toString();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(log.getParent(), entry -> isSibling(entry, name))) {
      for (Path entry : entries) {
        try {
          found.add(FoundFile.at(entry, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | NotAFileException e) {
          // Gone since it was listed, or nothing to read: no rotated file.
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // No folder yet, so nothing in it.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isSibling(Path entry, String name) {
    String other = entry.getFileName().toString();
    return other.length() > name.length()
        && other.startsWith(name)
        && !Character.isLetter(other.codePointAt(name.length()));
  }
}
