package dev.bosky.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether a script has handled a failure that a marker found in its output, where cloud-init
 * reported no error: true if it would have stopped at it ({@link Script#stopsAtFailure}), or has a
 * branch for the command that failed ({@link Guards}) and does not call that an error itself.
 *
 * <p>Where it is not known which script printed the line, each that may have done so must be of
 * that kind; of several, only those that call the program count that the line is of. Where no
 * script may have, a module of cloud-init printed it, and those look at the exit codes of what they
 * run. Scripts that cannot be read have handled nothing but what they say they have ({@link
 * Tolerated}), and none handles that its own text was dropped.
 */
final class Handled implements Predicate<NotedFailure> {
  /** In what a script says right after: it knows, and does not mean to go on as if nothing was. */
  private static final Pattern CALLED_ERROR =
      Pattern.compile("^.{0,40}\\b(?:ERROR|FATAL|CRITICAL)\\b");

  private final Optional<List<Script>> scripts;

  Handled(UserData userData) {
    this.scripts = userData.scripts();
  }

  @Override
  public boolean test(NotedFailure noted) {
    boolean output =
        noted.failure().origin() == Failure.Origin.MARKER
            && !noted.ownWords()
            && !CloudInitLine.isOfDroppedUserData(noted.failure().evidence().text());
    if (!output || scripts.isEmpty()) {
      return false;
    }
    List<Script> callers = callers(noted);
    return (callers.isEmpty() ? printers(noted) : callers)
        .stream().allMatch(script -> isHandledBy(script, noted));
  }

  private static boolean isHandledBy(Script script, NotedFailure noted) {
    return switch (fate(script, noted)) {
      case IGNORED -> false;
      case GUARDED ->
          script.stopsAtFailure()
              || noted.after().stream().noneMatch(line -> CALLED_ERROR.matcher(line).find());
      case UNKNOWN -> script.stopsAtFailure();
    };
  }

  private static Guards.Fate fate(Script script, NotedFailure noted) {
    OptionalInt line =
        noted
            .script()
            .filter(at -> at.file().equals(script.name()))
            .map(ScriptLine::line)
            .orElse(OptionalInt.empty());
    return new Guards(script).of(noted.failure(), line);
  }

  /** Whether it makes the boot fail, where cloud-init reported no error. */
  boolean decides(NotedFailure noted) {
    if (noted.isToleratedOrTriedAgain()) {
      return false;
    }
    return switch (noted.failure().decides()) {
      case YES -> !test(noted);
      case IF_UNHANDLED -> isIgnored(noted);
      case NO -> false;
    };
  }

  /**
   * Whether a script printed it that does nothing about the command that failed: the line that the
   * shell names, or every call of the program that names itself.
   */
  private boolean isIgnored(NotedFailure noted) {
    boolean named =
        noted.script().filter(at -> at.line().isPresent()).isPresent()
            || Guards.namedIn(noted.failure().evidence().text()).isPresent();
    if (!named || scripts.isEmpty()) {
      return false;
    }
    List<Script> callers = callers(noted);
    return !callers.isEmpty()
        && callers.stream().allMatch(script -> fate(script, noted) == Guards.Fate.IGNORED);
  }

  /** Where it was printed: the line that is named, or else the one script that it can be of. */
  Optional<ScriptLine> place(NotedFailure noted) {
    if (noted.scripts().size() < 2) {
      return noted.script().or(() -> noted.scripts().stream().findFirst().map(ScriptLine::of));
    }
    List<Script> callers = scripts.isEmpty() ? List.of() : callers(noted);
    return callers.size() == 1
        ? Optional.of(ScriptLine.of(callers.get(0).name()))
        : Optional.empty();
  }

  /**
   * The scripts that may have printed it and call the program that it is of; or whose line it is.
   */
  private List<Script> callers(NotedFailure noted) {
    Optional<ScriptLine> named = noted.script().filter(at -> at.line().isPresent());
    Optional<String> program = Guards.programOf(noted.failure());
    return printers(noted).stream()
        .filter(
            script ->
                named
                    .map(at -> at.file().equals(script.name()))
                    .orElseGet(() -> program.filter(new Guards(script)::calls).isPresent()))
        .toList();
  }

  private List<Script> printers(NotedFailure noted) {
    List<Script> known = new ArrayList<>(scripts.orElseThrow());
    known.removeIf(script -> !noted.scripts().contains(script.name()));
    return known.isEmpty() ? candidates(noted.stage()) : known;
  }

  /**
   * The scripts that may run in that stage. A stage's banner may come after its scripts' output, so
   * the stage before it counts too, if it has no script of its own.
   */
  private List<Script> candidates(Optional<Stage> stage) {
    if (stage.isEmpty()) {
      return scripts.orElseThrow();
    }
    List<Script> own = of(stage.get());
    return own.isEmpty() ? stage.get().next().map(this::of).orElse(own) : own;
  }

  private List<Script> of(Stage stage) {
    return scripts.orElseThrow().stream().filter(s -> s.stage() == stage).toList();
  }
}
