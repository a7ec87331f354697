package dev.bosky.boot;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  /** {@code trap 'exit 0' EXIT}: that it stopped is seen by nobody. */
  private static final Pattern HIDES_STOP =
      Pattern.compile("^trap\\b.*\\bexit 0\\b.*\\b(?:EXIT|ERR|0)$");

  /** Longer text in quotes is data, such as a certificate: in characters. */
  private static final int LONGEST_QUOTED = 500;

  /** Nobody writes a longer command; what stands behind it is not looked at. In characters. */
  private static final int LONGEST_COMMAND = 10_000;

  private static final Pattern HERE_DOCUMENT =
      Pattern.compile("<<-?\\s*['\"\\\\]?([A-Za-z_]\\w*)['\"]?");

  /**
   * A line with commands.
   *
   * @param number of its first line, from 1
   * @param text without blanks around it and without long quoted text; continued lines as one
   */
  record Command(int number, String text) {}

  public Script {
    lines = List.copyOf(lines);
    items = List.copyOf(items);
  }

  /**
   * Whether the script would have stopped at a failing command: a shell with {@code set -e} or
   * {@code -e}, or another language. If it then ended with 0, it has handled what failed.
   *
   * <p>Assumes that {@code set -e} holds for the whole script wherever it stands at the beginning
   * of a command. A script that switches it off ({@code set +e}), or that ends with 0 when it
   * stops, counts as one without. At which commands it does not stop all the same, {@link Guards}
   * tells.
   */
  public boolean stopsAtFailure() {
    if (lines.isEmpty()) {
      return false;
    }
    if (!isShell()) {
      return true;
    }
    Matcher shell = SHELL.matcher(lines.get(0));
    boolean on = shell.matches() && OPTION_E.matcher(shell.group(1)).find();
    for (Command command : commands()) {
      String words = withoutQuoted(command.text(), 0);
      if (SET_PLUS_E.matcher(words).find() || HIDES_STOP.matcher(command.text()).find()) {
        return false;
      }
      on |= SET_E.matcher(words).find();
    }
    return on;
  }

  /** Whether a shell runs it, and no other language. */
  boolean isShell() {
    return lines.isEmpty()
        || !lines.get(0).startsWith("#!")
        || SHELL.matcher(lines.get(0)).matches();
  }

  /** What a shell runs: no comments, and no here-documents, which are somebody's input. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      StringBuilder text = new StringBuilder(lines.get(i).strip());
      while (text.length() > 0 && text.charAt(text.length() - 1) == '\\' && i + 1 < lines.size()) {
        text.setCharAt(text.length() - 1, ' ');
        text.append(lines.get(++i).strip());
      }
      if (text.length() > 0 && text.charAt(0) != '#') {
        String command = withoutQuoted(text, LONGEST_QUOTED);
        int length = Math.min(command.length(), LONGEST_COMMAND);
        commands.add(new Command(number, command.substring(0, length)));
        i = endOfDocument(text, i);
      }
    }
    return commands;
  }

  /** The text with nothing between quotes that are further apart than so many characters. */
  private static String withoutQuoted(CharSequence text, int longest) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      char c = text.charAt(from);
      int end = from;
      if (c == '\\') {
        end = Math.min(from + 1, text.length() - 1);
      } else if (c == '\'' || c == '"') {
        end = endOfQuoted(text, from);
      }
      if (end - from - 1 > longest) {
        rest.append(c).append(c);
      } else {
        rest.append(text, from, end + 1);
      }
      from = end + 1;
    }
    return rest.toString();
  }

  /** The place of the quote that ends what begins there; the same place if none does. */
  private static int endOfQuoted(CharSequence text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\\' && quote == '"') {
        i++;
      }
    }
    return start;
  }

  /** The last line of the here-document that begins behind that line; the line if none does. */
  private int endOfDocument(CharSequence text, int line) {
    Matcher here = HERE_DOCUMENT.matcher(text);
    if (here.find() && text.toString().indexOf("<<<") < 0) {
      for (int i = line + 1; i < lines.size(); i++) {
        if (lines.get(i).strip().equals(here.group(1))) {
          return i;
        }
      }
    }
    return line;
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
