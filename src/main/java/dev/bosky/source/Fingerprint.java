package dev.bosky.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What was read of a file, to know it again: checksums of its first bytes and of the bytes just
 * before the place where reading stopped.
 *
 * <p>A path is no identity, an inode number is given out anew, and two generations of a log often
 * begin alike. The bytes before the place differ as soon as a line carries a time or a number.
 * Assumed: a file whose first and last kilobyte read are the same is the same. Where that is wrong
 * (a log emptied and written again with the very same text), its new text up to the place is taken
 * for read.
 *
 * @param read how many bytes were read
 * @param head checksum of the first {@link #WINDOW_BYTES} of them, or of all if they are fewer
 * @param trail checksum of the last {@link #WINDOW_BYTES} of them, or of all if they are fewer
 */
record Fingerprint(long read, int head, int trail) {
  /** How many bytes at either end are compared. Part of the stored format. */
  static final int WINDOW_BYTES = 1024;

  /** Nothing read: fits every file. */
  static final Fingerprint NOTHING = new Fingerprint(0, 0, 0);

  /** The fingerprint of the first {@code read} bytes of a file that has at least as many. */
  static Fingerprint of(SeekableByteChannel file, long read) throws IOException {
    int window = (int) Math.min(read, WINDOW_BYTES);
    byte[] head = bytesAt(file, 0, window);
    byte[] trail = read == window ? head : bytesAt(file, read - window, window);
    return new Fingerprint(read, checksum(head, 0, head.length), checksum(trail, 0, trail.length));
  }

  /** True if the one file, which is not empty, holds the same bytes as the other begins with. */
  static boolean isCopy(SeekableByteChannel copy, SeekableByteChannel file) throws IOException {
    long length = copy.size();
    return length > 0 && file.size() >= length && of(file, length).fits(copy);
  }

  /** True if the file has at least the bytes read, and they look the same. */
  boolean fits(SeekableByteChannel file) throws IOException {
    return file.size() >= read && of(file, read).equals(this);
  }

  /** The same for a file that can only be read from its beginning. */
  boolean fits(InputStream file) throws IOException {
    byte[] first = file.readNBytes(window());
    file.skipNBytes(Math.max(0, read - 2L * WINDOW_BYTES));
    int apart = (int) Math.min(read - window(), WINDOW_BYTES);
    byte[] rest = file.readNBytes(apart);
    if (first.length < window() || rest.length < apart) {
      return false;
    }
    byte[] both = Arrays.copyOf(first, first.length + apart);
    System.arraycopy(rest, 0, both, first.length, apart);
    return checksum(first, 0, first.length) == head
        && checksum(both, both.length - window(), window()) == trail;
  }

  /** How many bytes before the place are compared. */
  int window() {
    return (int) Math.min(read, WINDOW_BYTES);
  }

  /** True if these bytes, of which {@code length} count, begin with those just before the place. */
  boolean continuesIn(byte[] bytes, int length) {
    return length >= window() && checksum(bytes, 0, window()) == trail;
  }

  /** After reading on: the bytes are those before the place, then the new ones. */
  Fingerprint after(byte[] bytes, int length) {
    long total = read - window() + length;
    int next = (int) Math.min(total, WINDOW_BYTES);
    int newHead = read >= WINDOW_BYTES ? head : checksum(bytes, 0, next);
    return new Fingerprint(total, newHead, checksum(bytes, length - next, next));
  }

  /** Reads until so many bytes are there or the file ends; returns how many there are. */
  static int fill(SeekableByteChannel file, long from, byte[] bytes, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    file.position(from);
    int got = 0;
    while (buffer.hasRemaining() && got >= 0) {
      got = file.read(buffer);
    }
    return buffer.position();
  }

  /** So many bytes, or fewer where the file ends. */
  static byte[] bytesAt(SeekableByteChannel file, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    int got = fill(file, from, bytes, length);
    return got == length ? bytes : Arrays.copyOf(bytes, got);
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
