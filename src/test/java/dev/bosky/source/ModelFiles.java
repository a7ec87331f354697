package dev.bosky.source;

import dev.bosky.source.ModelStream.Where;
import dev.bosky.testing.LogWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A log with its rotated files, on the disk and as a model of what is in them.
 *
 * <p>Each change gets a time of its own, so that a run depends on its seed alone; what happens
 * within one tick of the file system's clock has tests of its own.
 */
final class ModelFiles implements Closeable {
  private static final int SIBLINGS = 4;
  private static final String NAME = "out.log";

  private final Path log;
  private final boolean append;

  /** All generations so far, the oldest first. */
  private final List<ModelStream> streams = new ArrayList<>();

  /** Which generation stands under which name. */
  private final Map<String, ModelStream> names = new HashMap<>();

  private LogWriter writer;
  private ModelStream written;
  private Instant time = Instant.now().minusSeconds(30);
  private int writerAt;

  /** {@code append}: the writer writes at the file's end, else at its own place. */
  ModelFiles(Path folder, boolean append) {
    this.log = folder.resolve(NAME);
    this.append = append;
  }

  Path log() {
    return log;
  }

  List<ModelStream> streams() {
    return streams;
  }

  /** What stands under the log's name; null for nothing. */
  ModelStream current() {
    return names.get(NAME);
  }

  /** What the writer writes into. */
  ModelStream written() {
    return written;
  }

  void write(String text) {
    while (!append && written.content.length() < writerAt) {
      written.content.append('\0');
    }
    written.content.append(text);
    writerAt += text.length();
    writer.write(text);
    touch(nameOf(written));
  }

  /** What was renamed or copied twice since, and may be written to by another program; or null. */
  ModelStream old() {
    return names.get(NAME + ".2");
  }

  /** Another program writes into {@link #old}. */
  void writeLate(String text) {
    old().content.append(text);
    LogWriter.appending(log.resolveSibling(NAME + ".2")).write(text).close();
    touch(NAME + ".2");
  }

  void rename() {
    shift();
    move(NAME, NAME + ".1");
  }

  void open() {
    if (writer != null) {
      writer.close();
    }
    writer = append ? LogWriter.appending(log) : LogWriter.atItsOwnPlace(log);
    writerAt = 0;
    written = newStream(NAME);
    touch(NAME);
  }

  /** To be followed by {@link #truncateCopied}, with nothing written in between. */
  void copy() {
    shift();
    writer.copy(NAME + ".1");
    touch(NAME + ".1");
  }

  void truncateCopied() {
    ModelStream copied = names.get(NAME);
    empty(Where.COPY);
    names.put(NAME + ".1", copied);
    touch(NAME + ".1");
    touch(NAME);
  }

  void truncate() {
    empty(Where.EMPTIED);
    touch(NAME);
  }

  private void empty(Where left) {
    writer.truncate();
    ModelStream emptied = names.get(NAME);
    emptied.where = left;
    written = newStream(NAME);
    written.isInFileOf(emptied);
  }

  void delete() {
    writer.delete();
    names.remove(NAME).unlink();
    touch(null);
  }

  private ModelStream newStream(String name) {
    ModelStream stream = new ModelStream();
    streams.add(stream);
    names.put(name, stream);
    return stream;
  }

  /** Makes room for a new {@code .1}; the oldest is deleted. */
  private void shift() {
    ModelStream oldest = names.remove(NAME + "." + SIBLINGS);
    if (oldest != null) {
      oldest.unlink();
      quietly(() -> Files.delete(log.resolveSibling(NAME + "." + SIBLINGS)));
    }
    for (int i = SIBLINGS - 1; i > 0; i--) {
      if (names.containsKey(NAME + "." + i)) {
        move(NAME + "." + i, NAME + "." + (i + 1));
      }
    }
  }

  private void move(String from, String to) {
    names.put(to, names.remove(from));
    quietly(() -> Files.move(log.resolveSibling(from), log.resolveSibling(to)));
    touch(null);
  }

  private String nameOf(ModelStream stream) {
    return names.entrySet().stream()
        .filter(e -> e.getValue() == stream)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Gives the file, if it has a name, and the folder their new times. */
  private void touch(String name) {
    time = time.plusMillis(5);
    quietly(
        () -> {
          if (name != null) {
            Files.setLastModifiedTime(log.resolveSibling(name), FileTime.from(time));
          }
          Files.setLastModifiedTime(log.getParent(), FileTime.from(time));
        });
  }

  private static void quietly(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  @Override
  public void close() {
    writer.close();
  }
}
