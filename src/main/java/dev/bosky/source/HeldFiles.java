package dev.bosky.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files of one log that are held open, the oldest first, and the count of generations. */
final class HeldFiles implements Closeable {
  private final String log;
  private final TailLimits limits;
  private final FileOpener opener;
  private final Troubles troubles;
  private final byte[] buffer = LogFile.newBuffer();
  private final List<LogFile> files = new ArrayList<>();
  private int nextGeneration;

  HeldFiles(String log, TailLimits limits, FileOpener opener, Troubles troubles) {
    this.log = log;
    this.limits = limits;
    this.opener = opener;
    this.troubles = troubles;
  }

  /** The files as they are held now; the list does not change any more. */
  List<LogFile> list() {
    return List.copyOf(files);
  }

  TailLimits limits() {
    return limits;
  }

  TailPosition position() {
    return new TailPosition(nextGeneration, files.stream().map(LogFile::position).toList());
  }

  void countFrom(int generation) {
    nextGeneration = generation;
  }

  /** Counts a generation that nobody could read. */
  void countMissed() {
    nextGeneration++;
  }

  Optional<LogFile> find(String key) {
    return files.stream().filter(f -> f.key().equals(key)).findFirst();
  }

  boolean has(FoundFile file) {
    return find(file.key()).isPresent();
  }

  /** Holds one more file, as the newest, from its beginning. Takes over the channel. */
  LogFile add(FoundFile found, SeekableByteChannel channel, long now) {
    LogFile file = new LogFile(log, nextGeneration, limits, buffer, found, channel, now);
    nextGeneration++;
    files.add(file);
    return file;
  }

  /** Holds a file that was read before, where reading stopped. Takes over the channel. */
  void addAgain(FilePosition position, FoundFile found, SeekableByteChannel channel, long now)
      throws IOException {
    LogFile file = new LogFile(log, position.generation(), limits, buffer, found, channel, now);
    files.add(file);
    file.moveTo(position.place());
  }

  /**
   * False if what was read of a file is no longer in it. A file that cannot be read counts as it
   * was: its place is kept.
   */
  boolean isIntact(LogFile file, Consumer<? super SourceRecord> out) {
    try {
      return file.intact();
    } catch (IOException e) {
      troubles.cannotRead("log", file.path(), e, out);
      return true;
    }
  }

  boolean isNewest(LogFile file) {
    return file == files.get(files.size() - 1);
  }

  /** Forgets the newest file, of which nothing was read, as if it had not been seen. */
  void putBack(LogFile newest) throws IOException {
    remove(newest);
    nextGeneration--;
  }

  void remove(LogFile file) throws IOException {
    files.remove(file);
    file.close();
  }

  SeekableByteChannel open(FoundFile file) throws IOException {
    return opener.open(file);
  }

  /** Opens a file beside the log; one that cannot be opened is told of, and stops nothing. */
  Optional<SeekableByteChannel> openSibling(FoundFile file, Consumer<? super SourceRecord> out)
      throws RenamedMeanwhileException {
    try {
      SeekableByteChannel channel = opener.open(file);
      troubles.over(file.path());
      return Optional.of(channel);
    } catch (RenamedMeanwhileException e) {
      throw e;
    } catch (IOException e) {
      troubles.cannotRead("rotated log", file.path(), e, out);
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    for (LogFile file : list()) {
      remove(file);
    }
  }
}
