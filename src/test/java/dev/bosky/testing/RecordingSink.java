package dev.bosky.testing;

import dev.bosky.event.Event;
import dev.bosky.publish.DeliveryOutcome;
import dev.bosky.publish.EventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sink that takes everything and remembers it. Any thread may ask. */
public final class RecordingSink implements EventSink {
  private final String name;
  private final List<List<Event>> batches = Collections.synchronizedList(new ArrayList<>());

  public RecordingSink(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DeliveryOutcome> send(List<Event> events) {
    synchronized (batches) {
      batches.add(List.copyOf(events));
      batches.notifyAll();
    }
    DeliveryOutcome delivered = new DeliveryOutcome.Delivered("receipt");
    return events.stream().map(e -> delivered).toList();
  }

  /** Waits until so many events came; fails after a minute. */
  public void await(int events) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    synchronized (batches) {
      while (ids().size() < events) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("only " + ids().size() + " of " + events + " events came");
        }
        batches.wait(left);
      }
    }
  }

  /** What each request held. */
  public List<List<Event>> batches() {
    synchronized (batches) {
      return List.copyOf(batches);
    }
  }

  /** The ids of all events, in the order in which they came. */
  public List<String> ids() {
    return batches().stream().flatMap(List::stream).map(Event::id).toList();
  }
}
