package dev.bosky.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import dev.bosky.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A stream or a file that takes each event as one line of JSON, an entry of {@code PutEvents}.
 *
 * <p>A file is opened for each batch, so that it may be rotated under us; made 0600; forced before
 * the batch counts as delivered. What a crash or a full disk left of a batch goes before the next
 * is written: a last line without its end is cut off if it is the beginning of an entry, and ended
 * if it is anything else, which is not ours to remove. One thread.
 */
public final class JsonLinesSink implements EventSink {
  private final String name;
  private final Target target;

  /** Where the lines go. */
  private interface Target {
    void write(byte[] lines) throws IOException;
  }

  private JsonLinesSink(String name, Target target) {
    this.name = name;
    this.target = target;
  }

  /**
   * Lines on a stream.
   *
   * @param out which tells of errors (a {@code PrintStream} does not), such as a closed pipe
   */
  public static JsonLinesSink of(String name, OutputStream out) {
    return new JsonLinesSink(
        name,
        lines -> {
          out.write(lines);
          out.flush();
        });
  }

  public static JsonLinesSink toFile(Path file) {
    return new JsonLinesSink("file:" + file, lines -> appendTo(file, lines));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DeliveryOutcome> send(List<Event> events) throws SinkException {
    try {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (Event event : events) {
        lines.writeBytes(JsonTree.bytes(EventCodec.entry(event)));
        lines.write('\n');
      }
      target.write(lines.toByteArray());
    } catch (IOException e) {
      throw new SinkException(
          SinkException.Cause.LOCAL, "%s cannot be written: %s".formatted(name, e), e);
    }
    DeliveryOutcome delivered = new DeliveryOutcome.Delivered("");
    return events.stream().map(e -> delivered).toList();
  }

  private static void appendTo(Path file, byte[] lines) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file");
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      long end = repair(channel);
      try {
        writeAt(channel, end, lines);
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }

  /** Ends or cuts off a last line that has no end; says where to go on. */
  private static long repair(FileChannel channel) throws IOException {
    long size = channel.size();
    long lineStart = startOfLastLine(channel, size);
    if (lineStart == size) {
      return size;
    }
    byte[] line = new byte[(int) (size - lineStart)];
    readAt(channel, lineStart, line);
    if (line[0] == '{' && !isJson(line)) {
      channel.truncate(lineStart);
      return lineStart;
    }
    writeAt(channel, size, "\n".getBytes(StandardCharsets.US_ASCII));
    return size + 1;
  }

  /** Where the text after the last line end begins; the end if there is none. */
  private static long startOfLastLine(FileChannel channel, long size) throws IOException {
    byte[] block = new byte[8192];
    long from = size;
    while (from > 0) {
      int length = (int) Math.min(block.length, from);
      from -= length;
      byte[] part = length == block.length ? block : new byte[length];
      readAt(channel, from, part);
      for (int i = length - 1; i >= 0; i--) {
        if (part[i] == '\n') {
          return from + i + 1;
        }
      }
      if (size - from > EventBridgeLimits.MAX_REQUEST_BYTES * 8L) {
        throw new IOException("its last line is longer than any event's");
      }
    }
    return 0;
  }

  private static boolean isJson(byte[] line) throws IOException {
    try {
      JsonTree.read(line);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void readAt(FileChannel channel, long position, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
  }

  private static void writeAt(FileChannel channel, long position, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }
}
