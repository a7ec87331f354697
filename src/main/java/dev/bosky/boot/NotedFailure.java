package dev.bosky.boot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A failure, with where the boot stood when it was seen and the lines that came after it. */
final class NotedFailure {
  /** So many lines after a failure are shown in the outcome. */
  static final int AFTER = 3;

  /** So many lines after a failure are kept: a stack trace may stand between it and the script. */
  private static final int KEPT = 20;

  /** So many of them, indented ones aside, may be about it: curl says four about a certificate. */
  private static final int NEAR = 6;

  private final Failure failure;
  private final Optional<Stage> stage;
  private final Optional<ScriptLine> script;
  private final boolean ownWords;
  private final boolean late;
  private final Set<String> scripts = new LinkedHashSet<>();
  private final List<String> after = new ArrayList<>();

  /**
   * @param script the script it happened in: the one that the line names, or else the last that was
   *     known to have started
   * @param ownWords true if it is only cloud-init's word that something failed, not why
   * @param late true if cloud-init had been told to end before: things fail in a shutdown
   */
  NotedFailure(
      Failure failure,
      Optional<Stage> stage,
      Optional<ScriptLine> script,
      boolean ownWords,
      boolean late) {
    this.failure = failure;
    this.stage = stage;
    this.script = script;
    this.ownWords = ownWords;
    this.late = late;
    script.map(ScriptLine::file).ifPresent(scripts::add);
    after.addAll(failure.evidence().after());
  }

  Failure failure() {
    return failure;
  }

  /** Whether it makes the boot fail, wherever it happened. */
  boolean isDecisive() {
    return failure.decides() == Decides.YES;
  }

  Optional<Stage> stage() {
    return stage;
  }

  Optional<ScriptLine> script() {
    return script;
  }

  /** The names of the scripts that may have printed it; empty if nothing is known of that. */
  Set<String> scripts() {
    return Set.copyOf(scripts);
  }

  /**
   * A script was started about when it was printed: which came first, two logs do not tell. Only
   * the last stage starts scripts that have names.
   */
  void mayBeOf(String name) {
    boolean named = script.filter(at -> at.line().isPresent()).isPresent();
    if (!named && stage.filter(s -> s.compareTo(Stage.MODULES_CONFIG) < 0).isEmpty()) {
      scripts.add(name);
    }
  }

  boolean ownWords() {
    return ownWords;
  }

  boolean isLate() {
    return late;
  }

  /** Whether the same marker found it so few lines after the other that both tell the same. */
  boolean follows(NotedFailure other) {
    return failure.marker().equals(other.failure.marker()) && standsBehind(other, AFTER);
  }

  /** Whether it stands in the same log behind the other, by that many lines at most. */
  boolean standsBehind(NotedFailure other, int atMost) {
    return failure
        .position()
        .flatMap(here -> other.failure.position().map(here::linesAfter))
        .filter(lines -> lines > 0 && lines <= atMost)
        .isPresent();
  }

  /** The line that tells of it, masked; without the block that it belongs to. */
  String line() {
    return failure.evidence().text().lines().findFirst().orElse("");
  }

  /** Whether the script said right after it that it does not matter; see {@link Tolerated}. */
  boolean isTolerated() {
    return isFollowedBy(Tolerated::isSaidBy);
  }

  /** The same, or that it tries again. */
  boolean isToleratedOrTriedAgain() {
    return isTolerated() || isFollowedBy(Tolerated::isTriedAgainBy);
  }

  private boolean isFollowedBy(Predicate<String> words) {
    return failure.origin() == Failure.Origin.MARKER
        && after.stream()
            .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
            .limit(NEAR)
            .anyMatch(words);
  }

  boolean wantsAfter(String log) {
    return after.size() < KEPT && isOf(log);
  }

  boolean isOf(String log) {
    return failure.position().filter(at -> at.log().equals(log)).isPresent();
  }

  void addAfter(String maskedLine) {
    after.add(maskedLine);
  }

  List<String> after() {
    return List.copyOf(after);
  }

  /** The failure with the first lines after it in its evidence. */
  Failure complete() {
    Evidence evidence = failure.evidence();
    return failure.withEvidence(
        new Evidence(
            evidence.before(), evidence.text(), after.subList(0, Math.min(after.size(), AFTER))));
  }
}
