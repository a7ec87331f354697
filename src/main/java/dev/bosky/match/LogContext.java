package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last lines of one log.
 *
 * <p>Lines are kept as they were read and masked when they are asked for, because most never are.
 */
final class LogContext {
  private Redactor redactor;
  private int size;
  private final Deque<Seen> lines = new ArrayDeque<>();

  /** A line that was seen: still as read, or (after a restart) masked. */
  private sealed interface Seen {
    record AsRead(CleanLine line) implements Seen {}

    record Masked(String text) implements Seen {}
  }

  LogContext(Redactor redactor, int size) {
    use(redactor, size);
  }

  /** From now on masks by these rules and keeps {@code size} lines besides the last one. */
  void use(Redactor rules, int lines) {
    this.redactor = rules;
    this.size = lines;
  }

  /** Takes the next line of the log. */
  void add(CleanLine line) {
    keep(new Seen.AsRead(line));
  }

  private void keep(Seen seen) {
    lines.addLast(seen);
    while (lines.size() > size + 1) {
      lines.removeFirst();
    }
  }

  /** The line added last as it may leave the machine, whole. */
  String last() {
    return masked(lines.getLast());
  }

  /** The {@code count} lines before the last one, oldest first, each cut to its bound. */
  List<String> before(int count) {
    List<String> before = new ArrayList<>();
    Iterator<Seen> backwards = lines.descendingIterator();
    backwards.next();
    while (before.size() < count && backwards.hasNext()) {
      before.add(0, MaskedText.cutLine(masked(backwards.next())));
    }
    return before;
  }

  /** The last lines, oldest first, each cut to its bound. */
  List<String> recent() {
    return lines.stream().map(this::masked).map(MaskedText::cutLine).toList();
  }

  private String masked(Seen seen) {
    if (seen instanceof Seen.Masked masked) {
      return masked.text();
    }
    return redactor.mask(LineMatcher.head(((Seen.AsRead) seen).line()));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode texts = json.putArray("lines");
    recent().forEach(texts::add);
    return json;
  }

  static LogContext fromJson(Redactor redactor, int size, JsonNode json) {
    LogContext context = new LogContext(redactor, size);
    MaskedText.texts(json.path("lines")).forEach(line -> context.keep(new Seen.Masked(line)));
    return context;
  }
}
