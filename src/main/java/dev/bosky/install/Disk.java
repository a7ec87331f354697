package dev.bosky.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Changes to files that are there whole or not at all. */
final class Disk {
  /** Beside the place it is to have; nothing that starts with this is ever run. */
  private static final String NEW = ".new-";

  private Disk() {}

  /** Makes a folder and those above it; one that is there keeps its mode. */
  static void makeFolder(Path folder, String mode) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (!Files.isDirectory(folder.getParent())) {
      makeFolder(folder.getParent(), "rwxr-xr-x");
    }
    Files.createDirectory(folder);
    // Apart from the creation, where the caller's umask has a say.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  /** Writes a file of root that all may read. */
  static void write(Path file, String content) throws IOException {
    makeFolder(file.getParent(), "rwxr-xr-x");
    Path fresh = file.resolveSibling(NEW + file.getFileName());
    Files.writeString(fresh, content);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    // Else the name may outlive a power cut, and what is in the file may not.
    force(fresh);
    replace(fresh, file);
  }

  private static void replace(Path fresh, Path place) throws IOException {
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(place.getParent());
  }

  /** Whether the file is there with just this content. */
  static boolean holds(Path file, String content) throws IOException {
    try {
      return Files.readString(file, UTF_8).equals(content);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Makes a link, or lets one that is there lead elsewhere. */
  static void link(Path link, Path target) throws IOException {
    makeFolder(link.getParent(), "rwxr-xr-x");
    Path fresh = link.resolveSibling(NEW + link.getFileName());
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, target);
    replace(fresh, link);
  }

  /** Whether it was never completed. */
  static boolean isHalf(Path path) {
    return path.getFileName().toString().startsWith(NEW);
  }

  /** Whether anything is there, also a link that leads nowhere. */
  static boolean isPresent(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether there is a link whose target begins with that folder. */
  static boolean leadsInto(Path link, String folder) throws IOException {
    return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(folder);
  }

  /** Whether there is a link that leads just there. */
  static boolean leadsTo(Path link, Path target) throws IOException {
    return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
  }

  /**
   * Copies a folder; the copy appears under its name when it is complete and on disk. The files of
   * a folder on the same file system may be shared: they are never written again.
   *
   * @param share makes hard links where that works
   * @throws IOException if there is no room, for one; then nothing of it stays
   */
  static void copyTree(Path from, Path to, boolean share) throws IOException {
    Path fresh = to.resolveSibling(NEW + to.getFileName());
    deleteTree(fresh);
    makeFolder(fresh.getParent(), "rwxr-xr-x");
    try {
      fill(fresh, from, share);
      Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteTree(fresh);
      throw e;
    }
    force(to.getParent());
  }

  private static void fill(Path fresh, Path from, boolean share) throws IOException {
    for (Path source : tree(from)) {
      Path copy = fresh.resolve(from.relativize(source).toString());
      if (Files.isSymbolicLink(source)) {
        Files.createSymbolicLink(copy, Files.readSymbolicLink(source));
      } else if (Files.isDirectory(source)) {
        makeFolder(copy, "rwxr-xr-x");
      } else {
        copyFile(source, copy, share);
      }
    }
    for (Path copied : tree(fresh)) {
      force(copied);
    }
  }

  private static void force(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void copyFile(Path source, Path target, boolean share) throws IOException {
    if (share) {
      try {
        Files.createLink(target, source);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        // Another file system: a copy, then.
      }
    }
    Files.copy(source, target);
    boolean program = Files.isExecutable(source);
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    // The launcher tells by the times whether a cache belongs to its jar.
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
  }

  /** Removes a file, a link, or a folder with all that is in it; none is none. */
  static void deleteTree(Path path) throws IOException {
    if (isPresent(path)) {
      // Not by Commons IO's deleteDirectory: that waits for ever at a named pipe.
      List<Path> parentsFirst = tree(path);
      for (int i = parentsFirst.size() - 1; i >= 0; i--) {
        Files.delete(parentsFirst.get(i));
      }
    }
  }

  /** Removes all that is in a folder, and leaves the folder. */
  static void empty(Path folder) throws IOException {
    for (Path child : children(folder)) {
      deleteTree(child);
    }
  }

  /** What is in a folder; nothing if it is not there. */
  static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** All below a folder, itself first. */
  static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
