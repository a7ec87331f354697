package dev.bosky.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Compresses as gzip does. */
final class Gzip {
  private Gzip() {}

  static void write(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Makes {@code file.gz} with the same times, then deletes the file. */
  static void compress(Path file) throws IOException {
    Path compressed = file.resolveSibling(file.getFileName() + ".gz");
    write(compressed, Files.readString(file));
    Files.setLastModifiedTime(compressed, Files.getLastModifiedTime(file));
    Files.delete(file);
  }
}
