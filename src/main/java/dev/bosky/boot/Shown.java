package dev.bosky.boot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the one failure to show for a boot that did not end well.
 *
 * <p>In this order: the first decisive failure that no script has handled; the last failure of a
 * marker before cloud-init's own failure line; a script whose words are in no output log; the line
 * before that line that a person would want ({@link Words}); the error of the module in
 * result.json; the line about dropped user data; cloud-init's own line. Where cloud-init reports a
 * failing script that stops at the first failure, it is the last of that script's failures: the
 * ones before it were handled. Of failures of one marker that stand together it is the first. A
 * failure that only follows from one that stands just above gives way to that one ({@link #cause}).
 * What a script said it goes on without ({@link Tolerated}) is shown only where there is nothing
 * else.
 */
final class Shown {
  private final BootFacts facts;
  private final LineFacts lines;
  private final UserData userData;

  Shown(BootFacts facts, LineFacts lines, UserData userData) {
    this.facts = facts;
    this.lines = lines;
    this.userData = userData;
  }

  Optional<NotedFailure> choose(Situation situation, Verdict verdict, Instant at) {
    return switch (verdict) {
      case SUCCESS, DEGRADED, UNFINISHED -> Optional.empty();
      case TIMEOUT, INTERRUPTED -> whereItStood(at).map(this::noted);
      case FAIL -> failed(situation, at);
    };
  }

  private Optional<NotedFailure> failed(Situation situation, Instant at) {
    Handled handled = new Handled(userData);
    boolean reported = situation.isReported();
    List<NotedFailure> strong = new ArrayList<>(facts.failures.all());
    strong.removeIf(noted -> noted.ownWords() || (!reported && handled.test(noted)));
    if (!strong.stream().allMatch(NotedFailure::isTolerated)) {
      strong.removeIf(NotedFailure::isTolerated);
    }
    Optional<NotedFailure> last =
        strong.isEmpty() ? Optional.empty() : Optional.of(strong.get(strong.size() - 1));
    Optional<NotedFailure> first =
        strong.stream()
            .filter(noted -> reported ? noted.isDecisive() : handled.decides(noted))
            .findFirst();
    if (reported && first.isPresent() && handled.test(first.get())) {
      return Optional.of(firstTelling(ofFirstToFail(strong, situation, handled)));
    }
    if (first.isEmpty() && !reported && situation.keys().noneKnown()) {
      return Optional.empty(); // cloud-init has no word about it
    }
    return first
        .or(() -> reported ? last.map(failure -> firstAlike(strong, failure)) : Optional.empty())
        .map(failure -> cause(strong, failure))
        .or(() -> facts.unheard.map(this::noted))
        .or(() -> lastWords(situation, at).map(this::noted))
        .or(() -> facts.failures.all().stream().findFirst());
  }

  /** Those of the first script that cloud-init says has failed; all if none can be told. */
  private static List<NotedFailure> ofFirstToFail(
      List<NotedFailure> failures, Situation situation, Handled handled) {
    Optional<String> script =
        situation.errors().stream().flatMap(error -> error.scripts().stream()).findFirst();
    List<NotedFailure> own =
        failures.stream()
            .filter(noted -> handled.place(noted).map(ScriptLine::file).equals(script))
            .toList();
    return own.isEmpty() ? failures : own;
  }

  /** Goes up from the last failure to the first of those that stand together and tell the same. */
  private static NotedFailure firstTelling(List<NotedFailure> failures) {
    NotedFailure first = failures.get(failures.size() - 1);
    for (int i = failures.size() - 2; i >= 0 && first.follows(failures.get(i)); i--) {
      first = failures.get(i);
    }
    return first;
  }

  /** As above, if both lines are one program's: a marker of many programs took them perhaps. */
  private static NotedFailure firstAlike(List<NotedFailure> failures, NotedFailure last) {
    NotedFailure first = firstTelling(failures);
    return Words.beginning(first.line()).equals(Words.beginning(last.line())) ? first : last;
  }

  /**
   * What came before a failure that only follows from it: a program could not do its work, and a
   * few lines on another lacks what that should have given, also where the script meant to try once
   * more and then did not; or a script says in the next line that it went wrong.
   */
  private NotedFailure cause(List<NotedFailure> failures, NotedFailure failure) {
    boolean lacks = Words.lacksInput(failure.line());
    boolean tells = failure.failure().decides() == Decides.NO;
    int index = failures.indexOf(failure);
    if (index > 0) {
      NotedFailure above = failures.get(index - 1);
      if (above.failure().decides() == Decides.IF_UNHANDLED
          && ((lacks && gaveNothing(above, failure))
              || (tells && failure.standsBehind(above, 1) && !Words.lacksInput(above.line())))) {
        return firstTelling(failures.subList(0, index));
      }
    }
    return facts.failures.cleared().stream()
        .filter(cleared -> lacks && gaveNothing(cleared, failure))
        .reduce((a, b) -> b)
        .orElse(failure);
  }

  private static boolean gaveNothing(NotedFailure above, NotedFailure lacking) {
    return lacking.standsBehind(above, NotedFailure.AFTER) && !Words.lacksInput(above.line());
  }

  private NotedFailure noted(Failure failure) {
    return lines.noted(failure, userData);
  }

  /**
   * The line above cloud-init's own; one of another log if it looks more like a failure; what a
   * module of cloud-init itself ended with, if neither does.
   */
  private Optional<Failure> lastWords(Situation situation, Instant at) {
    Optional<Failure> told = facts.lastWords;
    if (told.isPresent() && isFailure(told.get())) {
      return told;
    }
    return lines.logs().stream()
        .flatMap(log -> chosen(log, at).stream())
        .filter(this::isFailure)
        .findFirst()
        .or(() -> moduleError(situation.errors(), at))
        .or(() -> told)
        .or(() -> lines.lastLine(at));
  }

  /** The log has no word of it but "Running module … failed"; result.json says why. */
  private static Optional<Failure> moduleError(List<CloudInitError> errors, Instant at) {
    return errors.stream()
        .filter(error -> !error.module().isEmpty() && !error.isOfScripts())
        .findFirst()
        .map(error -> Failure.ofModule(error.module(), error.cause(), at));
  }

  private boolean isFailure(Failure failure) {
    String text = failure.evidence().text();
    return Words.isFailure(text)
        && CloudInitLine.of(text).filter(own -> own.kind() != CloudInitLine.Kind.IGNORED).isEmpty();
  }

  private Optional<Failure> chosen(String log, Instant at) {
    List<CleanLine> recent = lines.recent(log);
    int index = Words.choose(recent);
    return index < 0
        ? Optional.empty()
        : Optional.of(lines.lineFailure(recent.get(index), recent.subList(0, index), at));
  }

  /** Where it hangs, or was cut off. */
  private Optional<Failure> whereItStood(Instant at) {
    return facts.isCutShort() ? facts.beforeToldToEnd : lines.lastLine(at);
  }
}
