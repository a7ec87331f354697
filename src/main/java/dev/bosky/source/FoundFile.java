package dev.bosky.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A regular file as it was found in the folder.
 *
 * @param path where
 * @param key its file key: device and inode
 * @param size in bytes
 * @param modified when it was last written, by the file system's clock
 * @param made when it was made, where Java and the file system tell
 */
record FoundFile(Path path, String key, long size, Instant modified, Optional<Instant> made) {
  /**
   * In the order in which they were written. Two that were written within one tick of the file
   * system's clock (some milliseconds) go by when they were made, then by name downwards, because
   * {@code log.2} is older than {@code log.1}.
   */
  static final Comparator<FoundFile> BY_AGE =
      Comparator.comparing(FoundFile::modified)
          .thenComparing(f -> f.made().orElse(Instant.MIN))
          .thenComparing(FoundFile::name, Comparator.comparingInt(String::length).reversed())
          .thenComparing(FoundFile::name, Comparator.reverseOrder());

  private String name() {
    return path.getFileName().toString();
  }

  /**
   * Looks at one path.
   *
   * @throws NotAFileException if it is something else than a regular file
   * @throws IOException if it is not there, or cannot be looked at
   */
  static FoundFile at(Path path, LinkOption... options) throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, options);
    if (!found.isRegularFile()) {
      throw new NotAFileException(path, options);
    }
    return new FoundFile(
        path,
        String.valueOf(found.fileKey()),
        found.size(),
        found.lastModifiedTime().toInstant(),
        madeAt(path, found));
  }

  FoundFile withSize(long other) {
    return new FoundFile(path, key, other, modified, made);
  }

  /** True if nothing was written to it between the two looks, as far as size and time tell. */
  boolean looksLike(FoundFile before) {
    return size == before.size && modified.equals(before.modified);
  }

  /**
   * Where a file's birth is not known, Java gives the time of its last change for it. Two equal
   * times are therefore believed only if the folder's own two differ.
   */
  private static Optional<Instant> madeAt(Path path, BasicFileAttributes found) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    boolean known =
        differs(found)
            || (folder != null && differs(Files.readAttributes(folder, BasicFileAttributes.class)));
    return known ? Optional.of(found.creationTime().toInstant()) : Optional.empty();
  }

  private static boolean differs(BasicFileAttributes times) {
    return !times.creationTime().equals(times.lastModifiedTime());
  }
}
