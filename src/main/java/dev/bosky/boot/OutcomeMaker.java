package dev.bosky.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes a boot's outcome: collects the situation, has it judged, and chooses what to show. */
final class OutcomeMaker {
  /** A text of cloud-init's in the outcome is at most this long. */
  static final int MAX_TEXT_CHARS = 2000;

  private final BootFacts facts;
  private final LineFacts lines;
  private final UserData userData;
  private final History history;
  private final Handled handled;

  OutcomeMaker(BootFacts facts, LineFacts lines, UserData userData, History history) {
    this.facts = facts;
    this.lines = lines;
    this.userData = userData;
    this.history = history;
    this.handled = new Handled(userData);
  }

  Outcome make(
      Situation.End end,
      Optional<Interruption> cause,
      BootView boot,
      Instant at,
      Optional<Duration> uptime) {
    Situation situation = situation(end, cause);
    VerdictPolicy.Judgement judgement = VerdictPolicy.judge(situation);
    Optional<NotedFailure> shown = shown(situation, judgement.verdict(), at);
    String text = cause(situation, judgement.verdict(), shown, boot);
    Optional<ScriptLine> script =
        shown.flatMap(handled::place).or(() -> scriptOf(situation.errors()));
    return new Outcome(
        judgement.verdict(),
        judgement.silent(),
        text,
        bounded(withLastWords(judgement.reasons(), shown, situation)).stream()
            .map(reason -> reason.withSeconds(facts.scriptTimes.of(reason.script())))
            .toList(),
        cut(situation.errors().stream().map(CloudInitError::text).toList()),
        cut(situation.recoverableErrors()),
        duration(uptime),
        history.firstVerdict(),
        fingerprint(judgement.verdict(), shown, text, boot),
        shown.map(noted -> complete(noted, script)),
        script,
        boot,
        at);
  }

  private Situation situation(Situation.End end, Optional<Interruption> cause) {
    List<CloudInitError> errors = facts.errors().stream().map(this::withExitCode).toList();
    List<Reason> reported = facts.result ? List.of() : facts.reported();
    boolean told = !errors.isEmpty() || !reported.isEmpty();
    List<Reason> decisive = new ArrayList<>();
    for (NotedFailure noted : facts.failures.all()) {
      if (!isIgnoredLine(noted)
          && !(noted.isLate() && facts.isCutShort())
          && (told ? noted.isDecisive() && !noted.ownWords() : handled.decides(noted))) {
        decisive.add(reason(noted));
      }
    }
    return new Situation(
        end,
        cause,
        errors,
        reported,
        facts.statusReport.recoverableErrors(),
        decisive,
        ignored(),
        userData.keys(),
        history.previousInterrupted());
  }

  /** From the log, and from status.json in case the log went elsewhere. */
  private List<Reason> ignored() {
    Map<String, Reason> all = new LinkedHashMap<>(facts.ignored);
    facts
        .statusReport
        .recoverableErrors()
        .values()
        .forEach(
            texts ->
                texts.stream()
                    .filter(t -> CloudInitLine.warning(t).kind() == CloudInitLine.Kind.IGNORED)
                    .forEach(t -> BootFacts.keep(all, t, Reason.of("user-data-ignored", t))));
    return List.copyOf(all.values());
  }

  /** What {@link Situation#ignored} has already. */
  private static boolean isIgnoredLine(NotedFailure noted) {
    return CloudInitLine.isOfDroppedUserData(noted.failure().evidence().text());
  }

  private Reason reason(NotedFailure noted) {
    Failure failure = noted.failure();
    String script = handled.place(noted).map(ScriptLine::file).orElse("");
    return new Reason(
        failure.origin().code(),
        failure.message(),
        failure.marker(),
        "",
        script,
        exitCode(failure.exitCode(), script));
  }

  /** Where nothing else is told, the code with which that script ended, if it failed. */
  private OptionalInt exitCode(OptionalInt told, String script) {
    Integer code = facts.exitCodes.get(script);
    return told.isPresent() || code == null ? told : OptionalInt.of(code);
  }

  private CloudInitError withExitCode(CloudInitError error) {
    return error.scripts().size() == 1
        ? error.withExitCode(exitCode(error.exitCode(), error.scripts().get(0)))
        : error;
  }

  private Failure complete(NotedFailure noted, Optional<ScriptLine> script) {
    Failure failure = noted.complete();
    return failure.withExitCode(
        exitCode(failure.exitCode(), script.map(ScriptLine::file).orElse("")));
  }

  /** The failure to show: see the class comment of {@link Shown}. */
  private Optional<NotedFailure> shown(Situation situation, Verdict verdict, Instant at) {
    return new Shown(facts, lines, userData).choose(situation, verdict, at);
  }

  /** The script that cloud-init names as failed, if it is one. */
  private static Optional<ScriptLine> scriptOf(List<CloudInitError> errors) {
    List<String> names = errors.stream().flatMap(e -> e.scripts().stream()).distinct().toList();
    return names.size() == 1 ? Optional.of(ScriptLine.of(names.get(0))) : Optional.empty();
  }

  private String cause(
      Situation situation, Verdict verdict, Optional<NotedFailure> shown, BootView boot) {
    return switch (verdict) {
      case SUCCESS, UNFINISHED -> "";
      case DEGRADED -> "cloud-init reports recoverable errors only";
      case INTERRUPTED -> situation.interruption().orElse(Interruption.UNKNOWN).label();
      case TIMEOUT -> "cloud-init has not ended: " + where(boot);
      case FAIL ->
          shown
              .map(noted -> noted.failure().message())
              .or(() -> situation.errors().stream().findFirst().map(e -> cut(e.cause())))
              .orElse("cloud-init's processes are gone and there is no result.json");
    };
  }

  /** Where the boot stands, in words: the stage, its script, or the stage that never began. */
  private String where(BootView boot) {
    Optional<Stage> ended = facts.statusReport.lastEnded();
    if (facts.statusReport.running().isEmpty() && ended.isPresent()) {
      String last = ended.get().label();
      return ended
          .get()
          .next()
          .map(next -> next.label() + " never began after " + last + " had ended")
          .orElse(last + " has ended, and there is no result.json");
    }
    return boot.stage().map(Stage::label).orElse("no stage has begun")
        + boot.script().map(script -> ", script " + script).orElse("");
  }

  private OptionalDouble duration(Optional<Duration> uptime) {
    OptionalDouble told = facts.statusReport.durationSeconds();
    if (told.isPresent() || facts.firstUptime.isEmpty()) {
      return told;
    }
    double first = facts.firstUptime.getAsDouble();
    if (uptime.isPresent() && !facts.finishedLine) {
      return OptionalDouble.of(Math.max(0, uptime.get().toMillis() / 1000.0 - first));
    }
    return facts.finishedLine
        ? OptionalDouble.of(Math.max(0, facts.lastUptime.orElse(first) - first))
        : OptionalDouble.empty();
  }

  private static String fingerprint(
      Verdict verdict, Optional<NotedFailure> shown, String cause, BootView boot) {
    return switch (verdict) {
      case SUCCESS, UNFINISHED -> "";
      case FAIL ->
          Fingerprint.of(
              verdict,
              shown.map(noted -> noted.failure().marker()).orElse(""),
              shown.map(noted -> noted.failure().evidence().text()).orElse(cause));
      case DEGRADED, TIMEOUT, INTERRUPTED ->
          Fingerprint.of(
              verdict,
              boot.stage().map(Stage::label).orElse("") + '/' + boot.script().orElse(""),
              cause);
    };
  }

  /** Adds the last word before cloud-init's own failure line, where it is another than shown. */
  private List<Reason> withLastWords(
      List<Reason> reasons, Optional<NotedFailure> shown, Situation situation) {
    List<Reason> all = new ArrayList<>(reasons);
    Optional<Failure> last = facts.lastWords.filter(words -> situation.isReported());
    if (shown.isPresent() && last.isPresent()) {
      String text = last.get().evidence().text();
      Evidence told = shown.get().failure().evidence();
      if (!told.text().contains(text)
          && CloudInitLine.of(text).isEmpty()
          && !last.get().position().equals(shown.get().failure().position())) {
        all.add(Reason.of("last-words", text));
      }
    }
    return all;
  }

  private static List<Reason> bounded(List<Reason> reasons) {
    return reasons.subList(0, Math.min(reasons.size(), Outcome.MAX_LIST));
  }

  private List<String> cut(List<String> texts) {
    return texts.stream().limit(Outcome.MAX_LIST).map(this::cut).toList();
  }

  private Map<String, List<String>> cut(Map<String, List<String>> byLevel) {
    Map<String, List<String>> cut = new LinkedHashMap<>();
    byLevel.forEach((level, texts) -> cut.put(level, cut(texts)));
    return cut;
  }

  private String cut(String text) {
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS) + "…";
  }
}
