package dev.bosky.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
  private final Path folder;
  private final String name;
  private final LongSupplier nanoTime;

  private Instant listedTime = Instant.MIN;
  private long timeSeenNanos;
  private long listedNanos;

  LogFolder(Path path, LongSupplier nanoTime) {
    this.path = path.toAbsolutePath();
    this.folder = this.path.getParent();
    this.name = this.path.getFileName().toString();
    this.nanoTime = nanoTime;
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
    Instant time;
    try {
      time = Files.readAttributes(folder, BasicFileAttributes.class).lastModifiedTime().toInstant();
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!time.equals(listedTime)) {
      listedTime = time;
      timeSeenNanos = nanoTime.getAsLong();
      return true;
    }
    return listedNanos - timeSeenNanos <= TICK.toNanos();
  }

  /** The rotated files, the oldest first. */
  List<FoundFile> siblings() throws IOException {
    listedNanos = nanoTime.getAsLong();
    List<FoundFile> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, this::isSibling)) {
      for (Path entry : entries) {
        try {
          found.add(FoundFile.at(entry, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | NotAFileException e) {
          // Gone since it was listed, or nothing to read: no rotated file.
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(FoundFile.BY_AGE);
    return found;
  }

  private boolean isSibling(Path entry) {
    String other = entry.getFileName().toString();
    return other.length() > name.length()
        && other.startsWith(name)
        && !Character.isLetter(other.codePointAt(name.length()));
  }
}
