package dev.bosky.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the bus received, bounded by bytes: the oldest requests are forgotten, with their events,
 * and counted. Any thread.
 */
final class Journal {
  /** What an entry takes of memory beside its text. */
  private static final long OVERHEAD_BYTES = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Deque<BusRequest> requests = new ArrayDeque<>();
  private final long maxBytes;
  private final Consumer<BusRequest> listener;
  private long bytes;
  private long forgotten;

  Journal(long maxBytes, Consumer<BusRequest> listener) {
    this.maxBytes = maxBytes;
    this.listener = listener;
  }

  /** Keeps the request and tells the listener; requests are told in the order they are kept. */
  void add(BusRequest request) {
    lock.lock();
    try {
      requests.add(request);
      bytes += size(request);
      while (bytes > maxBytes) {
        bytes -= size(requests.remove());
        forgotten++;
      }
      grown.signalAll();
      listener.accept(request);
    } finally {
      lock.unlock();
    }
  }

  private static long size(BusRequest request) {
    return OVERHEAD_BYTES + request.bytes();
  }

  List<BusRequest> requests() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  List<ReceivedEvent> events() {
    return requests().stream().flatMap(r -> r.taken().stream()).toList();
  }

  long forgotten() {
    lock.lock();
    try {
      return forgotten;
    } finally {
      lock.unlock();
    }
  }

  void await(Predicate<Journal> condition, Duration timeout)
      throws InterruptedException, TimeoutException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!condition.test(this)) {
        if (left <= 0) {
          throw new TimeoutException(
              "not within %d s; received: %s".formatted(timeout.toSeconds(), summary()));
        }
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<String> summary() {
    return requests().stream()
        .map(r -> r.operation() + " " + r.status() + " " + r.entries())
        .toList();
  }
}
