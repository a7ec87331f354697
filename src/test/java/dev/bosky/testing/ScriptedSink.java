package dev.bosky.testing;

import dev.bosky.event.Event;
import dev.bosky.publish.DeliveryOutcome;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.SinkException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A sink whose answers are given in advance, one a request; after the last it takes everything.
 * Remembers each request, answered or not.
 */
public final class ScriptedSink implements EventSink {
  /** The answer to one request. */
  public interface Answer {
    List<DeliveryOutcome> to(List<Event> events) throws SinkException;
  }

  private static final DeliveryOutcome DELIVERED = new DeliveryOutcome.Delivered("receipt");

  private final String name;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<List<String>> requests = new ArrayList<>();
  private final List<Event> taken = new ArrayList<>();

  public ScriptedSink(String name) {
    this.name = name;
  }

  /** What comes next in the script. */
  public ScriptedSink then(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** Likewise, several times. */
  public ScriptedSink then(int times, Answer answer) {
    for (int i = 0; i < times; i++) {
      answers.add(answer);
    }
    return this;
  }

  /** Takes all. */
  public static Answer takes() {
    return events -> events.stream().map(e -> DELIVERED).toList();
  }

  /** Gets nothing through. */
  public static Answer fails(String why) {
    return events -> {
      throw new SinkException(SinkException.Cause.UNAVAILABLE, why);
    };
  }

  /** Throttles these, takes the others. */
  public static Answer throttles(String... ids) {
    return answersFor(new DeliveryOutcome.Retryable("ThrottlingException", "slow down"), ids);
  }

  /** Rejects these, takes the others. */
  public static Answer rejects(String... ids) {
    return answersFor(new DeliveryOutcome.Rejected("InvalidArgument", "not valid"), ids);
  }

  private static Answer answersFor(DeliveryOutcome outcome, String... ids) {
    Set<String> chosen = Set.of(ids);
    return events ->
        events.stream().map(e -> chosen.contains(e.id()) ? outcome : DELIVERED).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DeliveryOutcome> send(List<Event> events) throws SinkException {
    requests.add(events.stream().map(Event::id).toList());
    Answer answer = answers.isEmpty() ? takes() : answers.pop();
    List<DeliveryOutcome> outcomes = answer.to(events);
    for (int i = 0; i < events.size(); i++) {
      if (outcomes.get(i) instanceof DeliveryOutcome.Delivered) {
        taken.add(events.get(i));
      }
    }
    return outcomes;
  }

  /** The ids in each request. */
  public List<List<String>> requests() {
    return List.copyOf(requests);
  }

  /** The events taken, in their order; one taken twice is there twice. */
  public List<Event> taken() {
    return List.copyOf(taken);
  }

  public List<String> takenIds() {
    return taken.stream().map(Event::id).toList();
  }
}
