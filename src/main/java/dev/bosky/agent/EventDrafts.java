package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootSignal;
import dev.bosky.boot.BootTracker;
import dev.bosky.boot.BootView;
import dev.bosky.boot.Failure;
import dev.bosky.boot.Outcome;
import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import dev.bosky.event.Draft;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.match.Marker;
import dev.bosky.match.MatchCounts;
import dev.bosky.match.MatchSignal;
import dev.bosky.match.PatternSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes the drafts of a boot's events, and numbers them.
 *
 * <p>A draft's key is made of what the event is about and nothing else, so that what is read twice
 * gives the same event. For the reader thread only.
 */
final class EventDrafts {
  private final PipelineSettings settings;
  private final BootTracker tracker;
  private final List<Draft> drafts = new ArrayList<>();
  private long sequence;

  /** Asks {@code tracker} where the boot stands. */
  EventDrafts(PipelineSettings settings, BootTracker tracker) {
    this.settings = settings;
    this.tracker = tracker;
  }

  /** The number of the boot's last event; 0 before the first. */
  long sequence() {
    return sequence;
  }

  /** Numbers go on behind that one. */
  void continueAfter(long number) {
    sequence = number;
  }

  /** What was made since the last call, in order. */
  List<Draft> take() {
    List<Draft> taken = List.copyOf(drafts);
    drafts.clear();
    return taken;
  }

  void started(BootSignal.Started started, Instant now) {
    ObjectNode detail = DetailBlocks.object().put("Message", "boot started");
    started.deadline().ifPresent(deadline -> detail.put("Deadline", deadline.toString()));
    detail.set("Boot", DetailBlocks.boot(tracker.view(now)));
    add(Kind.STARTED, Status.INFO, now, Kind.STARTED.label(), "", detail);
  }

  void marker(MatchSignal.Matched matched, Instant now) {
    Marker marker = matched.marker();
    ObjectNode detail = DetailBlocks.object().put("Message", matched.message());
    if (matched.pending().isPresent()) {
      detail.put("Pending", true);
    }
    detail.set("Boot", DetailBlocks.boot(view(matched.stage(), now)));
    ObjectNode block = DetailBlocks.marker(marker, matched.fields(), matched.exitCode());
    tracker
        .scriptLine(matched.evidence().text())
        .ifPresent(script -> block.set("Script", DetailBlocks.script(script)));
    detail.set("Marker", block);
    detail.set("Log", log(matched.at()));
    detail.set("Evidence", DetailBlocks.evidence(matched.evidence()));
    add(
        Kind.MARKER,
        status(marker, matched.pending().isPresent()),
        now,
        DetailBlocks.key(matched.at(), marker.key()),
        marker.team().orElse(""),
        detail);
  }

  /** A failure that may yet be taken back is told as an info. */
  private static Status status(Marker marker, boolean pending) {
    return switch (marker.status()) {
      case FAIL -> pending ? Status.INFO : Status.FAIL;
      case SUCCESS -> Status.SUCCESS;
      case INFO, IGNORE -> Status.INFO;
    };
  }

  void cleared(MatchSignal.Cleared cleared, Position failure, Instant now) {
    Marker marker = cleared.marker();
    ObjectNode detail = DetailBlocks.object().put("Message", cleared.text());
    detail.put(EventFactory.REFERS_TO_KEY, DetailBlocks.key(failure, marker.key()));
    detail.set("Boot", DetailBlocks.boot(tracker.view(now)));
    detail.set("Marker", DetailBlocks.marker(marker, Map.of(), OptionalInt.empty()));
    detail.set("Log", log(cleared.by()));
    add(
        Kind.CLEARED,
        Status.INFO,
        now,
        DetailBlocks.key(cleared.by(), marker.key() + ":cleared:" + failure.offset()),
        marker.team().orElse(""),
        detail);
  }

  private BootView view(Optional<Stage> stageAtLine, Instant now) {
    BootView view = tracker.view(now);
    return stageAtLine.isEmpty()
        ? view
        : new BootView(
            view.number(),
            view.ranUserData(),
            stageAtLine,
            view.script(),
            view.uptimeSeconds(),
            view.cloudInit());
  }

  /**
   * @param kind outcome or amended
   * @param lost how often something was lost so far
   */
  void outcome(
      Kind kind, Outcome outcome, MatchCounts counts, long lost, PatternSet patterns, Instant now) {
    ObjectNode detail = DetailBlocks.object().put("Message", OutcomeBlock.message(outcome));
    if (kind == Kind.AMENDED) {
      detail.put(EventFactory.REFERS_TO_KEY, Kind.OUTCOME.label());
    }
    detail.set("Outcome", OutcomeBlock.of(outcome, counts, lost));
    detail.set("Boot", DetailBlocks.boot(outcome.boot()));
    outcome.failure().ifPresent(failure -> decisive(failure, outcome, patterns, detail));
    String team =
        outcome.failure().flatMap(f -> patterns.find(f.marker())).flatMap(Marker::team).orElse("");
    add(kind, settings.statusOf(outcome.verdict()), now, kind.label(), team, detail);
  }

  /** The failure that explains the outcome: one event is enough to act on. */
  private void decisive(Failure failure, Outcome outcome, PatternSet patterns, ObjectNode detail) {
    patterns
        .find(failure.marker())
        .ifPresent(
            marker -> {
              ObjectNode block = DetailBlocks.marker(marker, failure.fields(), failure.exitCode());
              outcome.script().ifPresent(s -> block.set("Script", DetailBlocks.script(s)));
              detail.set("Marker", block);
            });
    failure.position().ifPresent(at -> detail.set("Log", log(at)));
    detail.set("Evidence", DetailBlocks.evidence(failure.evidence()));
  }

  private ObjectNode log(Position at) {
    return DetailBlocks.log(settings.path(at.log()), at);
  }

  /** The agent's own trouble. */
  void notice(String code, long count, String text, Instant now) {
    ObjectNode detail = DetailBlocks.object().put("Message", text);
    detail.set("Boot", DetailBlocks.boot(tracker.view(now)));
    ObjectNode notice = detail.putObject("Notice").put("Code", code);
    if (count > 0) {
      notice.put("Count", count);
    }
    notice.put("Text", text);
    add(Kind.NOTICE, Status.INFO, now, "notice:" + code + ":" + (sequence + 1), "", detail);
  }

  private void add(
      Kind kind, Status status, Instant now, String key, String team, ObjectNode detail) {
    sequence++;
    drafts.add(new Draft(kind, status, sequence, now, key, team, detail));
  }
}
