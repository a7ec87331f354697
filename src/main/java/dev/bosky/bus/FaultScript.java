package dev.bosky.bus;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/** Which fault the next request gets. Any thread. */
final class FaultScript {
  private final Deque<Fault> next = new ArrayDeque<>();
  private Fault always;

  synchronized void add(Collection<Fault> faults) {
    next.addAll(faults);
  }

  synchronized void always(Fault fault) {
    always = fault;
  }

  synchronized void clear() {
    next.clear();
    always = null;
  }

  synchronized Optional<Fault> next() {
    return Optional.ofNullable(next.isEmpty() ? always : next.poll());
  }
}
