package dev.bosky.cli;

import dev.bosky.event.Event;
import dev.bosky.publish.EventBridgeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text of an event by hand: an argument, or with {@code -} all of standard input. */
final class MessageText {
  /** Stands for standard input. */
  static final String STANDARD_INPUT = "-";

  private MessageText() {}

  /**
   * The text; of standard input without the line end it ends with.
   *
   * @throws IOException if standard input cannot be read or is longer than any event
   */
  static String read(String argument, InputStream in) throws IOException {
    if (!argument.equals(STANDARD_INPUT)) {
      return argument;
    }
    byte[] bytes = in.readNBytes(EventBridgeLimits.MAX_REQUEST_BYTES + 1);
    if (bytes.length > EventBridgeLimits.MAX_REQUEST_BYTES) {
      throw new IOException(
          "standard input is too long: an event may have at most %s bytes"
              .formatted(grouped(EventBridgeLimits.MAX_REQUEST_BYTES)));
    }
    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
  }

  /**
   * Looks whether EventBridge could take the event.
   *
   * @throws IOException if it is too large; the message says by how much
   */
  static void checkSize(Event event) throws IOException {
    long bytes = EventBridgeLimits.sizeOf(event);
    if (bytes > EventBridgeLimits.MAX_REQUEST_BYTES) {
      throw new IOException(
          "the message is too long: the event would have %s bytes, and may have at most %s"
              .formatted(grouped(bytes), grouped(EventBridgeLimits.MAX_REQUEST_BYTES)));
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
