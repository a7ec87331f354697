package dev.bosky.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * Opens real files on a disk that fails while it is told to, and on which others work meanwhile.
 */
final class FaultyOpener implements FileOpener {
  /** While true, every read, seek and look fails. */
  boolean failing;

  /** A file that cannot be opened; null for none. */
  Path neverOpens;

  /** What others do before each call. */
  Runnable meanwhile = () -> {};

  @Override
  public SeekableByteChannel open(FoundFile file) throws IOException {
    meanwhile.run();
    if (file.path().equals(neverOpens)) {
      throw error();
    }
    return new FaultyChannel(FileOpener.DISK.open(file));
  }

  private static IOException error() {
    return new IOException("Input/output error");
  }

  private void check() throws IOException {
    meanwhile.run();
    if (failing) {
      throw error();
    }
  }

  private final class FaultyChannel implements SeekableByteChannel {
    private final SeekableByteChannel real;

    FaultyChannel(SeekableByteChannel real) {
      this.real = real;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      check();
      return real.read(to);
    }

    @Override
    public SeekableByteChannel position(long at) throws IOException {
      check();
      real.position(at);
      return this;
    }

    @Override
    public long position() throws IOException {
      check();
      return real.position();
    }

    @Override
    public long size() throws IOException {
      check();
      return real.size();
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
