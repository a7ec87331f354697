package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the {@code examples:} of pattern files.
 *
 * <p>With the markers of its own file in force, a line under {@code match} has to be taken by this
 * very marker, and one under {@code ignore} must not be. So an example also fails if an earlier
 * marker takes its line.
 */
public final class ExampleRunner {
  private ExampleRunner() {}

  /**
   * One example that was run.
   *
   * @param wanted true if the marker has to take the line
   * @param owner the marker the line went to
   */
  public record Result(
      Marker marker, Marker.Examples.Line example, boolean wanted, Optional<Marker> owner) {
    /** Whether the line went where the example says. */
    public boolean passed() {
      return owner.map(marker::equals).orElse(false) == wanted;
    }

    /** What was found, for a message. */
    public String found() {
      return owner.map(other -> other.equals(marker) ? "that it does" : other.key()).orElse("none");
    }
  }

  /** Runs all examples of the files, in their order. */
  public static List<Result> run(List<PatternFile> files) {
    List<Result> results = new ArrayList<>();
    for (PatternFile file : files) {
      LineMatcher matcher = new LineMatcher(PatternSet.of(List.of(file)), Set.of(Marker.OUTPUT));
      for (Marker marker : file.markers()) {
        for (Marker.Examples.Line example : marker.examples().match()) {
          results.add(result(matcher, marker, example, true));
        }
        for (Marker.Examples.Line example : marker.examples().ignore()) {
          results.add(result(matcher, marker, example, false));
        }
      }
    }
    return results;
  }

  private static Result result(
      LineMatcher matcher, Marker marker, Marker.Examples.Line example, boolean wanted) {
    return new Result(
        marker, example, wanted, matcher.ownerOf(line(marker, example), Optional.empty()));
  }

  /** The example as a line of the first log that the marker looks at. */
  static CleanLine line(Marker marker, Marker.Examples.Line example) {
    byte[] bytes = example.text().getBytes(StandardCharsets.UTF_8);
    return new CleanLine(marker.logs().get(0), 0, 0, 1, bytes, 0, bytes.length, false);
  }
}
