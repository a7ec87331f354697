package dev.bosky.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One file of a log, held open: it is read to its end even when it has been renamed or deleted, and
 * its inode is not given to another file meanwhile.
 *
 * <p>Before each piece is read, the bytes just before it are read once more: a file that was
 * emptied and written anew is noticed although it is longer than before.
 */
final class LogFile implements Closeable {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** A buffer that all files of one thread can share. */
  static byte[] newBuffer() {
    return new byte[Fingerprint.WINDOW_BYTES + CHUNK_BYTES];
  }

  private final String log;
  private final int generation;
  private final TailLimits limits;
  private final byte[] buffer;

  private FoundFile found;
  private SeekableByteChannel channel;
  private LineReader lines;
  private Fingerprint print = Fingerprint.NOTHING;

  /** What was there, read or not, when it was last looked at for that. */
  private Fingerprint seen = Fingerprint.NOTHING;

  private long size;
  private long newsNanos;
  private boolean gone;
  private boolean copy;
  private boolean readBefore;

  /**
   * A file that is read from its first byte. Takes over the channel.
   *
   * @param buffer from {@link #newBuffer}; its content is kept from one call to the next by nobody
   */
  LogFile(
      String log,
      int generation,
      TailLimits limits,
      byte[] buffer,
      FoundFile found,
      SeekableByteChannel channel,
      long nowNanos) {
    this.log = log;
    this.generation = generation;
    this.limits = limits;
    this.buffer = buffer;
    this.found = found;
    this.channel = channel;
    this.size = found.size();
    this.newsNanos = nowNanos;
    this.lines = new LineReader(log, generation, limits.maxLineBytes());
  }

  int generation() {
    return generation;
  }

  String key() {
    return found.key();
  }

  Path path() {
    return found.path();
  }

  /** How it looked when it was last found in its folder, its size apart, which is what was read. */
  FoundFile asRead() {
    return found.withSize(print.read());
  }

  FoundFile found() {
    return found;
  }

  Instant modified() {
    return found.modified();
  }

  Fingerprint print() {
    return print;
  }

  /**
   * What a file must hold to be this one, or its copy: what was read of it; of one of which nothing
   * was read, what was seen to be there, or it would be taken for unchanged when it is emptied.
   */
  Fingerprint known() {
    return print.read() == 0 ? seen : print;
  }

  /** Takes note of all that is there now. */
  void see() throws IOException {
    do {
      seen = Fingerprint.of(channel, channel.size());
    } while (!seen.fits(channel)); // It was emptied in the middle of it.
  }

  /** Bytes known to be there and not read. */
  long unread() {
    return Math.max(0, size - print.read());
  }

  /** True if it is no longer found beside the log's name. A writer may still have it open. */
  boolean isGone() {
    return gone;
  }

  /** When a byte was last read, in nanoseconds. */
  long newsNanos() {
    return newsNanos;
  }

  /** True if half a line waits whose rest will not come, or has not come for long. */
  boolean hasLeftover(long nowNanos) {
    boolean late = nowNanos - newsNanos >= limits.partialAfter().toNanos();
    return lines.hasPartial() && unread() == 0 && (gone || copy || late);
  }

  /** Goes on at another place of the same file. */
  void moveTo(LineReader.Place place) throws IOException {
    Fingerprint there = Fingerprint.of(channel, place.offset());
    lines = new LineReader(log, generation, limits.maxLineBytes(), place);
    print = there;
  }

  /** Goes on where reading stopped before; {@code inCopy}: this is a copy of what was read. */
  void resume(FilePosition position, boolean inCopy) throws IOException {
    moveTo(position.place());
    readBefore = position.print().read() > 0;
    copy = inCopy;
  }

  /** True if nothing of it was ever read. */
  boolean isUntouched() {
    return print.read() == 0 && !readBefore;
  }

  /** Passes over what is there up to this byte, counting its lines; looks at them on the way. */
  void skipTo(long end, Consumer<? super LogLine> look) throws IOException {
    while (print.read() < end) {
      int most = (int) Math.min(end - print.read(), Integer.MAX_VALUE);
      if (read(most, newsNanos, look) == 0) {
        break;
      }
    }
    lines.flush(line -> {});
  }

  /**
   * Goes on in a copy of this file, at the same byte: the file itself was emptied.
   *
   * @return the channel of the file itself, which the caller takes over
   */
  SeekableByteChannel continueIn(FoundFile other, SeekableByteChannel otherChannel) {
    SeekableByteChannel own = channel;
    channel = otherChannel;
    found = other;
    size = other.size();
    copy = true;
    gone = false;
    return own;
  }

  SeekableByteChannel channel() {
    return channel;
  }

  /** Notes how it was found beside the log's name. */
  void noteFound(FoundFile now) {
    found = now;
    gone = false;
  }

  /** Notes that it was not found there. */
  void noteGone() {
    gone = true;
  }

  /** Looks at the file; false if what was read or seen of it is no longer in it. */
  boolean intact() throws IOException {
    long now = channel.size();
    boolean same = known().fits(channel);
    if (same) {
      size = now;
    }
    return same;
  }

  /**
   * Reads on, and hands on the whole lines.
   *
   * @param most how many bytes at most
   * @return how many bytes were read; 0 at the end of the file, or if the file was replaced, which
   *     {@link #intact} tells
   */
  int read(int most, long nowNanos, Consumer<? super LogLine> out) throws IOException {
    int total = 0;
    while (total < most) {
      int window = print.window();
      int wanted = window + Math.min(CHUNK_BYTES, most - total);
      int got = readOnce(print.read() - window, wanted);
      if (!print.continuesIn(buffer, got) || (print.read() == 0 && !seen.fits(channel))) {
        break;
      }
      if (got == window) {
        size = print.read();
        break;
      }
      lines.feed(buffer, window, got, out);
      print = print.after(buffer, got);
      size = Math.max(size, print.read());
      newsNanos = nowNanos;
      total += got - window;
    }
    return total;
  }

  /**
   * Never by two calls: a file that is emptied and written to between them would give its old bytes
   * and the end of its new ones as one piece.
   */
  private int readOnce(long from, int most) throws IOException {
    channel.position(from);
    return Math.max(0, channel.read(ByteBuffer.wrap(buffer, 0, most)));
  }

  /** Gives a last line that has no end yet. */
  void flush(Consumer<? super LogLine> out) {
    lines.flush(out);
  }

  FilePosition position() {
    return new FilePosition(generation, key(), print, lines.place(), size, modified());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
