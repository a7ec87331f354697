package dev.bosky.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
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
  private Instant lastWritten = Instant.MIN;

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
    files.forEach(this::noteWritten);
    return new TailPosition(
        nextGeneration, lastWritten, files.stream().map(LogFile::position).toList());
  }

  /** Begins, or begins again, with no files held. */
  void reset(TailPosition position) throws IOException {
    close();
    nextGeneration = position.nextGeneration();
    lastWritten = position.lastWritten();
  }

  private void noteWritten(LogFile file) {
    if (file.modified().isAfter(lastWritten)) {
      lastWritten = file.modified();
    }
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
  LogFile add(FoundFile found, SeekableByteChannel channel, long now) throws IOException {
    LogFile file = new LogFile(log, nextGeneration, limits, buffer, found, channel, now);
    nextGeneration++;
    files.add(file);
    file.see();
    return file;
  }

  /**
   * Holds a file that was read before, where reading stopped.
   *
   * @param copy true if it is a copy of the file that was read
   * @throws RenamedMeanwhileException if what was read is no longer in it
   */
  void addAgain(FilePosition position, FoundFile found, boolean copy, long now) throws IOException {
    SeekableByteChannel channel = opener.open(found);
    LogFile file = new LogFile(log, position.generation(), limits, buffer, found, channel, now);
    files.add(file);
    file.resume(position, copy);
    file.see();
    // In this order: else one that is emptied in between would be read on from a wrong place.
    if (!position.print().fits(channel)) {
      throw new RenamedMeanwhileException(found.path());
    }
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

  Optional<LogFile> newest() {
    return files.isEmpty() ? Optional.empty() : Optional.of(files.get(files.size() - 1));
  }

  /** Forgets the newest file, of which nothing was read, as if it had not been seen. */
  void putBack(LogFile newest) throws IOException {
    if (newest.generation() == nextGeneration - 1) {
      nextGeneration--;
    }
    remove(newest);
  }

  void remove(LogFile file) throws IOException {
    release(file).close();
  }

  /** Holds a file no longer, but leaves its channel open, for the caller. */
  SeekableByteChannel release(LogFile file) {
    noteWritten(file);
    files.remove(file);
    return file.channel();
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
      cannotRead(file, e, out);
      return Optional.empty();
    }
  }

  /**
   * Opens a file beside the log if it holds what was read of a file; one that cannot be read is
   * told of, and counts as not holding it.
   */
  Optional<SeekableByteChannel> openIfFits(
      FoundFile sibling, Fingerprint print, Consumer<? super SourceRecord> out) throws IOException {
    Optional<SeekableByteChannel> channel = openSibling(sibling, out);
    if (channel.isEmpty()) {
      return channel;
    }
    boolean fits = false;
    try {
      fits = print.fits(channel.get());
    } catch (IOException e) {
      cannotRead(sibling, e, out);
    } finally {
      if (!fits) {
        channel.get().close();
      }
    }
    return fits ? channel : Optional.empty();
  }

  /**
   * True if a file beside the log holds all that the log holds, and was not written before it. So
   * it is a copy, and no older generation that only begins alike.
   */
  boolean isCopy(FoundFile sibling, Found found, Consumer<? super SourceRecord> out)
      throws IOException {
    Optional<FoundFile> log = found.current();
    if (log.isEmpty()
        || found.isCurrent(sibling)
        || sibling.size() != log.get().size()
        || sibling.modified().isBefore(log.get().modified())) {
      return false;
    }
    Optional<SeekableByteChannel> copy = openSibling(sibling, out);
    if (copy.isEmpty()) {
      return false;
    }
    try (SeekableByteChannel opened = copy.get();
        SeekableByteChannel original = opener.open(log.get())) {
      return Fingerprint.isCopy(opened, original);
    }
  }

  void cannotRead(FoundFile sibling, IOException e, Consumer<? super SourceRecord> out) {
    troubles.cannotRead("rotated log", sibling.path(), e, out);
  }

  @Override
  public void close() throws IOException {
    for (LogFile file : list()) {
      remove(file);
    }
  }
}
