package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootSettings;
import dev.bosky.boot.BootSignal;
import dev.bosky.boot.BootTracker;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.History;
import dev.bosky.boot.Interruption;
import dev.bosky.boot.LineCleaner;
import dev.bosky.boot.Outcome;
import dev.bosky.boot.UserData;
import dev.bosky.boot.Verdict;
import dev.bosky.event.Draft;
import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.match.MarkerStatus;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.MatchSignal;
import dev.bosky.match.PatternSet;
import dev.bosky.source.LogLine;
import dev.bosky.source.SourceNotice;
import dev.bosky.source.SourceRecord;
import dev.bosky.source.StatusDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * From what was read to drafts of events: cleans each line, masks what only the lines before show
 * to be secret, shows it to the {@link BootTracker} and to {@link Matching}, and turns what they
 * say into drafts. No threads, no disk, no network: {@code replay} is this alone.
 *
 * <p>For the reader thread only.
 */
final class Pipeline {
  /** The code of a notice about a bug of our own. */
  static final String INTERNAL_ERROR = "internal-error";

  private final Matching matching;
  private final LineCleaner cleaner = new LineCleaner();
  private final BootTracker tracker;
  private final EventDrafts drafts;
  private final Set<Path> announced = new LinkedHashSet<>();
  private long lost;
  private long gaps;
  private int boots;
  private boolean failureTold;
  private boolean whereabouts;
  private boolean resultSeen;
  private Instant now = Instant.EPOCH;
  private Consumer<Replay.Seen> onLine = seen -> {};

  Pipeline(
      PatternSet patterns,
      MatchSettings matching,
      BootSettings boot,
      History history,
      UserData userData,
      PipelineSettings settings) {
    this.matching = new Matching(patterns, matching);
    this.tracker = new BootTracker(boot, history, userData, this::mask, this::signal);
    this.drafts = new EventDrafts(settings, tracker);
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
      if (notice.code().equals(SourceNotice.BYTES_MISSED)) {
        gaps++;
      }
      notice(notice.code(), notice.count(), notice.text(), readAt);
    }
  }

  private void line(CleanLine read) {
    CleanLine line = matching.mask(read);
    if (tracker.startsBoot(line)) {
      end(isFirstAndEnded());
    }
    boolean inBlock = matching.isInBlock(line.log());
    boolean ofABoot = matching.isFurther(line.log()) || tracker.line(line, now);
    if (ofABoot) {
      matching.line(line, tracker.stage()).forEach(this::matched);
    }
    onLine.accept(new Replay.Seen(line, tracker.stage(), ofABoot, inBlock));
  }

  /** The patterns in force. */
  PatternSet patterns() {
    return matching.patterns();
  }

  /** From now on, shows each line to this too. */
  void show(Consumer<Replay.Seen> next) {
    onLine = next;
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
    matching.tick(uptime).forEach(this::matched);
    if (tracker.isDue(uptime, quiet, backlog)) {
      waiveWhereNothingRuns();
      end(!tracker.isCutShort());
    }
    tracker.tick(at, uptime, quiet, backlog);
  }

  /** The machine goes down: the verdict, whatever is known by now. */
  void stop(Interruption cause, Instant at) {
    now = at;
    end(false);
    tracker.stop(cause, at);
  }

  /** Cloud-init is gone, and left no result: a failure if it had begun in this boot. */
  void stagesGone(Instant at) {
    if (verdict().isEmpty() && tracker.stage().isPresent()) {
      now = at;
      end(false);
      tracker.stagesGone(at);
    }
  }

  /** All has been read that there is of a boot that is over: the outcome, if it is still owed. */
  void endOfPreviousBoot(Interruption cause, Instant at) {
    now = at;
    end(false);
    tracker.endOfPreviousBoot(cause, at);
  }

  /** What the boot after this one has to know of it. */
  History forNextBoot() {
    return History.after(tracker.snapshot());
  }

  /** What has become known of earlier boots; before this one's verdict is told. */
  void know(History history) {
    tracker.know(history);
  }

  /**
   * Whether there may be other logs to follow than when this was asked last: a stage began, or
   * cloud-init said that its output goes elsewhere.
   */
  boolean takeWhereabouts() {
    boolean news = whereabouts;
    whereabouts = false;
    return news;
  }

  /** The files to which cloud-init said that its output goes. */
  Set<Path> announcedLogs() {
    return announced;
  }

  /** These logs hold the output of scripts, by name. */
  void outputLogs(Set<String> names) {
    matching.outputLogs(names);
  }

  /** There is nothing more to read (replay). */
  void endOfInput(boolean finished, Instant at) {
    now = at;
    end(finished || isFirstAndEnded());
    tracker.endOfInput();
  }

  /**
   * Whether a replayed boot can be held to what is required of it, though only its log is there:
   * the first one, if it ended. A later boot in the same log mostly runs no user data, and nothing
   * in a log says so.
   */
  private boolean isFirstAndEnded() {
    return boots == 1 && tracker.hasEnded();
  }

  private void end(boolean finished) {
    matching.end(finished).forEach(this::matched);
  }

  /** The text without what is secret by the patterns in force. */
  String mask(String text) {
    return matching.mask(text);
  }

  /** An event of this boot that was sent by hand through the agent. */
  void message(Event event) {
    if (event.status() == Status.FAIL) {
      tracker.failure(Failures.of(event));
    }
  }

  /** Whether cloud-init was told to end before it had, whatever it says since. */
  boolean isCutShort() {
    return tracker.isCutShort();
  }

  /** Whether cloud-init has said that it is done, and the verdict is only waiting for the logs. */
  boolean awaitsEnd() {
    return resultSeen && verdict().isEmpty();
  }

  /**
   * Whether cloud-init may yet end, after the verdict has gone out without its end; for some time
   * after the deadline.
   */
  boolean mayBeAmended(Duration uptime) {
    return tracker.mayBeAmended(uptime);
  }

  /** All that has to be remembered, masked: from there the same lines give the same drafts. */
  ObjectNode snapshot() {
    ObjectNode json = DetailBlocks.object();
    json.put("sequence", drafts.sequence());
    json.put("gaps", gaps);
    json.set("boot", tracker.snapshot());
    matching.snapshot(json);
    return json;
  }

  /**
   * Goes on where {@link #snapshot} was taken.
   *
   * @throws IllegalArgumentException if it is of another form; this pipeline is then of no use
   */
  void restore(ObjectNode json) {
    try {
      read(json);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever another build may have written: of that no more can be said than that it is not
      // ours.
      throw new IllegalArgumentException("the state is of another form: " + e.getMessage(), e);
    }
  }

  /**
   * Takes from a snapshot of another form only what must not be told again.
   *
   * @return true if the outcome has been told
   */
  boolean restoreOtherForm(ObjectNode json) {
    boolean told = json.path("boot") instanceof ObjectNode boot && tracker.restoreOtherForm(boot);
    if (told) {
      drafts.continueAfter(json.path("sequence").asLong());
    }
    return told;
  }

  private void read(ObjectNode json) {
    drafts.continueAfter(json.path("sequence").asLong());
    gaps = json.path("gaps").asLong();
    matching.restore(json);
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
    matching.use(set);
  }

  private void matched(MatchSignal signal) {
    if (signal instanceof MatchSignal.Matched matched) {
      if (matched.marker().status() == MarkerStatus.FAIL) {
        tracker.failure(Failures.of(matched, now));
      }
      if (matched.published()) {
        drafts.marker(matched, now);
      }
    } else if (signal instanceof MatchSignal.Cleared cleared) {
      tracker.cleared(cleared.marker().key(), cleared.pending());
      cleared.published().forEach(at -> drafts.cleared(cleared, at, now));
    } else if (signal instanceof MatchSignal.RequiredMissing missing) {
      tracker.failure(Failures.of(missing, now));
    }
  }

  private void signal(BootSignal signal) {
    if (signal instanceof BootSignal.Started started) {
      started(started);
    } else if (signal instanceof BootSignal.StageBegan) {
      whereabouts = true;
      waiveWhereNothingRuns();
    } else if (signal instanceof BootSignal.OutputMoved moved) {
      announced.addAll(moved.stdout().files());
      announced.addAll(moved.stderr().files());
      whereabouts = true;
    } else if (signal instanceof BootSignal.Ended ended) {
      outcome(Kind.OUTCOME, ended.outcome());
    } else if (signal instanceof BootSignal.Amended amended) {
      outcome(Kind.AMENDED, amended.outcome());
    }
  }

  private void started(BootSignal.Started started) {
    boots++;
    if (verdict().isEmpty() && drafts.sequence() > 0) {
      matching.forget();
    }
    drafts.continueAfter(0);
    matching.begin(Duration.between(started.at(), now));
    drafts.started(started, now);
  }

  private void outcome(Kind kind, Outcome outcome) {
    drafts.outcome(kind, outcome, matching.counts(), lost + gaps, matching.patterns(), now);
  }

  /** Nothing is required of a boot in which no user data runs. */
  private void waiveWhereNothingRuns() {
    if (tracker.view(now).ranUserData().filter(ran -> !ran).isPresent()) {
      matching.waiveRequired();
    }
  }

  /**
   * A piece of news met a bug and is lost: told once, counted each time.
   *
   * @return true if it is the first
   */
  boolean failed(String news, Throwable bug, Instant at) {
    gaps++;
    boolean first = !failureTold;
    if (first) {
      failureTold = true;
      String text = "%s was lost by a bug of Bosky (%s)".formatted(news, bug.getClass().getName());
      notice(INTERNAL_ERROR, 0, text, at);
    }
    return first;
  }

  /** The agent's own trouble. */
  void notice(String code, long count, String text, Instant at) {
    now = at;
    drafts.notice(code, count, text, at);
  }

  /** What was made since the last call, in order. */
  List<Draft> takeDrafts() {
    return drafts.take();
  }
}
