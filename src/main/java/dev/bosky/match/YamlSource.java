package dev.bosky.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The text of a pattern file as a tree of YAML nodes, which know their places, and the problems
 * found in it so far.
 */
final class YamlSource {
  private static final int MAX_DEPTH = 20;

  private final String name;
  private final String text;
  private final List<String> lines;
  private final List<Problem> problems = new ArrayList<>();

  YamlSource(String name, String text) {
    this.name = name;
    this.text = text;
    this.lines = text.lines().toList();
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The document's root; empty, with a problem, if this is no YAML. */
  Optional<Node> root() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(PatternLoader.MAX_FILE_BYTES);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
      if (root == null) {
        error(Place.of(name), "", "a pack with markers", "an empty file", "");
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      problems.add(YamlErrors.explain(e, this));
    } catch (ReaderException e) {
      error(
          place(e.getPosition()),
          "",
          "printable characters",
          "the control character U+" + String.format("%04X", e.getCodePoint()),
          "remove it; for escape sequences in an expression write \\x1b in single quotes");
    } catch (YAMLException e) {
      boolean aliases = e.getMessage().startsWith("Number of aliases");
      error(
          Place.of(name),
          "",
          aliases
              ? "at most " + options.getMaxAliasesForCollections() + " uses of anchors"
              : "YAML",
          aliases ? "more of them" : e.getMessage(),
          aliases ? "write the lists and maps out" : "");
    }
    return Optional.empty();
  }

  void error(Place place, String subject, String expected, String found, String todo) {
    problems.add(Problem.error(place, subject, expected, found, todo));
  }

  void warning(Place place, String subject, String expected, String found, String todo) {
    problems.add(Problem.warning(place, subject, expected, found, todo));
  }

  /** YAML takes {@code #} and what follows away from a text without quotes, without a word. */
  void warnOfComment(ScalarNode node, String subject) {
    Mark end = node.getEndMark();
    String line = line(end.getLine());
    String rest = end.getColumn() <= line.length() ? line.substring(end.getColumn()) : "";
    if (node.getScalarStyle() == ScalarStyle.PLAIN && rest.matches("\\s+#.*")) {
      warning(
          place(end),
          subject,
          "the whole text in quotes",
          "' #', which begins a comment in YAML",
          YamlTraps.SINGLE_QUOTES);
    }
  }

  Place place(Mark mark) {
    return new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(int index) {
    String before = text.substring(0, Math.min(index, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(name, line, before.length() - before.lastIndexOf('\n'));
  }

  /**
   * The place of a character of a scalar's value. Exact where the scalar stands on one line; else
   * the scalar's beginning.
   *
   * @param index in the value; outside of it the scalar's beginning is meant
   */
  Place place(ScalarNode node, int index) {
    Mark start = node.getStartMark();
    if (index < 0
        || index > node.getValue().length()
        || start.getLine() != node.getEndMark().getLine()) {
      return place(start);
    }
    String line = line(start.getLine());
    int column = start.getColumn();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      column++;
    }
    for (int i = 0; i < index && column < line.length(); i++) {
      column += written(node.getScalarStyle(), line, column);
    }
    return new Place(name, start.getLine() + 1, column + 1);
  }

  /** How many characters of the file stand for one of the value. */
  private static int written(ScalarStyle style, String line, int column) {
    char c = line.charAt(column);
    if (style == ScalarStyle.SINGLE_QUOTED) {
      return c == '\'' ? 2 : 1;
    }
    if (style != ScalarStyle.DOUBLE_QUOTED || c != '\\' || column + 1 >= line.length()) {
      return 1;
    }
    return switch (line.charAt(column + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  /** A line of the file, counted from 0. */
  String line(int number) {
    return number < lines.size() ? lines.get(number) : "";
  }
}
