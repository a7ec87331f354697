package dev.bosky.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * A tree as one file: everything root's, readable by all, of the same time, in the order of names.
 *
 * @param tree the folder; its name is that of the folder in the archive
 * @param time of every file
 */
record Archive(Path tree, Instant time) {
  private static final int READABLE = 0100644;
  private static final int EXECUTABLE = 0100755;
  private static final int FOLDER = 040755;

  /** The cache repeats much of jar and runtime, 60 MB before it. */
  private static final int DICTIONARY = 64 << 20;

  /** Gives the files on disk the time that they have in the archive. */
  void setTimes() throws IOException {
    for (Path file : files(tree)) {
      Files.setLastModifiedTime(file, FileTime.from(time));
    }
  }

  /** Writes it as {@code .tar.gz}. */
  void writeGz(Path file) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    parameters.setModificationTime(time.toEpochMilli());
    write(new GzipCompressorOutputStream(open(file), parameters));
  }

  /** Writes it as {@code .tar.xz}; unpacking needs 65 MB of memory. */
  void writeXz(Path file) throws IOException {
    LZMA2Options options = new LZMA2Options();
    options.setDictSize(DICTIONARY);
    write(new XZOutputStream(open(file), options));
  }

  /** Writes the file's checksum beside it, as {@code sha256sum -c} reads it. */
  static void writeSum(Path file) throws IOException {
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha256"),
        sum(file) + "  " + file.getFileName() + "\n");
  }

  /** The file's SHA-256 in hexadecimal digits. */
  static String sum(Path file) throws IOException {
    return sum(Files.readAllBytes(file));
  }

  static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All files and folders of a tree, itself first. */
  static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.sorted().toList();
    }
  }

  /** Deletes a tree, if it is there. */
  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      for (Path file : files(tree).stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  /** Writes it as {@code .tar}, and closes the stream. */
  void write(OutputStream compressed) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Path file : files(tree)) {
        add(tar, file);
      }
    }
  }

  private void add(TarArchiveOutputStream tar, Path file) throws IOException {
    String name = tree.getParent().relativize(file).toString();
    boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    TarArchiveEntry entry = new TarArchiveEntry(folder ? name + "/" : name);
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setMode(folder ? FOLDER : Files.isExecutable(file) ? EXECUTABLE : READABLE);
    if (!folder) {
      entry.setSize(Files.size(file));
    }
    tar.putArchiveEntry(entry);
    if (!folder) {
      Files.copy(file, tar);
    }
    tar.closeArchiveEntry();
  }
}
