package dev.bosky.boot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the one failure to show for a boot that did not end well.
 *
 * <p>In this order: the first decisive failure that no script has handled; the last failure of a
 * marker before cloud-init's own failure line; user data that was dropped; the last line of sense
 * before that line; cloud-init's own line. Where cloud-init reports a failing script that stops at
 * the first failure, it is the last of the markers' failures: the ones before it were handled.
 */
final class Shown {
  private final BootFacts facts;
  private final LineReader lines;
  private final UserData userData;

  Shown(BootFacts facts, LineReader lines, UserData userData) {
    this.facts = facts;
    this.lines = lines;
    this.userData = userData;
  }

  Optional<NotedFailure> choose(Situation situation, Verdict verdict, Instant at) {
    return switch (verdict) {
      case SUCCESS, DEGRADED, UNFINISHED -> Optional.empty();
      case TIMEOUT, INTERRUPTED -> lastLine(at);
      case FAIL -> failed(situation, at);
    };
  }

  private Optional<NotedFailure> failed(Situation situation, Instant at) {
    Handled handled = new Handled(userData);
    boolean reported = !situation.errors().isEmpty() || !situation.reported().isEmpty();
    List<NotedFailure> strong = new ArrayList<>(facts.failures.all());
    strong.removeIf(noted -> noted.ownWords() || (!reported && handled.test(noted)));
    Optional<NotedFailure> last =
        strong.isEmpty() ? Optional.empty() : Optional.of(strong.get(strong.size() - 1));
    Optional<NotedFailure> first =
        strong.stream().filter(noted -> noted.failure().decisive()).findFirst();
    if (reported && first.isPresent() && handled.test(first.get())) {
      return last;
    }
    return first
        .or(() -> reported ? last : Optional.empty())
        .or(() -> facts.lastWords.map(this::noted))
        .or(() -> facts.failures.all().stream().findFirst())
        .or(() -> reported ? lastLine(at) : Optional.empty());
  }

  private NotedFailure noted(Failure failure) {
    return lines.noted(failure, userData);
  }

  /** Where it hangs, or was cut off: the last line of the log that was written last. */
  private Optional<NotedFailure> lastLine(Instant at) {
    List<CleanLine> recent = lines.lastOutput();
    if (recent.isEmpty()) {
      return Optional.empty();
    }
    int last = recent.size() - 1;
    return Optional.of(noted(lines.lineFailure(recent.get(last), recent.subList(0, last), at)));
  }
}
