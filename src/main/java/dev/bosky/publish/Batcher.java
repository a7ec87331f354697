package dev.bosky.publish;

import dev.bosky.spool.Spooled;
import java.util.List;

/** Picks what goes into one request: as many from the head as the limits take, order kept. */
final class Batcher {
  private Batcher() {}

  /** The first batch; an event that is too large for any request is a batch of its own. */
  static List<Spooled> first(List<Spooled> waiting) {
    int count = 0;
    long bytes = 0;
    while (count < waiting.size() && count < EventBridgeLimits.MAX_ENTRIES) {
      bytes += EventBridgeLimits.sizeOf(waiting.get(count).event());
      if (bytes > EventBridgeLimits.MAX_REQUEST_BYTES && count > 0) {
        break;
      }
      count++;
    }
    return waiting.subList(0, count);
  }
}
