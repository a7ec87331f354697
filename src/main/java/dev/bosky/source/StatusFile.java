package dev.bosky.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One of cloud-init's status documents: given when it is there, and again whenever its content is
 * another.
 *
 * <p>cloud-init replaces these files by rename and has links to them in {@code /run/cloud-init};
 * absent, and a link to nothing, are normal states. What is no whole JSON object is "not yet".
 *
 * <p>Called by the reader thread only.
 */
public final class StatusFile implements Source {
  /** The largest document that is read, in bytes; real ones have some kilobytes. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /**
   * How long a file that looks unchanged is read all the same: two versions written within one tick
   * of the file system's clock may have the same inode, size and time.
   */
  private static final Duration TICK = Duration.ofSeconds(2);

  private final StatusDocument.Kind kind;
  private final Path path;
  private final Instant since;
  private final LongSupplier nanoTime;
  private final Troubles troubles = new Troubles();

  private Optional<FoundFile> last = Optional.empty();
  private long lastSeenNanos;
  private byte[] content = {};

  /**
   * @param since a file last written before is not of this boot and counts as absent; {@link
   *     Instant#MIN} for the link in {@code /run}, which is always of this boot
   * @param nanoTime a clock for durations, in nanoseconds
   */
  public StatusFile(StatusDocument.Kind kind, Path path, Instant since, LongSupplier nanoTime) {
    this.kind = kind;
    this.path = path;
    this.since = since;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean poll(Consumer<? super SourceRecord> out) {
    troubles.beginPoll();
    try {
      Optional<FoundFile> found = look();
      if (found.isPresent()) {
        read(found.get(), out);
      }
      troubles.over(path);
    } catch (IOException e) {
      last =
          Optional.empty(); // Tried again, though a new permission changes neither size nor time.
      troubles.cannotRead("status document", path, e, out);
    }
    return false;
  }

  /** The file, if it may hold something new. */
  private Optional<FoundFile> look() throws IOException {
    Optional<FoundFile> found;
    try {
      found = Optional.of(FoundFile.at(path)).filter(f -> !f.modified().isBefore(since));
    } catch (NoSuchFileException e) {
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      content = new byte[0]; // What comes after it is news, even if it is the same.
    }
    long now = nanoTime.getAsLong();
    if (!found.equals(last)) {
      last = found;
      lastSeenNanos = now;
      return found;
    }
    return now - lastSeenNanos <= TICK.toNanos() ? found : Optional.empty();
  }

  private void read(FoundFile found, Consumer<? super SourceRecord> out) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      return;
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("it has more than " + MAX_BYTES + " bytes");
    }
    if (Arrays.equals(bytes, content)) {
      return;
    }
    try {
      JsonNode json = JsonTree.read(bytes);
      if (json.isObject()) {
        content = bytes;
        out.accept(new StatusDocument(kind, json, found.modified()));
      }
    } catch (JsonProcessingException e) {
      last = Optional.empty(); // Not yet: looked at again, whether it looks changed or not.
    }
  }

  @Override
  public void close() {
    // No file is held open.
  }
}
