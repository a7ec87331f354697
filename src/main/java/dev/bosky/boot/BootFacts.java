package dev.bosky.boot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What has been seen of one boot so far. For the reader thread only. */
final class BootFacts {
  /** So many of cloud-init's lines of a kind are kept. */
  static final int MAX_LINES = Outcome.MAX_LIST;

  private static final String STAGE_FAILED = CloudInitLine.Kind.STAGE_FAILED.name();

  boolean started;
  boolean anyLine;
  Optional<Verdict> verdict = Optional.empty();
  boolean amended;

  Optional<String> cloudInit = Optional.empty();
  Optional<Stage> stage = Optional.empty();
  final Set<Stage> stagesTold = EnumSet.noneOf(Stage.class);
  Optional<String> script = Optional.empty();
  final Set<String> logsOfOlderBoots = new TreeSet<>();

  /** Logs in which a banner of this boot stands: all that comes behind it is this boot's. */
  final Set<String> logsOfThisBoot = new TreeSet<>();

  /** Logs in which a later boot has begun: nothing behind that is of this one any more. */
  final Set<String> logsOfLaterBoots = new TreeSet<>();

  /** When the kernel started, by the first banner. */
  Optional<Instant> bootBegan = Optional.empty();

  OptionalDouble firstUptime = OptionalDouble.empty();
  OptionalDouble lastUptime = OptionalDouble.empty();
  boolean finishedLine;
  Instant lastReadAt = Instant.EPOCH;

  /** Uptime at which result.json was seen; NaN until then. Live only. */
  double resultUptime = Double.NaN;

  boolean result;
  StatusReport resultReport = StatusReport.NONE;
  StatusReport statusReport = StatusReport.NONE;

  /** Cloud-init's own failure lines by what they are about, so that two logs tell it once. */
  final Map<String, Reason> reported = new LinkedHashMap<>();

  final Map<String, Reason> ignored = new LinkedHashMap<>();
  final Map<String, Integer> exitCodes = new LinkedHashMap<>();
  final ScriptTimes scriptTimes = new ScriptTimes();
  final FailedCommands commands = new FailedCommands();
  final FailureLog failures = new FailureLog();

  /** The line to show if cloud-init reports a failure that no marker explains. */
  Optional<Failure> lastWords = Optional.empty();

  /**
   * A script whose words are in no output log: cloud-init could not even start it, as a wrong
   * {@code #!} line gives, or kept them to itself.
   */
  Optional<Failure> unheard = Optional.empty();

  /** The last line before cloud-init was told to end; present only if it was. */
  Optional<Failure> beforeToldToEnd = Optional.empty();

  /** Cloud-init's errors from both files, each once. */
  List<CloudInitError> errors() {
    Set<CloudInitError> all = new LinkedHashSet<>(resultReport.errors());
    all.addAll(statusReport.errors());
    if (isCutShort()) {
      all.removeIf(CloudInitError::isOwnExit);
    }
    return new ArrayList<>(all);
  }

  /** Cloud-init's own failure lines; that a stage died is nothing new if it was told to end. */
  List<Reason> reported() {
    return reported.entrySet().stream()
        .filter(line -> !isCutShort() || !line.getKey().startsWith(STAGE_FAILED))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Whether cloud-init was told to end before it had: what it has written since, a result.json
   * without errors too, says nothing of what was still to be done.
   */
  boolean isCutShort() {
    return beforeToldToEnd.isPresent() && !finishedLine;
  }

  /** Whether what is read of that log now was written by an earlier boot. */
  boolean isOlder(String log) {
    return !logsOfOlderBoots.isEmpty() && logsOfOlderBoots.contains(log);
  }

  /** From here on that log is this boot's, or an earlier one's; says which. */
  boolean own(String log, boolean mine) {
    if (mine) {
      logsOfOlderBoots.remove(log);
      logsOfThisBoot.add(log);
    } else {
      logsOfOlderBoots.add(log);
    }
    return mine;
  }

  void banner(Banner banner) {
    cloudInit = cloudInit.or(() -> Optional.of(banner.version()));
    bootBegan = bootBegan.or(banner::bootBegan);
    if (banner.uptimeSeconds().isPresent()) {
      firstUptime = firstUptime.isPresent() ? firstUptime : banner.uptimeSeconds();
      lastUptime = banner.uptimeSeconds();
    }
    finishedLine |= banner.isFinished();
  }

  /** Whether cloud-init says in one way or another that it has ended, and not just been stopped. */
  boolean hasEnded() {
    return !isCutShort() && (result || finishedLine || statusReport.durationSeconds().isPresent());
  }

  static void keep(Map<String, Reason> reasons, String about, Reason reason) {
    if (reasons.size() < MAX_LINES) {
      reasons.putIfAbsent(about, reason);
    }
  }
}
