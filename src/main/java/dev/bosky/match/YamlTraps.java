package dev.bosky.match;

import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Says in plain words what YAML made of a text that was meant otherwise. */
final class YamlTraps {
  static final String SINGLE_QUOTES = "put the text in single quotes: '…'";

  private YamlTraps() {}

  /** The problem behind an exception of the YAML parser. */
  static Problem explain(MarkedYAMLException e, YamlSource source) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    Place place = mark == null ? Place.of(source.name()) : source.place(mark);
    String line = mark == null ? "" : source.line(mark.getLine());
    String words = String.valueOf(e.getProblem());
    if (words.contains("mapping values are not allowed")) {
      return Problem.error(place, "", "one 'key: value' in a line", "a second ': '", SINGLE_QUOTES);
    }
    if (words.contains("unknown escape character")) {
      return Problem.error(
          place,
          "",
          "an escape that YAML knows",
          "\\" + at(line, mark, 0) + " in double quotes",
          "in double quotes YAML reads \\ itself; use single quotes");
    }
    if (words.contains("'\\t")) {
      return Problem.error(place, "", "spaces", "a tab", "YAML is indented with spaces only");
    }
    if (words.contains("cannot start any token")) {
      return Problem.error(
          place,
          "",
          "a text",
          at(line, mark, 0) + " at its beginning, which means something else in YAML",
          SINGLE_QUOTES);
    }
    if (words.contains("undefined alias")) {
      return Problem.error(
          place, "", "a text", "* at its beginning, which refers to an anchor", SINGLE_QUOTES);
    }
    if (words.contains("expected a single document")) {
      return Problem.error(
          place, "", "one document", "a second one after ---", "make it a file of its own");
    }
    if (words.contains("end of stream") || words.contains("document separator")) {
      Place opened = e.getContextMark() == null ? place : source.place(e.getContextMark());
      return Problem.error(
          opened,
          "",
          "the end of what begins here",
          "the end of the file",
          "close the quote or bracket");
    }
    if (line.matches(".*: *[\\[{].*")) {
      return Problem.error(
          place,
          "",
          "the end of the list or map that [ or { began",
          "more text",
          "a text that begins with [ or { needs single quotes");
    }
    return Problem.error(
        place,
        "",
        "YAML",
        words,
        "look at the indentation and the quotes; within single quotes a ' is written ''");
  }

  private static String at(String line, Mark mark, int offset) {
    int column = mark.getColumn() + offset;
    return column < line.length() ? line.substring(column, column + 1) : "";
  }

  /** What a node is, where a text was expected; empty if it is one. */
  static Optional<String> notText(Node node) {
    if (node instanceof MappingNode map) {
      String key =
          map.getValue().isEmpty()
                  || !(map.getValue().get(0).getKeyNode() instanceof ScalarNode scalar)
              ? ""
              : " with the key '" + scalar.getValue() + "'";
      return Optional.of("a map" + key);
    }
    if (node instanceof SequenceNode) {
      return Optional.of("a list");
    }
    ScalarNode scalar = (ScalarNode) node;
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR)) {
      return Optional.empty();
    }
    String value = "'" + scalar.getValue() + "'";
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return Optional.of("the truth value " + value);
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Optional.of("the number " + value);
    }
    if (tag.equals(Tag.TIMESTAMP)) {
      return Optional.of("the date " + value);
    }
    if (tag.equals(Tag.NULL)) {
      return Optional.of("nothing");
    }
    return Optional.of(value + " with the tag " + tag.getValue());
  }

  /** What to do about a node that is no text. */
  static String textTodo(Node node) {
    if (node instanceof MappingNode) {
      return "an unquoted text with ': ' in it is a map to YAML; " + SINGLE_QUOTES;
    }
    if (node instanceof SequenceNode) {
      return "a text that begins with [ or - needs single quotes";
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.getTag().equals(Tag.NULL)
        ? "write the text behind the colon"
        : "write it in quotes: '" + scalar.getValue() + "'";
  }
}
