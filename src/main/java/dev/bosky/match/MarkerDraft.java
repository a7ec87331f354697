package dev.bosky.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A first version of a marker, drawn up from one line: what changes from boot to boot is made
 * general, the rest is taken literally. A heuristic: a person reads it before it is used.
 */
public final class MarkerDraft {
  /** Of a longer line the beginning is enough to tell it. */
  static final int MAX_CHARS = 200;

  private static final int WORDS_OF_ID = 4;

  /** What changes from boot to boot: times and numbers, ids, addresses, paths, masked secrets. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<mask>\\S*\\*{4,}\\S*)"
              + "|(?<url>https?://\\S+)"
              + "|(?<path>(?<![\\w/])/[\\w.@+-]+(?:/[\\w.@+-]*)*)"
              + "|(?<hex>\\b(?=[0-9a-f-]*[0-9])[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\\b)"
              + "|(?<number>\\d+(?:[.:]\\d+)*)");

  private static final Pattern FAIL =
      Pattern.compile(
          "(?i)\\b(?:error|fail(?:ed|ure)?|fatal|cannot|could not|unable|denied|refused|not found"
              + "|no such|invalid|missing|timed out|exception|abort(?:ed|ing)?)\\b");

  private static final Pattern SUCCESS =
      Pattern.compile("(?i)\\b(?:ready|complete[d]?|succeeded|success(?:fully)?|listening)\\b");

  private final String line;

  /**
   * @param masked the line as it may leave the machine
   * @throws IllegalArgumentException if there is no word in it to tell it by
   */
  public MarkerDraft(String masked) {
    String text = masked.strip();
    this.line = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
    if (words().isEmpty()) {
      throw new IllegalArgumentException("expected a line with a word to tell it by, found none");
    }
  }

  /** Words of the line that stay the same, such as {@code unable-to-locate-package}. */
  public String id() {
    return String.join("-", words());
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (String word :
        VARIABLE.matcher(line).replaceAll(" ").toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
      if (word.length() > 1 && word.length() <= 15 && words.size() < WORDS_OF_ID) {
        words.add(word);
      }
    }
    return words;
  }

  /** A guess by its words. */
  public MarkerStatus status() {
    if (FAIL.matcher(line).find()) {
      return MarkerStatus.FAIL;
    }
    return SUCCESS.matcher(line).find() ? MarkerStatus.SUCCESS : MarkerStatus.INFO;
  }

  /** An RE2 expression that matches the line and its likes. */
  public String match() {
    StringBuilder expression = new StringBuilder("^");
    Matcher variable = VARIABLE.matcher(line);
    int from = 0;
    while (variable.find()) {
      expression.append(escaped(line.substring(from, variable.start())));
      expression.append(general(variable));
      from = variable.end();
    }
    return expression.append(escaped(line.substring(from))).toString();
  }

  private static String general(Matcher variable) {
    if (variable.group("number") != null) {
      return variable.group().matches("\\d+") ? "\\d+" : "[\\d.:]+";
    }
    if (variable.group("hex") != null) {
      return "[\\w-]+";
    }
    return variable.group("path") != null ? "/[\\w./@+-]*" : "\\S+";
  }

  private static String escaped(String literal) {
    return literal.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }

  /**
   * The marker as an item of {@code markers:}. Its ignored example is what a shell's trace shows of
   * a command that prints the line.
   *
   * @param id the marker's name
   */
  public String yaml(String id) {
    return """
          - id: %s
            status: %s
            match: %s
            examples:
              match: [%s]
              ignore: [%s]
        """
        .formatted(id, status().label(), quoted(match()), quoted(line), quoted("+ echo " + line));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A new file with this marker alone. */
  public String file(String pack) {
    return "pack: " + quoted(pack) + "\nmarkers:\n" + yaml(id());
  }

  /**
   * A file with this marker at its end, where its list of markers has to be.
   *
   * @param problems gets what is wrong with the file, or would be then
   */
  public String appendedTo(String name, String text, List<Problem> problems) {
    List<String> taken =
        PatternLoader.parse(name, text, false, 0, problems)
            .map(file -> file.markers().stream().map(Marker::id).toList())
            .orElse(List.of());
    String id = id();
    for (int i = 2; taken.contains(id); i++) {
      id = id() + "-" + i;
    }
    String longer = text + (text.endsWith("\n") ? "" : "\n") + yaml(id);
    if (problems.stream().noneMatch(Problem::isError)) {
      PatternLoader.parse(name, longer, false, 0, problems);
    }
    return longer;
  }
}
