package dev.bosky.chaos;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * A log of numbered lines, each of which is to become an event, written as programs and logrotate
 * write: in bursts, in halves, in blocks, and rotated at any time.
 */
final class NumberedLog implements AutoCloseable {
  /** Makes an event of each numbered line, without the usual bounds. */
  static final String PATTERNS =
      """
      pack: chaos
      markers:
        - id: line
          status: info
          match: '^line (?P<number>\\d+) '
          limit: 1000000
          context: 3
        - id: failure
          status: fail
          match: '^failure (?P<number>\\d+) '
          limit: 1000000
        - id: block
          status: info
          match: '^block (?P<number>\\d+) '
          until: '^end of block'
          limit: 1000000
      """;

  private final LogWriter writer;
  private final RandomGenerator random;
  private long last;
  private int rotations;

  /** The log under that name, which goes on from that number. */
  NumberedLog(Path path, long last, String banner, RandomGenerator random) {
    this.writer = LogWriter.appending(path).lines(banner);
    this.last = last;
    this.random = random;
  }

  /** The number of the last line that was begun. */
  long last() {
    return last;
  }

  int rotations() {
    return rotations;
  }

  /** Something a program might do next. */
  void step(Interruption interruption) throws InterruptedException {
    switch (random.nextInt(16)) {
      case 0 -> half(interruption);
      case 1 -> block(interruption);
      case 2 -> rotate(interruption);
      default -> burst();
    }
  }

  private void burst() {
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      lines.append(random.nextInt(8) == 0 ? "failure " : "line ").append(++last);
      lines.append(" of the chaos\n");
      if (random.nextInt(5) == 0) {
        lines.append("a line nobody waits for\n");
      }
    }
    writer.write(lines.toString());
  }

  private void half(Interruption interruption) throws InterruptedException {
    String line = "line " + ++last + " written in two halves";
    int cut = random.nextInt(1, line.length());
    writer.write(line.substring(0, cut));
    interruption.here();
    writer.write(line.substring(cut) + "\n");
  }

  private void block(Interruption interruption) throws InterruptedException {
    writer.write("block " + ++last + " begins\n  inside\n");
    interruption.here();
    writer.write("  still inside\nend of block\n");
  }

  /** By rename or copytruncate; the writer goes on in the old file for a while, as it would. */
  private void rotate(Interruption interruption) throws InterruptedException {
    String old = "log." + ++rotations;
    if (random.nextBoolean()) {
      writer.rename(old);
      interruption.here();
      burst();
      interruption.here();
      writer.reopen();
    } else {
      // Whoever writes between the copy and the truncation loses: nobody does here.
      writer.copy(old);
      interruption.here();
      writer.truncate();
    }
  }

  @Override
  public void close() {
    writer.close();
  }

  static Path patterns(Path folder) throws IOException {
    return Files.writeString(folder.resolve("chaos.yaml"), PATTERNS);
  }

  /** A place where the one who writes may be kept from going on for a while. */
  interface Interruption {
    void here() throws InterruptedException;
  }
}
