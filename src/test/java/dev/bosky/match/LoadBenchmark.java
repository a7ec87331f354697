package dev.bosky.match;

import java.nio.file.Path;
import java.util.List;

/** Measures how long the pattern files take to load, cold and warm: {@code LoadBenchmark DIR}. */
final class LoadBenchmark {
  private LoadBenchmark() {}

  public static void main(String[] args) {
    for (int i = 0; i < 10; i++) {
      long cpu = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long wall = System.nanoTime();
      int markers =
          PatternLoader.load(List.of(PatternSource.shipped(Path.of(args[0])))).set().list().size();
      System.out.printf(
          "%d markers in %d ms (%d ms of processor time)%n",
          markers,
          (System.nanoTime() - wall) / 1_000_000,
          (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
              / 1_000_000);
    }
  }
}
