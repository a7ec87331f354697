package dev.bosky.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints how long a tailer takes for a log of 100 MB in lines of 80 bytes, written to the folder
 * given. Times are looked at by people, never asserted.
 *
 * <pre>
 * mvn -q test-compile
 * java -cp target/test-classes:target/classes dev.bosky.source.TailerBenchmark /tmp
 * </pre>
 */
final class TailerBenchmark {
  private static final long BYTES = 100L * 1024 * 1024;
  private static final int ROUNDS = 5;

  private TailerBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path log = Files.createTempFile(Path.of(args[0]), "benchmark", ".log");
    try {
      write(log);
      for (int round = 1; round <= ROUNDS; round++) {
        read(log, round);
      }
    } finally {
      Files.delete(log);
    }
  }

  private static void write(Path log) throws IOException {
    byte[] line = ("x".repeat(79) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      for (long at = 0; at < BYTES; at += line.length) {
        out.write(line);
      }
    }
  }

  /** The first poll, which looks through what is there, and the reading are told apart. */
  private static void read(Path log, int round) throws IOException {
    LongAdder lines = new LongAdder();
    ThisBoot boot = ThisBoot.withoutSigns(Instant.now().minusSeconds(3600));
    try (LogTailer tailer =
        new LogTailer(
            "output",
            log,
            boot,
            TailPosition.NONE,
            TailLimits.DEFAULT,
            InstantSource.system(),
            System::nanoTime)) {
      long start = System.nanoTime();
      boolean more = tailer.poll(line -> lines.increment());
      long looked = System.nanoTime();
      while (more) {
        more = tailer.poll(line -> lines.increment());
      }
      long end = System.nanoTime();
      System.out.printf(
          "round %d: first poll %d ms, rest %d ms, %d lines%n",
          round, (looked - start) / 1_000_000, (end - looked) / 1_000_000, lines.sum());
    }
  }
}
