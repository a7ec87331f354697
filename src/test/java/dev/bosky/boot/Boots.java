package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.source.LogLine;
import dev.bosky.source.StatusDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Tells a tracker lines, markers and documents, and keeps what it says. */
final class Boots {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnaryOperator<String> mask;
  private final BootTracker tracker;
  private final List<BootSignal> signals = new ArrayList<>();
  private final LineCleaner cleaner = new LineCleaner();
  private long offset;
  private long number;
  private boolean ofThisBoot = true;

  Boots(UnaryOperator<String> mask) {
    this(BootSettings.replay(), History.UNKNOWN, UserData.UNREADABLE, mask);
  }

  Boots(BootSettings settings, History history, UserData userData, UnaryOperator<String> mask) {
    this.mask = mask;
    this.tracker = new BootTracker(settings, history, userData, mask, signals::add);
  }

  static Boots replaying(String lines) {
    return new Boots(UnaryOperator.identity()).lines(lines);
  }

  static Boots replay(String lines) {
    return replaying(lines).end();
  }

  BootTracker tracker() {
    return tracker;
  }

  List<BootSignal> signals() {
    return signals;
  }

  boolean ofThisBoot() {
    return ofThisBoot;
  }

  Boots lines(String text) {
    text.lines().forEach(line -> line(line.getBytes(UTF_8)));
    return this;
  }

  Boots line(byte[] bytes) {
    return line("output", bytes);
  }

  Boots line(String log, byte[] bytes) {
    LogLine line = new LogLine(log, 0, offset, ++number, bytes, false);
    offset += bytes.length + 1;
    cleaner.clean(line, clean -> ofThisBoot = tracker.line(clean, NOON));
    return this;
  }

  void marker(String marker, String line) {
    marker(marker, Decides.YES, line);
  }

  void candidate(String marker, String line) {
    marker(marker, Decides.NO, line);
  }

  void pendingMarker(String marker, String pending, String line) {
    marker(marker, Decides.YES, Optional.of(pending), line);
  }

  void marker(String marker, Decides decides, String line) {
    marker(marker, decides, Optional.empty(), line);
  }

  private void marker(String marker, Decides decides, Optional<String> pending, String text) {
    Position position = new Position("output", 0, offset, number + 1);
    lines(text);
    tracker.failure(
        new Failure(
            Failure.Origin.MARKER,
            marker,
            decides,
            pending,
            text,
            new Evidence(List.of(), text, List.of()),
            Optional.of(position),
            Map.of(),
            OptionalInt.empty(),
            NOON));
  }

  Boots result(List<String> errors) {
    ObjectNode json = JSON.createObjectNode();
    var texts = json.putObject("v1").putArray("errors");
    errors.forEach(texts::add);
    return document(StatusDocument.Kind.RESULT, json);
  }

  Boots status(String json) {
    try {
      return document(StatusDocument.Kind.STATUS, JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Boots document(StatusDocument.Kind kind, JsonNode json) {
    tracker.document(new StatusDocument(kind, json, NOON), NOON);
    return this;
  }

  Boots end() {
    tracker.endOfInput();
    return this;
  }

  /** Another agent that goes on from this one's checkpoint. */
  Boots copy() {
    Boots copy = new Boots(mask);
    copy.tracker.restore(parse(tracker.snapshot().toString()));
    copy.offset = offset;
    copy.number = number;
    return copy;
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Outcome> outcomes() {
    return signals.stream()
        .filter(BootSignal.Ended.class::isInstance)
        .map(signal -> ((BootSignal.Ended) signal).outcome())
        .toList();
  }

  /** The one outcome. */
  Outcome outcome() {
    List<Outcome> all = outcomes();
    if (all.size() != 1) {
      throw new AssertionError("one outcome expected, found " + all);
    }
    return all.get(0);
  }
}
