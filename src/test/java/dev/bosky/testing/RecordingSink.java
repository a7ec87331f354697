package dev.bosky.testing;

import dev.bosky.event.Event;
import dev.bosky.publish.DeliveryOutcome;
import dev.bosky.publish.EventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
    batches.add(List.copyOf(events));
    DeliveryOutcome delivered = new DeliveryOutcome.Delivered("receipt");
    return events.stream().map(e -> delivered).toList();
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
