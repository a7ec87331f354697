package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Failures that a later line of the same log may take back.
 *
 * <p>Like failures (same marker, same captures, same log) are one entry: a loop that fails a
 * thousand times before it ends well is one thing to wait for. At most {@value #MAX_ENTRIES}
 * entries; a failure beyond that stands.
 */
final class PendingFailures {
  static final int MAX_ENTRIES = 200;

  private final List<Entry> entries = new ArrayList<>();
  private long named;
  private final ClearingLines clearing = new ClearingLines();

  /** Like failures that wait for one line. */
  private record Entry(
      String name, String markerKey, String log, String clearedBy, List<Position> published) {}

  /** An entry that a line took back. */
  record Taken(String name, String markerKey, List<Position> published) {}

  /**
   * Waits for a line that takes this failure back.
   *
   * @param published true if the failure has an event of its own
   * @return what the entry is called; empty if there is no room for one more
   */
  Optional<String> add(Marker marker, Position at, String clearedBy, boolean published) {
    for (Entry entry : entries) {
      if (entry.clearedBy.equals(clearedBy)
          && entry.markerKey.equals(marker.key())
          && entry.log.equals(at.log())) {
        if (published) {
          entry.published.add(at);
        }
        return Optional.of(entry.name);
      }
    }
    if (entries.size() >= MAX_ENTRIES || !clearing.add(clearedBy)) {
      return Optional.empty();
    }
    Entry entry =
        new Entry(
            marker.key() + "#" + ++named,
            marker.key(),
            at.log(),
            clearedBy,
            new ArrayList<>(published ? List.of(at) : List.of()));
    entries.add(entry);
    return Optional.of(entry.name);
  }

  /** The entries that this line takes back; they are gone then. */
  List<Taken> take(CleanLine line) {
    if (entries.isEmpty()) {
      return List.of();
    }
    Set<String> matching = clearing.matching(line);
    if (matching.isEmpty()) {
      return List.of();
    }
    List<Taken> taken = new ArrayList<>();
    entries.removeIf(
        entry -> {
          boolean isTaken = entry.log.equals(line.log()) && matching.contains(entry.clearedBy);
          if (isTaken) {
            taken.add(new Taken(entry.name, entry.markerKey, List.copyOf(entry.published)));
          }
          return isTaken;
        });
    entries.forEach(entry -> matching.remove(entry.clearedBy));
    matching.forEach(clearing::release);
    return taken;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("named", named);
    ArrayNode array = json.putArray("entries");
    for (Entry entry : entries) {
      ObjectNode node = array.addObject();
      node.put("name", entry.name);
      node.put("marker", entry.markerKey);
      node.put("log", entry.log);
      node.put("cleared_by", entry.clearedBy);
      ArrayNode positions = node.putArray("published");
      entry.published.forEach(position -> positions.add(position.toJson()));
    }
    return json;
  }

  static PendingFailures fromJson(JsonNode json) {
    PendingFailures pending = new PendingFailures();
    pending.named = json.path("named").asLong();
    for (JsonNode node : json.path("entries")) {
      String clearedBy = node.path("cleared_by").asText();
      if (pending.clearing.add(clearedBy)) {
        List<Position> published = new ArrayList<>();
        node.path("published").forEach(position -> published.add(Position.fromJson(position)));
        pending.entries.add(
            new Entry(
                node.path("name").asText(),
                node.path("marker").asText(),
                node.path("log").asText(),
                clearedBy,
                published));
      }
    }
    return pending;
  }
}
