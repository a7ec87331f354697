package dev.bosky.source;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Something else than a regular file stands where a log is expected. */
final class NotAFileException extends FileSystemException {
  NotAFileException(Path path, BasicFileAttributes found) {
    super(path.toString(), null, "is " + kind(found) + ", expected a regular file");
  }

  private static String kind(BasicFileAttributes found) {
    if (found.isDirectory()) {
      return "a folder";
    }
    return found.isSymbolicLink() ? "a symbolic link" : "a FIFO, a socket or a device";
  }
}
