package dev.bosky.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.source.StatusDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Follows a boot: from lines, status documents and failures to its stage, its script and its one
 * verdict.
 *
 * <p>On the machine it follows this boot only, with a clock; in replay as many boots as the log
 * has, one after the other, each with its verdict. What it finds out goes to a consumer of {@link
 * BootSignal}s, from within the call that tells it. For the reader thread only.
 *
 * <p>What comes in, in the order of one round of the agent's loop: {@link #document} and {@link
 * #line} for what is new, {@link #failure} and {@link #cleared} for what the markers made of a line
 * just told, then {@link #tick}. In replay there is no tick; {@link #endOfInput} is the end.
 */
public final class BootTracker {
  /** A boot's end is told when its logs have been quiet for so long. */
  public static final Duration QUIET = Duration.ofMillis(200);

  /** A boot's end is told so long after result.json, although there is more to be read. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So long after the deadline a late end is waited for. */
  static final Duration LATE = Duration.ofHours(2);

  private final BootSettings settings;
  private final BootTimes times;
  private final UserData userData;
  private final UnaryOperator<String> mask;
  private final Consumer<? super BootSignal> out;
  private final InstanceBoots boots;

  private BootFacts facts = new BootFacts();
  private LineFacts lines;

  /**
   * @param history what is known of the instance's earlier boots
   * @param userData what can be read of the user data on this machine
   * @param mask takes secrets out of a text of one or more lines
   * @param out is told what is found out
   */
  public BootTracker(
      BootSettings settings,
      History history,
      UserData userData,
      UnaryOperator<String> mask,
      Consumer<? super BootSignal> out) {
    this.settings = Objects.requireNonNull(settings);
    this.times = new BootTimes(settings);
    this.userData = Objects.requireNonNull(userData);
    this.boots = new InstanceBoots(settings, userData, history);
    this.mask = Objects.requireNonNull(mask);
    this.out = Objects.requireNonNull(out);
    this.lines = new LineFacts(facts, mask);
  }

  /**
   * Whether this line begins another boot than the one followed so far: whatever is still open for
   * that one is to be closed before {@link #line} is called, which tells its outcome. Replay only.
   */
  public boolean startsBoot(CleanLine line) {
    return settings.mode() == BootSettings.Mode.REPLAY
        && LineFacts.banner(line).filter(b -> times.isNewBoot(b, facts)).isPresent();
  }

  /**
   * The next line of one of the logs.
   *
   * @return true if it belongs to the boot that is followed; lines of an earlier boot are not to be
   *     matched
   */
  public boolean line(CleanLine line, Instant readAt) {
    Optional<Banner> banner = LineFacts.banner(line).filter(b -> !isQuoted(line, b, readAt));
    if (banner.isPresent()) {
      if (!ofThisBoot(line, banner.get(), readAt)) {
        return false;
      }
      begin(readAt);
      facts.banner(banner.get());
      banner.get().stage().ifPresent(stage -> stageBegan(stage, readAt));
    } else if (facts.isOlder(line.log()) || (settings.live() && GluedLine.isFollowedByBoot(line))) {
      return false;
    }
    begin(readAt);
    facts.lastReadAt = readAt;
    lines.read(line, readAt).map(BootSignal.OutputMoved::of).ifPresent(out);
    return true;
  }

  /** Behind a banner of this boot stands no other boot's, unless a script prints it. */
  private boolean isQuoted(CleanLine line, Banner banner, Instant readAt) {
    return settings.live()
        && facts.logsOfThisBoot.contains(line.log())
        && !times.isThisBoot(banner, readAt, facts.statusReport);
  }

  private boolean ofThisBoot(CleanLine line, Banner banner, Instant readAt) {
    return switch (settings.mode()) {
      case LIVE -> facts.own(line.log(), times.isThisBoot(banner, readAt, facts.statusReport));
      case PREVIOUS -> facts.own(line.log(), !isOfNextBoot(line, banner));
      case REPLAY -> {
        if (times.isNewBoot(banner, facts)) {
          endOrInterrupted(facts.finishedLine, Interruption.UNKNOWN, facts.lastReadAt);
          boots.next(facts.verdict);
          facts = new BootFacts();
          lines = new LineFacts(facts, mask);
        }
        yield true;
      }
    };
  }

  /**
   * Once a later boot has begun in a log, so are all lines behind it: one of its own banners may
   * look as if it went on with the boot before, with an uptime and a stage beyond where that one
   * was cut off.
   */
  private boolean isOfNextBoot(CleanLine line, Banner banner) {
    boolean begun = facts.logsOfLaterBoots.contains(line.log()) || times.isNextBoot(banner, facts);
    if (begun) {
      facts.logsOfLaterBoots.add(line.log());
    }
    return begun;
  }

  /** In replay a boot has started with its first line; the agent tells it with its first tick. */
  private void begin(Instant at) {
    facts.anyLine = true;
    if (!settings.live() && !facts.started) {
      facts.started = true;
      out.accept(new BootSignal.Started(at, Optional.empty()));
    }
  }

  private void stageBegan(Stage stage, Instant at) {
    if (facts.stage.isEmpty() || facts.stage.get().compareTo(stage) < 0) {
      facts.stage = Optional.of(stage);
      facts.script = Optional.empty();
    }
    if (facts.stagesTold.add(stage)) {
      out.accept(new BootSignal.StageBegan(stage, at));
    }
  }

  /**
   * A new content of result.json or status.json. On the machine, one that was written before this
   * boot began is left aside.
   */
  public void document(StatusDocument document, Instant readAt) {
    if (settings.live() && document.modified().plus(BootTimes.NEAR).isBefore(bootBegan(readAt))) {
      return;
    }
    StatusReport report = StatusReport.of(document.json(), mask);
    switch (document.kind()) {
      case STATUS -> {
        facts.statusReport = report;
        report.running().ifPresent(stage -> stageBegan(stage, readAt));
      }
      case RESULT -> {
        facts.result = true;
        facts.resultReport = report;
      }
    }
  }

  /** By the clock as it is now: where it was set back since, files look older than the boot. */
  private Instant bootBegan(Instant now) {
    Instant byClock = times.uptime().map(now::minus).orElse(settings.bootBegan());
    return byClock.isBefore(settings.bootBegan()) ? byClock : settings.bootBegan();
  }

  /** A marker, a line or a message says that something failed. */
  public void failure(Failure failure) {
    facts.failures.add(lines.noted(failure, userData));
  }

  /** A line took back the failures that were pending under that name. */
  public void cleared(String marker, String pending) {
    facts.failures.clear(marker, pending);
  }

  /**
   * Time has passed.
   *
   * @param now the wall clock, for what is told
   * @param uptime since the kernel started: monotonic, and goes on across a restart of the agent
   * @param quiet how long no log has had a new byte
   * @param backlog true if there is more to be read at once
   */
  public void tick(Instant now, Duration uptime, Duration quiet, boolean backlog) {
    times.tick(now, uptime);
    if (!backlog) {
      facts.failures.settled();
    }
    double seconds = uptime.toMillis() / 1000.0;
    if (!facts.started) {
      start(now, seconds);
    }
    if (facts.result && Double.isNaN(facts.resultUptime)) {
      facts.resultUptime = seconds;
    }
    if (facts.result) {
      if (isRead(uptime, quiet, backlog)) {
        end(Situation.End.FINISHED, Optional.empty(), now);
      }
    } else if (seconds
        >= facts.firstUptime.orElseThrow() + settings.timeout().toMillis() / 1000.0) {
      end(Situation.End.DEADLINE, Optional.empty(), now);
    }
  }

  /** Whether {@link #tick} with the same arguments will tell the verdict of a finished boot. */
  public boolean isDue(Duration uptime, Duration quiet, boolean backlog) {
    return facts.result && facts.verdict.isEmpty() && isRead(uptime, quiet, backlog);
  }

  /** Whether the logs are read to their end, or it is no use to wait any longer. */
  private boolean isRead(Duration uptime, Duration quiet, boolean backlog) {
    return (!backlog && quiet.compareTo(QUIET) >= 0 && !isCutShort())
        || uptime.toMillis() / 1000.0 - facts.resultUptime >= PATIENCE.toSeconds();
  }

  private void start(Instant now, double uptime) {
    facts.started = true;
    double first = Math.min(facts.firstUptime.orElse(uptime), uptime);
    facts.firstUptime = OptionalDouble.of(first);
    Duration left = settings.timeout().minusMillis(Math.round((uptime - first) * 1000));
    out.accept(new BootSignal.Started(now, Optional.of(now.plus(left))));
  }

  /**
   * The machine goes down, or the agent is told to give its account now: the verdict of result.json
   * if it is there, else {@code interrupted}.
   */
  public void stop(Interruption cause, Instant now) {
    endOrInterrupted(facts.result && !isCutShort(), cause, now);
  }

  /** Cloud-init's processes are gone; what counts is whether result.json is there by now. */
  public void stagesGone(Instant now) {
    end(facts.result ? Situation.End.FINISHED : Situation.End.DIED, Optional.empty(), now);
  }

  /** The log ends here (replay). */
  public void endOfInput() {
    if (facts.started) {
      Situation.End how = facts.hasEnded() ? Situation.End.FINISHED : Situation.End.OPEN;
      end(how, Optional.empty(), facts.lastReadAt);
    }
  }

  /**
   * The boot whose state was restored is over, and this is a later one: tells the outcome that is
   * still owed, if one is. For a tracker with {@link BootSettings#previous}, after the lines that
   * the log holds of that boot behind its checkpoint.
   *
   * @param cause why that boot was cut off, if cloud-init had not ended
   */
  public void endOfPreviousBoot(Interruption cause, Instant now) {
    if (facts.started) {
      endOrInterrupted(facts.hasEnded(), cause, now);
    }
  }

  private void endOrInterrupted(boolean ended, Interruption cause, Instant at) {
    if (ended) {
      end(Situation.End.FINISHED, Optional.empty(), at);
    } else {
      end(Situation.End.INTERRUPTED, Optional.of(cause), at);
    }
  }

  private void end(Situation.End how, Optional<Interruption> cause, Instant now) {
    boolean late = isOpenToEnd();
    if (facts.verdict.isPresent() && !(late && how == Situation.End.FINISHED)) {
      return;
    }
    if (how == Situation.End.FINISHED && isCutShort()) {
      end(Situation.End.INTERRUPTED, cause.or(() -> Optional.of(Interruption.UNKNOWN)), now);
      return;
    }
    Outcome outcome =
        new OutcomeMaker(facts, lines, userData, boots.history())
            .make(how, cause, view(now), now, times.uptime());
    if (late) {
      facts.amended = true;
      out.accept(new BootSignal.Amended(outcome));
    } else {
      facts.verdict = Optional.of(outcome.verdict());
      out.accept(new BootSignal.Ended(outcome));
    }
  }

  /** Whether cloud-init has said in one way or another that it has ended. */
  public boolean hasEnded() {
    return facts.hasEnded();
  }

  /** Whether cloud-init was told to end before it had: its result.json then counts for nothing. */
  public boolean isCutShort() {
    return facts.isCutShort();
  }

  /** The stage the boot is in, as far as it is known. */
  public Optional<Stage> stage() {
    return facts.stage;
  }

  /** The verdict, once it has been told. */
  public Optional<Verdict> verdict() {
    return facts.verdict;
  }

  /** Which script, and where it is known which of its lines, a text of its output is about. */
  public Optional<ScriptLine> scriptLine(String text) {
    return lines.scriptLine(text, userData);
  }

  /** Whether a verdict was told without cloud-init's end, and that end may yet come. */
  public boolean mayBeAmended(Duration uptime) {
    Duration most = settings.timeout().plus(LATE);
    return isOpenToEnd() && uptime.toSeconds() < facts.firstUptime.orElse(0) + most.toSeconds();
  }

  private boolean isOpenToEnd() {
    return !facts.amended
        && !(facts.result && isCutShort())
        && facts.verdict.filter(v -> v == Verdict.TIMEOUT || v == Verdict.INTERRUPTED).isPresent();
  }

  /** What has become known of the instance's earlier boots; before this boot's verdict is told. */
  public void know(History history) {
    boots.restore(history);
  }

  /** Where the boot stands, for an event about something read then. */
  public BootView view(Instant readAt) {
    return boots.view(facts, times.uptimeSeconds(readAt, facts));
  }

  /**
   * All that a later agent needs to go on in this boot from here, as a JSON tree for the
   * checkpoint; texts in it are masked.
   */
  public ObjectNode snapshot() {
    return new BootSnapshot(mask).write(facts, lines, boots.history());
  }

  /**
   * Goes on where {@link #snapshot} was taken in the same boot: the same lines give the same
   * signals again. To be called before anything else.
   *
   * @throws IllegalArgumentException if the tree is of a version that this build does not read
   */
  public void restore(ObjectNode snapshot) {
    boots.restore(BootSnapshot.history(snapshot));
    lines = BootSnapshot.read(snapshot, facts, mask);
  }

  /**
   * Takes from a snapshot of another form how many boots there were, and whether this one's outcome
   * has been told: it is then not told again. To be called before anything else.
   *
   * @return true if it has been told
   */
  public boolean restoreOtherForm(ObjectNode snapshot) {
    boots.restore(BootSnapshot.history(snapshot));
    BootSnapshot.readTold(snapshot, facts);
    return facts.verdict.isPresent();
  }
}
