package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootSettings;
import dev.bosky.boot.BootSignal;
import dev.bosky.boot.BootTracker;
import dev.bosky.boot.BootView;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Evidence;
import dev.bosky.boot.Failure;
import dev.bosky.boot.History;
import dev.bosky.boot.Interruption;
import dev.bosky.boot.LineCleaner;
import dev.bosky.boot.Outcome;
import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import dev.bosky.boot.UserData;
import dev.bosky.boot.Verdict;
import dev.bosky.event.Draft;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.match.Marker;
import dev.bosky.match.MarkerStatus;
import dev.bosky.match.MatchSession;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.MatchSignal;
import dev.bosky.match.PatternSet;
import dev.bosky.source.LogLine;
import dev.bosky.source.SourceNotice;
import dev.bosky.source.SourceRecord;
import dev.bosky.source.StatusDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From what was read to drafts of events: cleans each line, shows it to the {@link BootTracker} and
 * the {@link MatchSession}, and turns what they say into drafts. No threads, no disk, no network:
 * {@code replay} is this alone.
 *
 * <p>For the reader thread only.
 */
final class Pipeline {
  /** A boot's end is told when its logs have been quiet for so long. */
  static final Duration QUIET = Duration.ofMillis(200);

  private final PipelineSettings settings;
  private final MatchSettings matching;
  private final LineCleaner cleaner = new LineCleaner();
  private final BootTracker tracker;
  private final List<Draft> drafts = new ArrayList<>();
  private PatternSet patterns;
  private MatchSession session;
  private Instant began = Instant.EPOCH;
  private Duration sinceBegan = Duration.ZERO;
  private long sequence;
  private long lost;
  private boolean resultSeen;
  private Instant now = Instant.EPOCH;

  Pipeline(
      PatternSet patterns,
      MatchSettings matching,
      BootSettings boot,
      History history,
      UserData userData,
      PipelineSettings settings) {
    this.patterns = patterns;
    this.matching = matching;
    this.settings = settings;
    this.session = new MatchSession(patterns, matching);
    this.tracker =
        new BootTracker(
            boot, history, userData, text -> session.redactor().mask(text), this::signal);
  }

  /** Takes one piece of news, read at that time. */
  void accept(SourceRecord news, Instant readAt) {
    now = readAt;
    if (news instanceof LogLine raw) {
      cleaner.clean(raw, this::line);
    } else if (news instanceof StatusDocument document) {
      resultSeen |= document.kind() == StatusDocument.Kind.RESULT;
      tracker.document(document, readAt);
    } else if (news instanceof SourceNotice notice) {
      notice(notice.code(), notice.count(), notice.text(), readAt);
    }
  }

  private void line(CleanLine line) {
    if (tracker.startsBoot(line)) {
      end(false);
    }
    if (tracker.line(line, now)) {
      session.line(line, tracker.stage(), sinceBegan()).forEach(this::matched);
    }
  }

  /** Never goes back, whatever the clock does. */
  private Duration sinceBegan() {
    Duration passed = Duration.between(began, now);
    if (passed.compareTo(sinceBegan) > 0) {
      sinceBegan = passed;
    }
    return sinceBegan;
  }

  /**
   * Time has passed.
   *
   * @param uptime since the kernel started
   * @param quiet how long no log has had a new byte
   * @param backlog true if there is more to be read at once
   */
  void tick(Instant at, Duration uptime, Duration quiet, boolean backlog) {
    now = at;
    session.tick(sinceBegan()).forEach(this::matched);
    if (tracker.isDue(uptime, quiet, backlog)) {
      end(true);
    }
    tracker.tick(at, uptime, quiet, backlog);
  }

  /** The machine goes down: the verdict, whatever is known by now. */
  void stop(Interruption cause, Instant at) {
    now = at;
    end(false);
    tracker.stop(cause, at);
  }

  /** There is nothing more to read (replay). */
  void endOfInput(boolean finished, Instant at) {
    now = at;
    end(finished);
    tracker.endOfInput();
  }

  private void end(boolean finished) {
    session.end(finished).forEach(this::matched);
  }

  /** An event that was sent by hand through the agent. */
  void message(Event event) {
    String text = DetailBlocks.message(event);
    if (event.status() == Status.FAIL) {
      tracker.failure(
          new Failure(
              Failure.Origin.MESSAGE,
              "",
              true,
              Optional.empty(),
              text,
              new Evidence(List.of(), text, List.of()),
              Optional.empty(),
              Map.of(),
              OptionalInt.empty(),
              event.time()));
    }
  }

  /** Whether cloud-init has said that it is done, and the verdict is only waiting for the logs. */
  boolean awaitsEnd() {
    return resultSeen && verdict().isEmpty();
  }

  /** All that has to be remembered, masked: from there the same lines give the same drafts. */
  ObjectNode snapshot() {
    ObjectNode json = DetailBlocks.object();
    json.put("sequence", sequence);
    json.put("began", began.toString());
    json.put("since_began_millis", sinceBegan.toMillis());
    json.set("boot", tracker.snapshot());
    json.set("session", session.snapshot());
    return json;
  }

  /** Goes on where {@link #snapshot} was taken. */
  void restore(ObjectNode json) {
    sequence = json.path("sequence").asLong();
    began = Instant.parse(json.path("began").asText(Instant.EPOCH.toString()));
    sinceBegan = Duration.ofMillis(json.path("since_began_millis").asLong());
    session = MatchSession.restore(patterns, matching, json.path("session"));
    if (json.path("boot") instanceof ObjectNode boot) {
      tracker.restore(boot);
    }
  }

  /** The verdict of this boot, once it has been told. */
  Optional<Verdict> verdict() {
    return tracker.verdict();
  }

  /** So many events were given up since the agent's first start in this boot. */
  void lost(long count) {
    lost = count;
  }

  /** Other patterns are in force from now on. */
  void use(PatternSet set) {
    patterns = set;
    session.use(set);
  }

  private void matched(MatchSignal signal) {
    if (signal instanceof MatchSignal.Matched matched) {
      if (matched.marker().status() == MarkerStatus.FAIL) {
        tracker.failure(failure(matched));
      }
      if (matched.published()) {
        marker(matched);
      }
    } else if (signal instanceof MatchSignal.Cleared cleared) {
      tracker.cleared(cleared.marker().key(), cleared.pending());
      cleared.published().forEach(at -> cleared(cleared, at));
    } else if (signal instanceof MatchSignal.RequiredMissing missing) {
      tracker.failure(missing(missing));
    }
  }

  private Failure failure(MatchSignal.Matched matched) {
    return new Failure(
        matched.marker().pack().equals("bosky") ? Failure.Origin.EXPLICIT : Failure.Origin.MARKER,
        matched.marker().key(),
        matched.marker().decisive(),
        matched.pending(),
        matched.message(),
        matched.evidence(),
        Optional.of(matched.at()),
        matched.fields(),
        matched.exitCode(),
        now);
  }

  private Failure missing(MatchSignal.RequiredMissing missing) {
    return new Failure(
        Failure.Origin.REQUIRED,
        missing.marker().key(),
        true,
        Optional.empty(),
        missing.message(),
        new Evidence(List.of(), missing.message(), List.of()),
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        now);
  }

  private void marker(MatchSignal.Matched matched) {
    Marker marker = matched.marker();
    ObjectNode detail = DetailBlocks.object().put("Message", matched.message());
    if (matched.pending().isPresent()) {
      detail.put("Pending", true);
    }
    detail.set("Boot", DetailBlocks.boot(view(matched.stage())));
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

  private void cleared(MatchSignal.Cleared cleared, Position failure) {
    Marker marker = cleared.marker();
    ObjectNode detail = DetailBlocks.object().put("Message", cleared.text());
    detail.put(EventFactory.REFERS_TO_KEY, DetailBlocks.key(failure, marker.key()));
    detail.set("Boot", DetailBlocks.boot(tracker.view(now)));
    detail.set("Marker", DetailBlocks.marker(marker, Map.of(), OptionalInt.empty()));
    detail.set("Log", log(cleared.by()));
    add(
        Kind.CLEARED,
        Status.INFO,
        DetailBlocks.key(cleared.by(), marker.key() + ":cleared:" + failure.offset()),
        marker.team().orElse(""),
        detail);
  }

  private BootView view(Optional<Stage> stageAtLine) {
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

  private void signal(BootSignal signal) {
    if (signal instanceof BootSignal.Started started) {
      started(started);
    } else if (signal instanceof BootSignal.Ended ended) {
      outcome(Kind.OUTCOME, ended.outcome());
    } else if (signal instanceof BootSignal.Amended amended) {
      outcome(Kind.AMENDED, amended.outcome());
    }
  }

  private void started(BootSignal.Started started) {
    if (verdict().isEmpty() && sequence > 0) {
      session = new MatchSession(patterns, matching);
    }
    sequence = 0;
    began = started.at();
    sinceBegan = Duration.ZERO;
    ObjectNode detail = DetailBlocks.object().put("Message", "boot started");
    started.deadline().ifPresent(deadline -> detail.put("Deadline", deadline.toString()));
    detail.set("Boot", DetailBlocks.boot(tracker.view(now)));
    add(Kind.STARTED, Status.INFO, Kind.STARTED.label(), "", detail);
  }

  private void outcome(Kind kind, Outcome outcome) {
    ObjectNode detail = DetailBlocks.object().put("Message", OutcomeBlock.message(outcome));
    if (kind == Kind.AMENDED) {
      detail.put(EventFactory.REFERS_TO_KEY, Kind.OUTCOME.label());
    }
    detail.set("Outcome", OutcomeBlock.of(outcome, session.counts(), lost));
    detail.set("Boot", DetailBlocks.boot(outcome.boot()));
    outcome.failure().ifPresent(failure -> decisive(failure, outcome, detail));
    String team =
        outcome.failure().flatMap(f -> patterns.find(f.marker())).flatMap(Marker::team).orElse("");
    add(kind, settings.statusOf(outcome.verdict()), kind.label(), team, detail);
  }

  /** The failure that explains the outcome: one event is enough to act on. */
  private void decisive(Failure failure, Outcome outcome, ObjectNode detail) {
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
  void notice(String code, long count, String text, Instant at) {
    now = at;
    ObjectNode detail = DetailBlocks.object().put("Message", text);
    detail.set("Boot", DetailBlocks.boot(tracker.view(at)));
    ObjectNode notice = detail.putObject("Notice").put("Code", code);
    if (count > 0) {
      notice.put("Count", count);
    }
    notice.put("Text", text);
    add(Kind.NOTICE, Status.INFO, "notice:" + code + ":" + (sequence + 1), "", detail);
  }

  private void add(Kind kind, Status status, String key, String team, ObjectNode detail) {
    sequence++;
    drafts.add(new Draft(kind, status, sequence, now, key, team, detail));
  }

  /** What was made since the last call, in order. */
  List<Draft> takeDrafts() {
    List<Draft> taken = List.copyOf(drafts);
    drafts.clear();
    return taken;
  }
}
