package dev.bosky.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The failures of one boot in their order: the first {@link #FIRST} and the last {@link #LAST}. For
 * the reader thread only.
 */
final class FailureLog {
  static final int FIRST = 40;
  static final int LAST = 10;

  private final List<NotedFailure> failures = new ArrayList<>();

  /** The last {@link #LAST} that were taken back. Not in a checkpoint. */
  private final List<NotedFailure> cleared = new ArrayList<>();

  /** Those that still want lines after them. */
  private final List<NotedFailure> waiting = new ArrayList<>();

  /** Those printed since the logs were last read to their end. */
  private final List<NotedFailure> fresh = new ArrayList<>();

  void add(NotedFailure failure) {
    if (failures.size() == FIRST + LAST) {
      fresh.remove(failures.remove(FIRST));
    }
    failures.add(failure);
    fresh.add(failure);
    waiting.add(failure);
    if (waiting.size() > LAST) {
      waiting.remove(0);
    }
  }

  void clear(String marker, String pending) {
    List<NotedFailure> back =
        failures.stream()
            .filter(f -> f.failure().marker().equals(marker))
            .filter(f -> f.failure().pending().filter(pending::equals).isPresent())
            .toList();
    failures.removeAll(back);
    cleared.addAll(back);
    cleared.subList(0, Math.max(0, cleared.size() - LAST)).clear();
  }

  /**
   * The last ones that were taken back, oldest first: no failures, but perhaps a failure's cause.
   */
  List<NotedFailure> cleared() {
    return List.copyOf(cleared);
  }

  /** A script has started: what was read of other logs in this round may already be its words. */
  void started(String script) {
    fresh.forEach(failure -> failure.mayBeOf(script));
  }

  /** All logs were read to their end: what starts from now on has printed nothing of this. */
  void settled() {
    fresh.clear();
  }

  /** A line that comes after what is here. */
  void line(String log, Supplier<String> masked) {
    if (waiting.isEmpty()) {
      return;
    }
    String text = null;
    for (NotedFailure failure : waiting) {
      if (failure.wantsAfter(log)) {
        text = text == null ? masked.get() : text;
        failure.addAfter(text);
      }
    }
    if (text != null) {
      waiting.removeIf(failure -> !failure.wantsAfter(log) && failure.isOf(log));
    }
  }

  List<NotedFailure> all() {
    return List.copyOf(failures);
  }
}
