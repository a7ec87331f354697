package dev.bosky.match;

import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Says in plain words what the YAML parser found wrong, and where it began: the parser itself often
 * stumbles only lines later, such as behind a quote that was not closed.
 */
final class YamlErrors {
  private final YamlSource source;
  private final String context;
  private final String problem;

  /** Where the parser stumbled, and that line; the file's beginning where it does not say. */
  private final Mark mark;

  private final Place place;
  private final String line;

  /** Where that began in which it stumbled. */
  private final Place began;

  private YamlErrors(MarkedYAMLException e, YamlSource source) {
    this.source = source;
    this.context = String.valueOf(e.getContext());
    this.problem = String.valueOf(e.getProblem());
    this.mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    this.place = mark == null ? Place.of(source.name()) : source.place(mark);
    this.line = mark == null ? "" : source.line(mark.getLine());
    this.began = e.getContextMark() == null ? place : source.place(e.getContextMark());
  }

  /** The problem behind an exception of the YAML parser. */
  static Problem explain(MarkedYAMLException e, YamlSource source) {
    YamlErrors error = new YamlErrors(e, source);
    return error.mark == null ? error.other() : error.ofQuotes().orElseGet(error::ofWords);
  }

  /** What is wrong with a text in quotes that ends where the parser stumbled. */
  private Optional<Problem> ofQuotes() {
    Optional<ScalarToken> quoted = quotedBefore();
    if (quoted.isEmpty() || problem.contains("mapping values")) {
      return Optional.empty();
    }
    Mark start = quoted.get().getStartMark();
    Mark end = quoted.get().getEndMark();
    if (start.getLine() < end.getLine()) {
      return Optional.of(
          error(
              source.place(start),
              "a quote that is closed in its line",
              "one that is closed in line " + (end.getLine() + 1) + " only",
              "close it; within single quotes a ' is written ''"));
    }
    return end.getIndex() == mark.getIndex()
        ? Optional.of(
            error(
                place,
                "nothing behind the closing quote",
                "'" + line.substring(Math.min(mark.getColumn(), line.length())) + "'",
                "within single quotes a ' is written ''"))
        : Optional.empty();
  }

  /** The last text in quotes before the place, if it ends in that line. */
  private Optional<ScalarToken> quotedBefore() {
    ScalarToken last = null;
    try {
      ScannerImpl scanner = new ScannerImpl(new StreamReader(source.text()), new LoaderOptions());
      while (scanner.checkToken()) {
        Token token = scanner.getToken();
        if (token.getStartMark().getIndex() >= mark.getIndex()) {
          break;
        }
        boolean quoted = token instanceof ScalarToken text && text.getStyle() != ScalarStyle.PLAIN;
        last = quoted ? (ScalarToken) token : last;
      }
    } catch (YAMLException e) {
      // It stumbles where the parser did; what came before is known.
    }
    return Optional.ofNullable(last)
        .filter(text -> text.getEndMark().getLine() == mark.getLine())
        .filter(text -> "'\"".indexOf(text.getStyle().getChar()) >= 0);
  }

  private Problem ofWords() {
    if (problem.contains("mapping values are not allowed")) {
      return ofColon();
    }
    if (problem.contains("could not find expected ':'")) {
      return ofMissingColon(began.line() - 1, began);
    }
    if (problem.contains("unknown escape character")) {
      return error(
          place,
          "an escape that YAML knows",
          "\\" + character() + " in double quotes",
          "in double quotes YAML reads \\ itself; use single quotes");
    }
    if (problem.contains("'\\t")) {
      return error(place, "spaces", "a tab", "YAML is indented with spaces only");
    }
    if (problem.contains("cannot start any token")) {
      return atBeginning(place, character(), "means something else in YAML");
    }
    if (problem.contains("sequence entries are not allowed")) {
      return atBeginning(place, "-", "begins an item of a list");
    }
    if (problem.contains("undefined alias") || context.contains("scanning an alias")) {
      return atBeginning(context.contains("alias") ? began : place, "*", "refers to an anchor");
    }
    if (context.contains("scanning an anchor")) {
      return atBeginning(began, "&", "makes an anchor");
    }
    if (problem.contains("tag is not allowed") || context.contains("a tag")) {
      return atBeginning(place, "!", "begins a tag");
    }
    if (context.contains("expected a single document")) {
      return error(place, "one document", "a second one after ---", "make it a file of its own");
    }
    if (problem.contains("end of stream") || problem.contains("document separator")) {
      return error(
          began,
          "the end of what begins here",
          "the end of the file",
          "close the quote or bracket");
    }
    if (context.contains("a flow ")) {
      return error(
          place,
          "the end of the list or map that [ or { began in line " + began.line(),
          "more text",
          began.line() == place.line()
              ? "a text that begins with [ or { needs single quotes"
              : "close it with ] or }");
    }
    if (line.substring(0, Math.min(mark.getColumn(), line.length())).matches(".*[\\]}]")) {
      return error(
          place,
          "the end of the list or map that [ or { began",
          "more text",
          "a text that begins with [ or { needs single quotes");
    }
    if (problem.contains("expected <block end>")) {
      return elsewhere("that map or list began in line " + began.line());
    }
    return other();
  }

  /** A second colon in the line, or none in the line before. */
  private Problem ofColon() {
    String before = line.substring(0, Math.min(mark.getColumn(), line.length()));
    int above = mark.getLine() - 1;
    return before.contains(":") || above < 0
        ? error(place, "one 'key: value' in a line", "a second ': '", YamlTraps.SINGLE_QUOTES)
        : ofMissingColon(above, new Place(source.name(), above + 1, indent(above) + 1));
  }

  private Problem ofMissingColon(int number, Place where) {
    String text = source.line(number).strip();
    if (text.contains(": ")) {
      return elsewhere("what stands here goes on with the line above");
    }
    return error(
        where,
        "key: value",
        "'" + text + "'",
        text.matches("(?:- )?[\\w-]+:\\S.*")
            ? "put a space behind the colon"
            : "put a colon and a space behind the key");
  }

  private Problem elsewhere(String todo) {
    return error(
        place,
        "the keys of a map, and the items of a list, exactly under one another",
        "'" + line.strip() + "' elsewhere",
        todo);
  }

  private int indent(int number) {
    String text = source.line(number);
    return text.length() - text.stripLeading().length();
  }

  private static Problem atBeginning(Place place, String what, String meaning) {
    return error(
        place, "a text", what + " at its beginning, which " + meaning, YamlTraps.SINGLE_QUOTES);
  }

  private Problem other() {
    return error(
        place,
        "YAML",
        problem,
        "look at the indentation and the quotes; within single quotes a ' is written ''");
  }

  private static Problem error(Place place, String expected, String found, String todo) {
    return Problem.error(place, "", expected, found, todo);
  }

  private String character() {
    int column = mark.getColumn();
    return column < line.length() ? line.substring(column, column + 1) : "";
  }
}
