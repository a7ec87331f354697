package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.source.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Prints how fast plain output is cleaned and followed; run by hand. */
final class BootBenchmark {
  private static final int LINES = 1_200_000;

  private BootBenchmark() {}

  public static void main(String[] args) {
    List<LogLine> lines = new ArrayList<>();
    String[] kinds = {
      "Get:%d http://archive.ubuntu.com/ubuntu jammy/main amd64 libfoo%d amd64 1.%d-2 [114 kB]",
      "Unpacking libbar%d:amd64 (2.%d.1-0ubuntu%d) over (2.0) ...",
      "  inflating: app-7.9.%d/web/js/%d.%d.chunk.js.map",
      "npm notice created a lockfile as package-lock.json. [C] run %d of %d (%d)",
    };
    long bytes = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] line = kinds[i % kinds.length].formatted(i, i % 7, i % 100).getBytes(UTF_8);
      lines.add(new LogLine("output", 0, bytes, i + 1L, line, false));
      bytes += line.length + 1;
    }
    for (int round = 0; round < 5; round++) {
      LineCleaner cleaner = new LineCleaner();
      long began = System.nanoTime();
      int[] count = {0};
      lines.forEach(line -> cleaner.clean(line, clean -> count[0] += clean.length()));
      report("clean", began, bytes);
      BootTracker tracker =
          new BootTracker(
              BootSettings.replay(),
              History.UNKNOWN,
              UserData.UNREADABLE,
              UnaryOperator.identity(),
              signal -> {});
      began = System.nanoTime();
      lines.forEach(line -> cleaner.clean(line, clean -> tracker.line(clean, Instant.EPOCH)));
      report("clean and follow", began, bytes);
    }
  }

  private static void report(String what, long began, long bytes) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%s: %d lines, %.0f MB in %.3f s, %.0f MB/s%n",
        what, LINES, bytes / 1e6, seconds, bytes / 1e6 / seconds);
  }
}
