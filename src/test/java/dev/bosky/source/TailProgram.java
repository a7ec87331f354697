package dev.bosky.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A tailer in a process of its own, for what only another user or another mount namespace can show.
 *
 * <p>Reads {@code poll} and {@code restart} from its input, and prints what the tailer gave, then a
 * line with a full stop.
 */
final class TailProgram {
  private TailProgram() {}

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    TailPosition position = TailPosition.NONE;
    LogTailer tailer = newTailer(path, position);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      if (command.equals("restart")) {
        position = tailer.position();
        tailer.close();
        tailer = newTailer(path, position);
      } else {
        while (tailer.poll(TailProgram::print)) {
          // Until it has read all there is.
        }
      }
      System.out.println(".");
    }
    tailer.close();
  }

  private static LogTailer newTailer(Path path, TailPosition position) {
    return new LogTailer(
        "output",
        path,
        ThisBoot.withoutSigns(Instant.now().minusSeconds(60)),
        position,
        TailLimits.DEFAULT,
        InstantSource.system(),
        System::nanoTime);
  }

  private static void print(SourceRecord record) {
    System.out.println(
        record instanceof SourceNotice notice ? notice.text() : ((LogLine) record).text());
  }
}
