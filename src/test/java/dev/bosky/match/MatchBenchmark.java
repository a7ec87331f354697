package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures how fast lines are matched: {@code MatchBenchmark PATTERNS LOGS [SECONDS]}.
 *
 * <p>Each round is a boot: a new session that takes every line of every log. Run by hand; asserts
 * nothing.
 */
final class MatchBenchmark {
  /** How often a boot prints all the lines: what it costs to begin is shared by them. */
  private static final int REPEAT = 10;

  private MatchBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path patterns = Path.of(args[0]);
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSource.shipped(patterns)));
    loaded.problems().stream().filter(Problem::isError).forEach(System.out::println);
    List<CleanLine> lines = lines(Path.of(args[1]));
    System.out.printf(
        "%d markers, %d hard to rule out, table %d KB; %d lines, %d KB%n",
        loaded.set().list().size(),
        loaded.set().list().stream().filter(m -> m.match().requirements().tellLittle()).count(),
        loaded.set().prefilter().tableBytes() / 1024,
        lines.size(),
        bytes(lines) / 1024);
    loaded.set().list().stream()
        .filter(marker -> marker.match().requirements().tellLittle())
        .forEach(marker -> System.out.println("  hard to rule out: " + marker));
    measure("prefilter alone", lines, seconds, () -> new Scan(loaded.set()));
    measure("session", lines, seconds, () -> new Boot(loaded.set()));
    if (args.length > 3)
      measure("session, no markers", lines, seconds, () -> new Boot(PatternSet.EMPTY));
    costliest(loaded.set(), lines);
  }

  /** Processor time, so that other work on the machine does not count. */
  private static long cpu() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private interface Round {
    void line(CleanLine line);
  }

  private record Scan(Prefilter prefilter, Prefilter.Room room) implements Round {
    Scan(PatternSet set) {
      this(set.prefilter(), new Prefilter.Room());
    }

    @Override
    public void line(CleanLine line) {
      prefilter.scan(line.bytes(), line.start(), line.end(), room);
    }
  }

  private record Boot(MatchSession session) implements Round {
    Boot(PatternSet set) {
      this(new MatchSession(set, MatchSettings.DEFAULT));
    }

    @Override
    public void line(CleanLine line) {
      // A new object each time: the text decoded in one round must not help the next.
      CleanLine fresh =
          new CleanLine(line.log(), 0, 0, 1, line.bytes(), line.start(), line.end(), line.cut());
      session.line(fresh, Optional.of(Stage.MODULES_FINAL), Duration.ZERO);
    }
  }

  private static void measure(
      String name, List<CleanLine> lines, int seconds, java.util.function.Supplier<Round> start) {
    double best = 0;
    long stop = cpu() + seconds * 1_000_000_000L;
    while (cpu() < stop) {
      long began = cpu();
      Round round = start.get();
      for (int i = 0; i < REPEAT; i++) {
        lines.forEach(round::line);
      }
      best = Math.max(best, REPEAT * bytes(lines) * 1e3 / (cpu() - began));
    }
    System.out.printf(Locale.ROOT, "%-22s %8.1f MB/s (best round)%n", name, best);
  }

  /** Which expressions are tried most, and what that costs. */
  private static void costliest(PatternSet set, List<CleanLine> lines) {
    long[] tries = new long[set.list().size()];
    long[] nanos = new long[set.list().size()];
    long[] hits = new long[set.list().size()];
    Prefilter.Room room = new Prefilter.Room();
    for (CleanLine line : lines) {
      set.prefilter().scan(line.bytes(), line.start(), line.end(), room).stream()
          .forEach(
              i -> {
                long began = cpu();
                boolean found = set.list().get(i).match().foundIn(line.text());
                nanos[i] += cpu() - began;
                tries[i]++;
                hits[i] += found ? 1 : 0;
              });
    }
    Integer[] order = new Integer[nanos.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(nanos[b], nanos[a]));
    System.out.printf("%d tries in all; the costliest:%n", Arrays.stream(tries).sum());
    for (int i = 0; i < Math.min(25, order.length); i++) {
      int k = order[i];
      System.out.printf(
          Locale.ROOT,
          "  %8.2f ms %7d tries %6d hits  %s%n",
          nanos[k] / 1e6,
          tries[k],
          hits[k],
          set.list().get(k));
    }
  }

  private static long bytes(List<CleanLine> lines) {
    return lines.stream().mapToLong(line -> line.length() + 1).sum();
  }

  private static List<CleanLine> lines(Path logs) throws IOException {
    List<CleanLine> lines = new ArrayList<>();
    try (Stream<Path> files = Files.isDirectory(logs) ? Files.list(logs) : Stream.of(logs)) {
      files.sorted().forEach(file -> text(file).lines().map(Lines::line).forEach(lines::add));
    }
    return lines;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
