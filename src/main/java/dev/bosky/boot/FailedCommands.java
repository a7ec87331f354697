package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from cloud-init.log how scripts ended; from 20.3 on it is told nowhere else:
 *
 * <pre>
 *   2025-11-22 12:15:00,613 - subp.py[DEBUG]: Unexpected error while running command.
 *   Command: ['/var/lib/cloud/instance/scripts/part-001']
 *   Exit code: 3
 *   Reason: -
 *   Stdout: -
 *   Stderr: -
 * </pre>
 *
 * <p>What a script says is there only where cloud-init keeps its output to itself, as it does with
 * a boothook's.
 *
 * <p>For the reader thread only.
 */
final class FailedCommands {
  private static final byte[] COMMAND = "Command: ['".getBytes(US_ASCII);
  private static final byte[] EXIT_CODE = "Exit code: ".getBytes(US_ASCII);
  private static final byte[] REASON = "Reason: ".getBytes(US_ASCII);
  private static final byte[] STDERR = "Stderr: ".getBytes(US_ASCII);
  private static final Pattern SCRIPT =
      Pattern.compile("Command: \\['/[^']*/(?:scripts|boothooks)/([^']*)'");
  private static final Pattern CODE = Pattern.compile("Exit code: (-?\\d{1,9})");

  private String script = "";

  /** A line of cloud-init.log without date and level. */
  Optional<FailedCommand> read(CleanLine line) {
    if (starts(line, COMMAND)) {
      Matcher m = SCRIPT.matcher(line.text());
      script = m.lookingAt() ? m.group(1).substring(m.group(1).lastIndexOf('/') + 1) : "";
    } else if (!script.isEmpty() && starts(line, EXIT_CODE)) {
      Matcher m = CODE.matcher(line.text());
      if (m.lookingAt()) {
        int code = Integer.parseInt(m.group(1));
        return Optional.of(new FailedCommand(script, OptionalInt.of(code), "", line));
      }
    } else if (!script.isEmpty() && starts(line, REASON)) {
      return why(" could not be run: ", line.from(REASON.length), line);
    } else if (!script.isEmpty() && starts(line, STDERR)) {
      CleanLine words = line.from(STDERR.length);
      return why(" failed: ", words, words);
    }
    return Optional.empty();
  }

  private Optional<FailedCommand> why(String how, CleanLine why, CleanLine shown) {
    String text = why.text().strip();
    return text.equals("-") || text.isEmpty()
        ? Optional.empty()
        : Optional.of(new FailedCommand(script, OptionalInt.empty(), script + how + text, shown));
  }

  /** The script that the last lines were about; empty if none. */
  String script() {
    return script;
  }

  void restore(String name) {
    script = name;
  }

  private static boolean starts(CleanLine line, byte[] word) {
    return Ascii.has(line.bytes(), line.start(), line.end(), word);
  }
}
