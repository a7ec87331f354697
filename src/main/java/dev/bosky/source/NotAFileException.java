package dev.bosky.source;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Something else than a regular file stands where one is expected; the reason says what. */
final class NotAFileException extends FileSystemException {
  /** The bits of a file's mode that say what kind of file it is, and their values: see inode(7). */
  private static final int KIND_BITS = 0170000;

  private static final int FIFO = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int FOLDER = 0040000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int LINK = 0120000;
  private static final int SOCKET = 0140000;

  NotAFileException(Path path, LinkOption... options) throws IOException {
    super(path.toString(), null, "is " + kind(path, options) + ", expected a regular file");
  }

  private static String kind(Path path, LinkOption... options) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", options);
    return switch (mode & KIND_BITS) {
      case FIFO -> "a FIFO";
      case CHARACTER_DEVICE, BLOCK_DEVICE -> "a device";
      case FOLDER -> "a folder";
      case LINK -> "a symbolic link";
      case SOCKET -> "a socket";
      default -> "of an unknown kind";
    };
  }
}
