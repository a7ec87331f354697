package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Failures that a later line of the same log may take back.
 *
 * <p>Like failures (same marker, same captures, same log) are one entry: a loop that fails a
 * thousand times before it ends well is one thing to wait for. At most {@value #MAX_ENTRIES}
 * entries; a failure beyond that stands.
 */
final class PendingFailures {
  static final int MAX_ENTRIES = 200;

  /** For the automaton of one entry. */
  private static final long MAX_AUTOMATON_BYTES = 64 << 10;

  private final List<Entry> entries = new ArrayList<>();
  private long named;
  private Prefilter prefilter = new Prefilter(List.of());
  private final Prefilter.Room room = new Prefilter.Room();

  /** Like failures that wait for one line. */
  private record Entry(
      String name,
      String markerKey,
      String log,
      Expression clearedBy,
      QuickCheck quickCheck,
      List<Position> published) {
    boolean isTakenBackBy(CleanLine line) {
      return log.equals(line.log())
          && quickCheck.perhaps(line.bytes(), line.start(), LineMatcher.headEnd(line))
          && clearedBy.foundIn(LineMatcher.head(line));
    }
  }

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
      if (entry.markerKey.equals(marker.key())
          && entry.log.equals(at.log())
          && entry.clearedBy.text().equals(clearedBy)) {
        if (published) {
          entry.published.add(at);
        }
        return Optional.of(entry.name);
      }
    }
    Optional<Expression> expression = compile(clearedBy);
    if (entries.size() >= MAX_ENTRIES || expression.isEmpty()) {
      return Optional.empty();
    }
    Entry entry =
        new Entry(
            marker.key() + "#" + ++named,
            marker.key(),
            at.log(),
            expression.get(),
            quickCheck(expression.get()),
            new ArrayList<>(published ? List.of(at) : List.of()));
    entries.add(entry);
    rebuild();
    return Optional.of(entry.name);
  }

  /** The entries that this line takes back; they are gone then. */
  List<Taken> take(CleanLine line) {
    if (entries.isEmpty()) {
      return List.of();
    }
    BitSet candidates = prefilter.scan(line.bytes(), line.start(), LineMatcher.headEnd(line), room);
    if (candidates.isEmpty()) {
      return List.of();
    }
    List<Entry> taken = new ArrayList<>(0);
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (entries.get(i).isTakenBackBy(line)) {
        taken.add(entries.get(i));
      }
    }
    if (!taken.isEmpty()) {
      entries.removeAll(taken);
      rebuild();
    }
    return taken.stream()
        .map(entry -> new Taken(entry.name, entry.markerKey, List.copyOf(entry.published)))
        .toList();
  }

  private void rebuild() {
    prefilter =
        new Prefilter(entries.stream().map(entry -> entry.clearedBy.requirements()).toList());
  }

  /** A capture may be so long that the expression passes the bound: then it waits for nothing. */
  private static Optional<Expression> compile(String text) {
    try {
      return Optional.of(Expression.compile(text));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
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
      node.put("cleared_by", entry.clearedBy.text());
      ArrayNode positions = node.putArray("published");
      entry.published.forEach(position -> positions.add(position.toJson()));
    }
    return json;
  }

  static PendingFailures fromJson(JsonNode json) {
    PendingFailures pending = new PendingFailures();
    pending.named = json.path("named").asLong();
    for (JsonNode node : json.path("entries")) {
      List<Position> published = new ArrayList<>();
      node.path("published").forEach(position -> published.add(Position.fromJson(position)));
      compile(node.path("cleared_by").asText())
          .ifPresent(
              expression ->
                  pending.entries.add(
                      new Entry(
                          node.path("name").asText(),
                          node.path("marker").asText(),
                          node.path("log").asText(),
                          expression,
                          quickCheck(expression),
                          published)));
    }
    pending.rebuild();
    return pending;
  }

  private static QuickCheck quickCheck(Expression clearedBy) {
    return new QuickCheck(clearedBy, new LazyDfa.Room(MAX_AUTOMATON_BYTES));
  }
}
