package dev.bosky.boot;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code errors} in result.json or status.json: the text of a Python object, such as
 *
 * <pre>
 *   ('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))
 *   ('scripts-user', RuntimeError('Runparts: 1 failures in 1 attempted commands',))      before 20.3
 *   (u'package_update_upgrade_install', ProcessExecutionError("Unexpected error …\nExit code: 100\nStderr: …"))
 * </pre>
 *
 * @param text as it stands there
 * @param module the module's name; empty if it cannot be told
 * @param scripts the scripts that failed, as far as they are named
 * @param exitCode of the program or script that cloud-init ran
 * @param cause the last words of that program's error output, or the error's own; never empty
 */
record CloudInitError(
    String text, String module, List<String> scripts, OptionalInt exitCode, String cause) {
  private static final Pattern MODULE = Pattern.compile("\\(?u?['\"]([\\w.-]+)['\"],");
  private static final Pattern SCRIPTS = Pattern.compile("failures \\(([^)]*)\\)");
  private static final Pattern OWN_EXIT = Pattern.compile("sys\\.exit\\(\\d+\\) called");
  private static final Pattern EXIT = Pattern.compile("Exit code: (\\d{1,9})\\b");
  private static final Pattern COMMAND = Pattern.compile("Command: \\[([^\\]]*)\\]");
  private static final Pattern WORD = Pattern.compile("['\"]([^'\"]*)['\"]");
  private static final Pattern STDERR = Pattern.compile("Stderr: (.*)", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("\\\\([nt'\"\\\\])");
  private static final Pattern ERROR = Pattern.compile("\\w+(?:Error|Exception)?\\([ub]?['\"](.*)");

  CloudInitError {
    scripts = List.copyOf(scripts);
  }

  static CloudInitError of(String text) {
    Matcher module = MODULE.matcher(text);
    Matcher exit = EXIT.matcher(text);
    Matcher scripts = SCRIPTS.matcher(text);
    List<String> names = new ArrayList<>();
    if (scripts.find()) {
      Pattern.compile(",").splitAsStream(scripts.group(1)).map(String::strip).forEach(names::add);
    }
    return new CloudInitError(
        text,
        module.lookingAt() ? module.group(1) : "",
        names,
        exit.find() ? OptionalInt.of(Integer.parseInt(exit.group(1))) : OptionalInt.empty(),
        cause(text, module));
  }

  /** The same with another exit code. */
  CloudInitError withExitCode(OptionalInt code) {
    return new CloudInitError(text, module, scripts, code, cause);
  }

  /** Whether it only says that cloud-init itself ended early, as it does when it is told to. */
  boolean isOwnExit() {
    return OWN_EXIT.matcher(text).matches();
  }

  /** Whether it only says that a script failed; why, the script's own words tell. */
  boolean isOfScripts() {
    return !scripts.isEmpty() || cause.startsWith("Runparts: ");
  }

  private static String cause(String text, Matcher module) {
    Matcher stderr = STDERR.matcher(text);
    if (stderr.find()) {
      List<String> lines = unescape(stderr.group(1)).lines().toList();
      for (int i = lines.size() - 1; i >= 0; i--) {
        String line = trimQuotes(lines.get(i));
        if (line.length() > 1) {
          return line;
        }
      }
    }
    Matcher command = COMMAND.matcher(text);
    Matcher exit = EXIT.matcher(text);
    if (command.find() && exit.find()) {
      String words =
          WORD.matcher(command.group(1)).results().map(w -> w.group(1)).collect(joining(" "));
      return words + ": exit code " + exit.group(1);
    }
    String rest = module.lookingAt() ? text.substring(module.end()).strip() : text;
    Matcher error = ERROR.matcher(rest);
    String words = trimQuotes(unescape(error.lookingAt() ? error.group(1) : rest));
    int line = words.indexOf('\n');
    String first = line < 0 ? words : words.substring(0, line);
    return first.isBlank() ? text : first.strip();
  }

  /** Takes off what the Python object's text ends with: quotes, brackets, a comma. */
  private static String trimQuotes(String text) {
    return text.strip().replaceFirst("['\"]?,?\\)*['\"]?$", "").strip();
  }

  private static String unescape(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            m ->
                switch (m.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  default -> Matcher.quoteReplacement(m.group(1));
                });
  }
}
