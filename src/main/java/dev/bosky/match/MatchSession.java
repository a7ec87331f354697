package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import dev.bosky.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The matching of one boot: lines in, signals out, with what has to be remembered in between.
 *
 * <p>Time is the duration since this boot's first sign; it never runs backwards. What {@link
 * #snapshot} gives is part of the agent's checkpoint: from there, the same lines give the same
 * signals again. Only a block that was cut short by the clock may come out longer or shorter.
 *
 * <p>For the reader thread only.
 */
public final class MatchSession {
  private MatchSettings settings;
  private PatternSet set;
  private Redactor redactor;
  private LineMatcher matcher;
  private int contextSize;
  private final Map<String, LogContext> contexts = new LinkedHashMap<>();
  private final Map<String, OpenBlock> blocks = new LinkedHashMap<>();
  private final Set<String> echoing = new TreeSet<>();
  private final Set<String> missed = new TreeSet<>();
  private PendingFailures pending = new PendingFailures();
  private MatchCounts counts = new MatchCounts();
  private Echoes echoes = new Echoes();
  private boolean waived;

  /** A session at the beginning of a boot. */
  public MatchSession(PatternSet set, MatchSettings settings) {
    this.settings = settings;
    use(set);
  }

  /** Goes on with other markers: counts, open blocks and pending failures stay. */
  public void use(PatternSet markers) {
    this.set = markers;
    this.redactor = markers.redactor();
    this.matcher = new LineMatcher(markers, settings.outputLogs());
    this.contextSize =
        markers.list().stream().mapToInt(Marker::context).reduce(Marker.DEFAULT_CONTEXT, Math::max);
    contexts.values().forEach(context -> context.use(redactor, contextSize));
  }

  /** Goes on with other bounds, or with other logs that count as output. */
  public void use(MatchSettings others) {
    this.settings = others;
    this.matcher = new LineMatcher(set, settings.outputLogs());
  }

  public PatternSet patterns() {
    return set;
  }

  /** Masks any text by the rules in force. */
  public Redactor redactor() {
    return redactor;
  }

  public MatchCounts counts() {
    return counts;
  }

  /**
   * Takes the next line of a log.
   *
   * @param stage the boot's stage, if it is known
   */
  public List<MatchSignal> line(CleanLine line, Optional<Stage> stage, Duration sinceBoot) {
    LogContext context =
        contexts.computeIfAbsent(line.log(), log -> new LogContext(redactor, contextSize));
    context.add(line);
    List<MatchSignal> signals = new ArrayList<>(0);
    OpenBlock block = blocks.get(line.log());
    if (block != null && block.waitedTooLong(sinceBoot)) {
      close(line.log(), signals);
      block = null;
    }
    if (block != null) {
      if (block.add(LineMatcher.head(line), context.last())) {
        close(line.log(), signals);
      }
      return signals;
    }
    for (PendingFailures.Taken taken : pending.take(line)) {
      set.find(taken.markerKey())
          .ifPresent(marker -> signals.add(cleared(marker, taken, line, context)));
    }
    matcher
        .take(line, stage)
        .ifPresent(hit -> signals.addAll(matched(hit, line, stage, sinceBoot, context)));
    return signals;
  }

  private static MatchSignal cleared(
      Marker marker, PendingFailures.Taken taken, CleanLine line, LogContext context) {
    return new MatchSignal.Cleared(
        marker,
        taken.name(),
        taken.published(),
        Position.of(line),
        MaskedText.cutLine(context.last()));
  }

  private List<MatchSignal> matched(
      LineMatcher.Hit hit,
      CleanLine line,
      Optional<Stage> stage,
      Duration sinceBoot,
      LogContext context) {
    Marker marker = hit.marker();
    Position at = Position.of(line);
    String masked = context.last();
    Capture capture = new Capture(marker.match(), hit.captures(), hit.text(), masked);
    boolean echo = echoes.isEcho(line.log(), marker, masked);
    boolean published = !echo && counts.count(marker, settings.maxEvents());
    Optional<String> pendingAs =
        marker
            .clearedBy()
            .filter(by -> !echo)
            .flatMap(capture::fillQuoted)
            .flatMap(clearedBy -> pending.add(marker, at, clearedBy, published));
    OpenBlock block =
        new OpenBlock(
            marker,
            at,
            stage,
            pendingAs,
            published,
            sinceBoot,
            context.before(marker.context()),
            MaskedText.cutLine(masked),
            capture.fields());
    if (block.complete()) {
      return echo ? List.of() : List.of(block.close());
    }
    blocks.put(line.log(), block);
    if (echo) {
      echoing.add(line.log());
    }
    return List.of();
  }

  /** Ends the open block of that log; one that another log has told already says nothing. */
  private void close(String log, List<MatchSignal> signals) {
    MatchSignal signal = blocks.remove(log).close();
    if (!echoing.remove(log)) {
      signals.add(signal);
    }
  }

  /** Whether a block of that log is open: its lines belong to it, and to no other marker. */
  public boolean isInBlock(String log) {
    return blocks.containsKey(log);
  }

  /** Lets time pass: ends blocks that were waited for long enough, and notes missed deadlines. */
  public List<MatchSignal> tick(Duration sinceBoot) {
    List<MatchSignal> signals = new ArrayList<>(0);
    for (String log : List.copyOf(blocks.keySet())) {
      if (blocks.get(log).waitedTooLong(sinceBoot)) {
        close(log, signals);
      }
    }
    for (Marker marker : set.list()) {
      Optional<Duration> by = marker.required().flatMap(Marker.Required::by);
      if (by.isPresent() && sinceBoot.compareTo(by.get()) >= 0) {
        missing(marker, " was not seen within " + DurationText.format(by.get()), signals);
      }
    }
    return signals;
  }

  /**
   * The boot is over: ends open blocks.
   *
   * @param finished true if it ran to its end: then what is required and was not seen will not come
   */
  public List<MatchSignal> end(boolean finished) {
    List<MatchSignal> signals = new ArrayList<>();
    List.copyOf(blocks.keySet()).forEach(log -> close(log, signals));
    if (finished) {
      set.list().stream()
          .filter(marker -> marker.required().isPresent())
          .forEach(marker -> missing(marker, " was not seen in this boot", signals));
    }
    return signals;
  }

  private void missing(Marker marker, String how, List<MatchSignal> signals) {
    if (!waived && !counts.seen(marker) && missed.add(marker.key())) {
      String message = "required " + marker.status().label() + " marker " + marker + how;
      signals.add(new MatchSignal.RequiredMissing(marker, message));
    }
  }

  /** This boot runs no user data, so nothing can be required of it. */
  public void waiveRequired() {
    waived = true;
  }

  /** The line given last of that log as it may leave the machine; empty before the first. */
  public Optional<String> last(String log) {
    return Optional.ofNullable(contexts.get(log)).map(c -> MaskedText.cutLine(c.last()));
  }

  /** The last lines of that log as they may leave the machine, oldest first. */
  public List<String> recent(String log) {
    LogContext context = contexts.get(log);
    return context == null ? List.of() : context.recent();
  }

  /** All that has to be remembered, masked, as JSON. */
  public ObjectNode snapshot() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode logs = json.putObject("contexts");
    contexts.forEach((log, context) -> logs.set(log, context.toJson()));
    ObjectNode open = json.putObject("blocks");
    blocks.forEach((log, block) -> open.set(log, block.toJson()));
    missed.forEach(json.putArray("missed")::add);
    echoing.forEach(json.putArray("echoing")::add);
    json.set("echoes", echoes.toJson());
    json.set("pending", pending.toJson());
    json.set("counts", counts.toJson());
    json.put("waived", waived);
    return json;
  }

  /**
   * A session that goes on where {@link #snapshot} was taken. An open block whose marker is no
   * longer in the set is given up.
   */
  public static MatchSession restore(PatternSet set, MatchSettings settings, JsonNode json) {
    MatchSession session = new MatchSession(set, settings);
    json.path("contexts")
        .properties()
        .forEach(
            entry ->
                session.contexts.put(
                    entry.getKey(),
                    LogContext.fromJson(session.redactor, session.contextSize, entry.getValue())));
    json.path("blocks")
        .properties()
        .forEach(
            entry ->
                set.find(entry.getValue().path("marker").asText())
                    .filter(marker -> marker.until().isPresent())
                    .map(marker -> OpenBlock.fromJson(marker, entry.getValue()))
                    .ifPresent(block -> session.blocks.put(entry.getKey(), block)));
    session.missed.addAll(MaskedText.texts(json.path("missed")));
    session.echoing.addAll(MaskedText.texts(json.path("echoing")));
    session.echoing.retainAll(session.blocks.keySet());
    session.echoes = Echoes.fromJson(json.path("echoes"));
    session.pending = PendingFailures.fromJson(json.path("pending"));
    session.counts = MatchCounts.fromJson(json.path("counts"));
    session.waived = json.path("waived").asBoolean();
    return session;
  }
}
