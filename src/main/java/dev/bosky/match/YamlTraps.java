package dev.bosky.match;

import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Says in plain words what YAML made of a text that was meant otherwise. */
final class YamlTraps {
  static final String SINGLE_QUOTES = "put the text in single quotes: '…'";

  private YamlTraps() {}

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
    if (!scalar.getTag().getValue().startsWith(Tag.PREFIX)) {
      return SINGLE_QUOTES;
    }
    return scalar.getTag().equals(Tag.NULL)
        ? "write the text behind the colon"
        : "write it in quotes: '" + scalar.getValue() + "'";
  }
}
