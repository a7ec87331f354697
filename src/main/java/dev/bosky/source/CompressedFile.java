package dev.bosky.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A rotated file that was compressed. It is not read, but what is missed in it is counted: exactly
 * for gzip, which logrotate uses; other formats are known by their name only.
 */
record CompressedFile(FoundFile file) {
  private static final List<String> ENDINGS =
      List.of(".gz", ".xz", ".zst", ".bz2", ".lz4", ".lzma", ".z", ".zip");

  /** A gzip file ends with its content's length, in 4 bytes: so modulo 4 GB. */
  private static final int GZIP_LENGTH_BYTES = 4;

  static boolean isOne(FoundFile file) {
    String name = file.path().getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  Path path() {
    return file.path();
  }

  /** Its length before it was compressed, in bytes; empty if that cannot be told. */
  OptionalLong length() throws IOException {
    if (!isGzip() || file.size() < GZIP_LENGTH_BYTES) {
      return OptionalLong.empty();
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file.path())) {
      byte[] length =
          Fingerprint.bytesAt(channel, file.size() - GZIP_LENGTH_BYTES, GZIP_LENGTH_BYTES);
      return OptionalLong.of(
          Integer.toUnsignedLong(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt()));
    }
  }

  /** True if it is the file that was read, as it went on. */
  boolean holds(Fingerprint print) throws IOException {
    if (!isGzip() || print.read() == 0) {
      return false;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file.path()));
        InputStream content = new GZIPInputStream(raw)) {
      return print.fits(content);
    } catch (EOFException | ZipException e) {
      return false; // Shorter than what was read, still being written, or no gzip file at all.
    }
  }

  /** True if this is the name that compressing the original gives. */
  boolean isOf(Path original) {
    String name = file.path().getFileName().toString();
    return name.substring(0, name.lastIndexOf('.')).equals(original.getFileName().toString());
  }

  boolean isGzip() {
    return file.path().getFileName().toString().endsWith(".gz");
  }
}
