package dev.bosky.boot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One script of a boot, as it stands on the disk.
 *
 * @param name {@code part-001}, {@code runcmd}, {@code bootcmd}, or a file's name
 * @param stage the stage that runs it
 * @param lines its text
 * @param items for {@code runcmd} and {@code bootcmd} the first line of each item of the list, from
 *     1; empty for others
 */
public record Script(String name, Stage stage, List<String> lines, List<Integer> items) {
  private static final Pattern SHELL =
      Pattern.compile("#!\\s*(?:/usr/bin/env\\s+(?:-S\\s*)?)?\\S*?\\b(?:ba|da|k|z|a)?sh\\b(.*)");
  private static final Pattern OPTION_E = Pattern.compile("(?:^|\\s)-[a-zA-Z]*e");
  private static final Pattern SET_E =
      Pattern.compile(
          "(?:^|[;&|{(]\\s*|\\s)set\\s+(?:[-+]\\S+\\s+(?:pipefail\\s+)?)*(?:-[a-zA-Z]*e[a-zA-Z]*\\b|-o\\s+errexit\\b)");
  private static final Pattern SET_PLUS_E =
      Pattern.compile("(?:^|[;&|{(\\s])set\\s+(?:\\+[a-zA-Z]*e|\\+o\\s+errexit)");

  public Script {
    lines = List.copyOf(lines);
    items = List.copyOf(items);
  }

  /**
   * Whether the script would have stopped at a failing command: a shell with {@code set -e} or
   * {@code -e}, or another language. If it then ended with 0, it has handled what failed.
   *
   * <p>Assumes that {@code set -e} holds for the whole script wherever it stands at the beginning
   * of a command. A script that switches it off ({@code set +e}) counts as one without.
   */
  public boolean stopsAtFailure() {
    if (lines.isEmpty()) {
      return false;
    }
    var shell = SHELL.matcher(lines.get(0));
    if (lines.get(0).startsWith("#!") && !shell.matches()) {
      return true;
    }
    boolean on = shell.matches() && OPTION_E.matcher(shell.group(1)).find();
    for (String line : lines) {
      String code = line.strip();
      if (!code.startsWith("#")) {
        if (SET_PLUS_E.matcher(code).find()) {
          return false;
        }
        on |= SET_E.matcher(code).find();
      }
    }
    return on;
  }

  /** Line {@code number}, from 1. */
  public Optional<String> line(int number) {
    return number >= 1 && number <= lines.size()
        ? Optional.of(lines.get(number - 1))
        : Optional.empty();
  }

  /** Which item of {@code runcmd} or {@code bootcmd} line {@code number} belongs to, from 1. */
  public OptionalInt item(int number) {
    int item = (int) items.stream().filter(start -> start <= number).count();
    return item > 0 && number <= lines.size() ? OptionalInt.of(item) : OptionalInt.empty();
  }
}
