package dev.bosky.spool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One small JSON document on disk, replaced as a whole.
 *
 * <p>Two lines of JSON:
 *
 * <pre>
 * {"version":1,"crc32c":"0a1b2c3d","bytes":57}     the header; the checksum and length are those of
 * {…}                                              the document, without its line end
 * </pre>
 *
 * <p>A crash leaves the old document or the new. A file that is no such document is moved aside and
 * reported, never fatal: its owner goes on as if there were none. One owner, one thread.
 */
public final class StateFile {
  /** A longer file is no state of ours. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  /** So many files moved aside are kept for a person to look at; then the oldest goes. */
  static final int MAX_ASIDE = 5;

  private final Storage storage;
  private final Path file;
  private final int version;
  private byte[] onDisk = new byte[0];

  /** What {@link #load} found. */
  public sealed interface Content {
    /** There is no file: a first start. */
    record Absent() implements Content {}

    /**
     * The document.
     *
     * @param version at most the version of this build; an older one is for the owner to upgrade
     */
    record Present(JsonNode document, int version) implements Content {}

    /**
     * The file was no whole document, and was moved aside.
     *
     * @param text one sentence: where, expected, found, what was done
     */
    record Quarantined(String text) implements Content {}

    /**
     * A newer build wrote it; it was moved aside, whole.
     *
     * @param text one sentence: where, expected, found, what was done
     */
    record Newer(String text) implements Content {}
  }

  /**
   * @param version the version of the documents that the owner writes, from 1
   */
  public StateFile(Storage storage, Path file, int version) {
    this.storage = storage;
    this.file = file;
    this.version = version;
  }

  /**
   * Reads the document; moves aside what is none.
   *
   * @throws IOException if the disk cannot be read at all
   */
  public Content load() throws IOException {
    byte[] content;
    try {
      content = storage.read(file, MAX_BYTES);
    } catch (NoSuchFileException e) {
      return new Content.Absent();
    }
    Content read = parse(content);
    if (read instanceof Content.Present) {
      onDisk = content;
      return read;
    }
    if (read instanceof Content.Newer newer) {
      return new Content.Newer(newer.text() + moveAside("newer"));
    }
    return new Content.Quarantined(
        file + ": " + ((Content.Quarantined) read).text() + moveAside("corrupt"));
  }

  /**
   * Reads the document and leaves the file alone, whatever it is: for those who only look.
   *
   * @throws IOException if the disk cannot be read at all
   */
  Content look() throws IOException {
    try {
      return parse(storage.read(file, MAX_BYTES));
    } catch (NoSuchFileException e) {
      return new Content.Absent();
    }
  }

  /**
   * Replaces the document; does nothing if it is the one on disk.
   *
   * @throws IOException if it could not be made durable; the old one is still there
   */
  public void save(JsonNode document) throws IOException {
    byte[] content = format(document);
    if (Arrays.equals(content, onDisk)) {
      return;
    }
    // From here until the end nobody knows which of the two is on disk.
    onDisk = new byte[0];
    storage.replace(file, content);
    onDisk = content;
  }

  private byte[] format(JsonNode document) throws IOException {
    byte[] body = JsonTree.bytes(document);
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("version", version);
    header.put("crc32c", crc32c(body, 0, body.length));
    header.put("bytes", body.length);
    byte[] head = JsonTree.bytes(header);
    byte[] content = Arrays.copyOf(head, head.length + body.length + 2);
    content[head.length] = '\n';
    System.arraycopy(body, 0, content, head.length + 1, body.length);
    content[content.length - 1] = '\n';
    return content;
  }

  private Content parse(byte[] content) {
    int lineEnd = 0;
    while (lineEnd < content.length && content[lineEnd] != '\n') {
      lineEnd++;
    }
    try {
      JsonNode header = JsonTree.read(content, 0, lineEnd);
      if (!header.path("version").isInt()) {
        return new Content.Quarantined("expected a header with a version, found none");
      }
      int found = header.path("version").intValue();
      if (found > version) {
        return new Content.Newer(
            "%s: version %d, this build reads up to %d".formatted(file, found, version));
      }
      int from = lineEnd + 1;
      int bytes = header.path("bytes").asInt(-1);
      if (bytes < 0 || bytes != content.length - from - 1) {
        return new Content.Quarantined(
            "expected %d bytes of document, found %d"
                .formatted(bytes, Math.max(0, content.length - from - 1)));
      }
      if (!crc32c(content, from, bytes).equals(header.path("crc32c").asText())) {
        return new Content.Quarantined("the checksum is not that of the document");
      }
      return new Content.Present(JsonTree.read(content, from, bytes), found);
    } catch (IOException e) {
      return new Content.Quarantined("expected JSON, found something else");
    }
  }

  /** Gives the file a name beside its own; says so, also where it cannot be done. */
  private String moveAside(String why) {
    String prefix = file.getFileName() + "." + why + "-";
    try {
      List<Integer> taken =
          storage.list(file.getParent()).stream()
              .filter(n -> n.startsWith(prefix) && n.substring(prefix.length()).matches("\\d{1,9}"))
              .map(n -> Integer.valueOf(n.substring(prefix.length())))
              .sorted()
              .toList();
      for (int i = 0; i <= taken.size() - MAX_ASIDE; i++) {
        storage.delete(file.resolveSibling(prefix + taken.get(i)));
      }
      int next = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
      storage.move(file, file.resolveSibling(prefix + next));
      return "; moved to " + prefix + next + ", starting without it";
    } catch (IOException e) {
      return "; could not be moved aside (" + e.getMessage() + "), starting without it";
    }
  }

  private static String crc32c(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return String.format("%08x", crc.getValue());
  }
}
