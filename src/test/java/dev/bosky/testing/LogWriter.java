package dev.bosky.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a log as programs and logrotate do: keeps its file open while others rename, copy, empty
 * or delete it. IO trouble fails the test.
 */
public final class LogWriter implements Closeable {
  private final Path path;
  private final boolean append;
  private FileChannel channel;

  private LogWriter(Path path, boolean append) {
    this.path = path;
    this.append = append;
    reopen();
  }

  /** As {@code tee -a} writes: always at the file's end, also after someone emptied it. */
  public static LogWriter appending(Path path) {
    return new LogWriter(path, true);
  }

  /** As {@code > file} writes: at its own place, also after someone emptied the file under it. */
  public static LogWriter atItsOwnPlace(Path path) {
    return new LogWriter(path, false);
  }

  /** Writes this text as it stands, in one call. */
  public LogWriter write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  public LogWriter write(byte[] bytes) {
    return quietly(
        () -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /** Writes each with a newline. */
  public LogWriter lines(String... lines) {
    return write(String.join("\n", lines) + "\n");
  }

  /** What stands under the log's name gets another name; this writer goes on writing into it. */
  public LogWriter rename(String name) {
    return quietly(
        () -> Files.move(path, path.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING));
  }

  /** Opens what stands under the log's name, made if need be, as a program does when told to. */
  public LogWriter reopen() {
    return quietly(
        () -> {
          if (channel != null) {
            channel.close();
          }
          channel =
              append
                  ? FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                  : FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        });
  }

  /** Renames and opens a new file: what logrotate does with a program that takes part. */
  public LogWriter rotate(String name) {
    return rename(name).reopen();
  }

  /** Copies the log, then empties it under the writer. */
  public LogWriter copyTruncate(String name) {
    return copy(name).truncate();
  }

  public LogWriter copy(String name) {
    return quietly(
        () -> Files.copy(path, path.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING));
  }

  /** Empties what stands under the log's name. */
  public LogWriter truncate() {
    return quietly(() -> FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close());
  }

  /** Deletes what stands under the log's name; this writer goes on writing into it. */
  public LogWriter delete() {
    return quietly(() -> Files.delete(path));
  }

  @Override
  public void close() {
    quietly(channel::close);
  }

  private LogWriter quietly(Action action) {
    try {
      action.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Action {
    void run() throws IOException;
  }
}
