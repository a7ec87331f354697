package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Prints what a line costs with 30 markers and with 1,000, as teams write them: a team's lines
 * begin with words of its own, and a line in fifty is one of them; those of the markers that are in
 * both sets, so that what a match costs is the same. Rounds alternate, so that what else the
 * machine does falls on both. Run by hand; asserts nothing.
 */
final class ManyMarkersBenchmark {
  private static final int LINES = 100_000;
  private static final int ROUNDS = 11;
  private static final int WARM_UP = 3;
  private static final int FEW = 30;
  private static final int MANY = 1_000;
  private static final int MARKERS_OF_A_TEAM = 25;

  private static final List<String> ORDINARY =
      List.of(
          "Get:%d http://archive.example.org/debian stable/main amd64 libfoo%d [%d kB]",
          "Selecting previously unselected package libfoo%d:amd64.",
          "Unpacking libfoo%d:amd64 (1.%d.2-3) ...",
          "Setting up service-%d (2.%d) ...",
          "  Downloading wheel_%d-3.1-py3-none-any.whl (%d kB)",
          "Created symlink /etc/systemd/system/multi-user.target.wants/unit%d.service",
          "2026-01-02T03:04:%d INFO worker-%d: 12 errors found in 0 files, none failed",
          "npm notice created a lockfile as package-lock.json with %d packages");

  private ManyMarkersBenchmark() {}

  public static void main(String[] args) {
    List<CleanLine> lines = lines();
    PatternSet few = set(FEW);
    PatternSet many = set(MANY);
    double[] ofFew = new double[ROUNDS];
    double[] ofMany = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double first = nanosPerLine(few, lines);
      double second = nanosPerLine(many, lines);
      if (round >= 0) {
        ofFew[round] = first;
        ofMany[round] = second;
        ratios[round] = second / first;
      }
    }
    System.out.printf(
        "a line: %.0f ns with 30 markers, %.0f ns with 1,000; ratio %.2f (medians of %d)%n",
        median(ofFew), median(ofMany), median(ratios), ROUNDS);
    System.out.printf(
        "tables: %,d and %,d bytes%n", few.prefilter().tableBytes(), many.prefilter().tableBytes());
  }

  private static PatternSet set(int markers) {
    StringBuilder yaml = new StringBuilder("pack: teams\nmarkers:\n");
    for (int i = 0; i < markers; i++) {
      yaml.append(
          """
            - id: step-%1$d
              status: fail
              match: '^team%2$02d-deploy: step %1$d failed: (?P<why>.*)'
          """
              .formatted(i, i / MARKERS_OF_A_TEAM));
    }
    return Lines.set(yaml.toString());
  }

  /** The same ones in each run. */
  private static List<CleanLine> lines() {
    Random random = new Random(42);
    List<CleanLine> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      int number = random.nextInt(FEW);
      String text =
          i % 50 == 0
              ? "team%02d-deploy: step %d failed: exit status 1"
                  .formatted(number / MARKERS_OF_A_TEAM, number)
              : ORDINARY
                  .get(random.nextInt(ORDINARY.size()))
                  .formatted(random.nextInt(1_000), random.nextInt(100), random.nextInt(1_000));
      lines.add(Lines.line(text));
    }
    return lines;
  }

  private static double nanosPerLine(PatternSet set, List<CleanLine> lines) {
    LineMatcher matcher = new LineMatcher(set, Set.of());
    long hits = 0;
    long start = System.nanoTime();
    for (CleanLine line : lines) {
      hits += matcher.take(line, Optional.of(Stage.MODULES_FINAL)).isPresent() ? 1 : 0;
    }
    long end = System.nanoTime();
    if (hits == 0) {
      throw new IllegalStateException("no marker took a line");
    }
    return (end - start) / (double) lines.size();
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
