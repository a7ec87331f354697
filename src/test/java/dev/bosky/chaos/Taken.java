package dev.bosky.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.bus.BusRequest;
import dev.bosky.bus.ReceivedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a bus took, held against what was written: keeps each entry by its id, and what was wrong
 * with it. Any thread.
 */
final class Taken {
  private final Map<String, String> entries = new HashMap<>();
  private final Map<Long, String> idOfNumber = new HashMap<>();
  private final Map<String, Set<String>> outcomes = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long events;
  private long lost;

  /** To be told each request of the bus. */
  synchronized void accept(BusRequest request) {
    request.taken().forEach(this::accept);
  }

  private void accept(ReceivedEvent event) {
    events++;
    String id = event.detail().path("Id").asText();
    String before = entries.putIfAbsent(id, entry(event));
    if (before == null) {
      first(id, event.detail());
    } else if (!before.equals(entry(event))) {
      wrong.add("one id, two entries:\n  " + before + "\n  " + entry(event));
    }
  }

  /** The entry as it was sent: all but the id that the bus gave it. */
  private static String entry(ReceivedEvent event) {
    ObjectNode envelope = event.event().deepCopy();
    envelope.remove(List.of("id", "detail"));
    return envelope + " " + event.detailText();
  }

  private void first(String id, JsonNode detail) {
    String kind = detail.path("Kind").asText();
    if (kind.equals("marker")) {
      long number = detail.at("/Marker/Fields/number").asLong();
      String other = idOfNumber.putIfAbsent(number, id);
      if (other != null) {
        wrong.add("line " + number + " came with two ids: " + other + " and " + id);
      }
    } else if (kind.equals("outcome")) {
      outcomes
          .computeIfAbsent(detail.at("/Instance/Id").asText(), instance -> new TreeSet<>())
          .add(id);
      lost += detail.at("/Outcome/Lost").asLong() + detail.at("/Outcome/Suppressed").asLong();
    } else if (kind.equals("notice")) {
      wrong.add("notice: " + detail.path("Message").asText());
    }
  }

  /** Which of the lines from 1 to the last never came, as ranges. */
  synchronized List<String> missing(long last) {
    List<String> missing = new ArrayList<>();
    for (long number = 1; number <= last; number++) {
      long from = number;
      while (number <= last && !idOfNumber.containsKey(number)) {
        number++;
      }
      if (number > from) {
        missing.add(from + " to " + (number - 1));
      }
    }
    return missing;
  }

  /** In words, whatever must not be. */
  synchronized List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    outcomes.forEach(
        (instance, ids) -> {
          if (ids.size() > 1) {
            all.add(instance + ": " + ids.size() + " outcomes");
          }
        });
    if (lost > 0) {
      all.add(lost + " events suppressed or lost, by the outcomes' own count");
    }
    return all;
  }

  /** How many boots have told their outcome. */
  synchronized int outcomes() {
    return outcomes.size();
  }

  /** How many entries were taken, repeats and all. */
  synchronized long events() {
    return events;
  }

  /** How many of them had been taken before. */
  synchronized long repeats() {
    return events - entries.size();
  }
}
