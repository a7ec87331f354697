package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says of a line which markers match it, which one takes it, and why the others do not. */
public final class LineExplainer {
  private final PatternSet set;
  private final Set<String> outputLogs;
  private final LineMatcher matcher;

  /**
   * For one thread.
   *
   * @param outputLogs the logs that count as output
   */
  public LineExplainer(PatternSet set, Set<String> outputLogs) {
    this.set = set;
    this.outputLogs = Set.copyOf(outputLogs);
    this.matcher = new LineMatcher(set, outputLogs);
  }

  /**
   * A marker whose expression matches the line.
   *
   * @param takes whether the line is this marker's
   * @param why in words that end a sentence such as "it does not, because …"; empty if it takes it
   */
  public record Candidate(Marker marker, boolean takes, String why) {}

  /** All markers that match, in the order in which they are asked. */
  public List<Candidate> explain(CleanLine line, Optional<Stage> stage) {
    Optional<Marker> owner = matcher.ownerOf(line, stage);
    String text = LineMatcher.head(line);
    List<Candidate> candidates = new ArrayList<>();
    for (Marker marker : set.list()) {
      if (marker.match().foundIn(text)) {
        boolean takes = owner.filter(marker::equals).isPresent();
        candidates.add(
            new Candidate(marker, takes, takes ? "" : why(marker, owner, line, stage, text)));
      }
    }
    return candidates;
  }

  private String why(
      Marker marker, Optional<Marker> owner, CleanLine line, Optional<Stage> stage, String text) {
    if (!LineMatcher.looksAt(marker, line.log(), outputLogs)) {
      return "it looks at " + String.join(", ", marker.logs()) + " only";
    }
    if (!marker.holdsIn(stage)) {
      return "it holds in "
          + String.join(", ", marker.stages().stream().sorted().map(Stage::label).toList())
          + " only";
    }
    Optional<Marker> ignore =
        set.list().stream()
            .filter(other -> other.ignores() && !marker.ignores())
            .filter(other -> LineMatcher.holdsFor(other, marker))
            .filter(other -> other.match().foundIn(text))
            .findFirst();
    return ignore
        .map(other -> other.key() + " says to ignore the line")
        .or(() -> owner.map(other -> other.key() + " is asked before"))
        .orElse("its line is another marker's");
  }
}
