package dev.bosky.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.event.Event;

/** What EventBridge takes in one {@code PutEvents}, and how it counts. */
public final class EventBridgeLimits {
  /** Entries in a request. */
  public static final int MAX_ENTRIES = 10;

  /**
   * Bytes of all entries of a request together. The service took 256 KB until January 2026 and
   * takes 1 MB (1,048,576) since; we stay below.
   */
  public static final int MAX_REQUEST_BYTES = 999_999;

  /** What {@code Time} counts. */
  static final int TIME_BYTES = 14;

  private EventBridgeLimits() {}

  /** The entry's size as the service counts it: names, bus and JSON around them are free. */
  public static long sizeOf(Event event) {
    long size = TIME_BYTES;
    size += event.eventSource().getBytes(UTF_8).length;
    size += event.detailType().getBytes(UTF_8).length;
    size += event.detail().getBytes(UTF_8).length;
    for (String resource : event.resources()) {
      size += resource.getBytes(UTF_8).length;
    }
    return size;
  }
}
