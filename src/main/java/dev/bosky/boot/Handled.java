package dev.bosky.boot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Whether a script has handled a failure that a marker found in its output: true if the script
 * would have stopped at it ({@link Script#stopsAtFailure}) and yet cloud-init reported no error.
 *
 * <p>Where it is not known which script printed the line, each that may have done so must be of
 * that kind. Where no script may have, a module of cloud-init printed it, and those look at the
 * exit codes of what they run. Scripts that cannot be read have handled nothing, and none handles
 * that its own text was dropped.
 */
final class Handled implements Predicate<NotedFailure> {
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
    Optional<Script> known = noted.script().flatMap(s -> script(s.file()));
    if (known.isPresent()) {
      return known.get().stopsAtFailure();
    }
    return candidates(noted.stage()).stream().allMatch(Script::stopsAtFailure);
  }

  /** Whether it makes the boot fail, where cloud-init reported no error. */
  boolean decides(NotedFailure noted) {
    return switch (noted.failure().decides()) {
      case YES -> !test(noted);
      case IF_UNHANDLED -> isUnguarded(noted);
      case NO -> false;
    };
  }

  /**
   * Whether a script printed it that goes on after a failure and does nothing about the command
   * that failed: the line that the shell names, or every call of the program that names itself.
   */
  private boolean isUnguarded(NotedFailure noted) {
    String words = noted.failure().evidence().text();
    OptionalInt line = noted.script().map(ScriptLine::line).orElse(OptionalInt.empty());
    Optional<Script> named = noted.script().flatMap(s -> script(s.file()));
    if (line.isPresent()) {
      return named
          .filter(script -> !script.stopsAtFailure())
          .filter(script -> new Unguarded(script).at(line.getAsInt()))
          .isPresent();
    }
    Optional<String> program = Unguarded.programOf(words);
    if (program.isEmpty() || scripts.isEmpty()) {
      return false;
    }
    List<Script> callers =
        candidates(noted.stage()).stream()
            .filter(script -> new Unguarded(script).calls(program.get()))
            .toList();
    return !callers.isEmpty()
        && callers.stream()
            .allMatch(
                script ->
                    !script.stopsAtFailure() && new Unguarded(script).everyCallOf(program.get()));
  }

  private Optional<Script> script(String name) {
    return scripts.flatMap(all -> all.stream().filter(s -> s.name().equals(name)).findFirst());
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
