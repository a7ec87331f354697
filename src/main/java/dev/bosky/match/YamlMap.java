package dev.bosky.match;

import dev.bosky.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML map with known keys. A value of the wrong kind is a problem of the source, and then as
 * good as absent.
 */
final class YamlMap {
  private final YamlSource source;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private String subject = "";

  /** A text and where it stands. */
  record Text(String value, ScalarNode node) {}

  private YamlMap(YamlSource source, Node node) {
    this.source = source;
    this.node = node;
  }

  /**
   * Reads a map.
   *
   * @param known all keys it may have; empty for any
   * @param what the map is, for the case that the node is none
   */
  static Optional<YamlMap> of(YamlSource source, Node node, Set<String> known, String what) {
    if (!(node instanceof MappingNode mapping)) {
      source.error(
          source.place(node),
          "",
          what,
          YamlTraps.notText(node).orElse("a text"),
          "write 'key: value' lines");
      return Optional.empty();
    }
    YamlMap map = new YamlMap(source, node);
    for (NodeTuple tuple : mapping.getValue()) {
      map.add(tuple, known);
    }
    return Optional.of(map);
  }

  private void add(NodeTuple tuple, Set<String> known) {
    Place place = source.place(tuple.getKeyNode());
    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!known.isEmpty() && !known.contains(key)) {
      source.error(
          place,
          "",
          "one of the keys " + String.join(", ", new TreeSet<>(known)),
          "'" + key + "'",
          key.equals("<<")
              ? "maps are not merged: write the keys out"
              : Nearest.to(key, known)
                  .map(nearest -> "did you mean '" + nearest + "'?")
                  .orElse(""));
    } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
      source.error(place, key, "each key once", "it a second time", "leave out one of the two");
    }
  }

  /** What the map is about, for messages: {@code subject: key: expected …}. */
  void setSubject(String text) {
    subject = text;
  }

  String subject(String key) {
    return subject.isEmpty() ? key : subject + ": " + key;
  }

  Place place() {
    return source.place(node);
  }

  Place place(String key) {
    return has(key) ? source.place(values.get(key)) : place();
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A text that has to be there. */
  Optional<Text> requiredText(String key, String what) {
    if (!has(key)) {
      source.error(place(), subject(key), what, "no such key", "add " + key + ": …");
    }
    return text(key);
  }

  Optional<Text> text(String key) {
    return node(key).flatMap(value -> text(value, subject(key)));
  }

  /** A text of at most that many characters. */
  Optional<Text> text(String key, int most) {
    Optional<Text> text = text(key);
    if (text.isPresent() && text.get().value().length() > most) {
      source.error(
          place(key),
          subject(key),
          "at most " + most + " characters",
          text.get().value().length() + " of them",
          "");
      return Optional.empty();
    }
    return text;
  }

  private Optional<Text> text(Node value, String about) {
    Optional<String> wrong = YamlTraps.notText(value);
    if (wrong.isPresent()) {
      source.error(source.place(value), about, "a text", wrong.get(), YamlTraps.textTodo(value));
      return Optional.empty();
    }
    ScalarNode scalar = (ScalarNode) value;
    if (scalar.getValue().isBlank()) {
      source.error(source.place(value), about, "a text", "an empty one", "");
      return Optional.empty();
    }
    return Optional.of(new Text(scalar.getValue(), scalar));
  }

  /** The texts of a list; none if the key is absent. */
  List<Text> texts(String key) {
    List<Text> texts = new ArrayList<>();
    for (Node element : nodes(key, "a list of texts")) {
      text(element, subject(key)).ifPresent(texts::add);
    }
    return texts;
  }

  /** The elements of a list; none if the key is absent. */
  List<Node> nodes(String key, String what) {
    Optional<Node> value = node(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    source.error(
        source.place(value.get()),
        subject(key),
        what,
        YamlTraps.notText(value.get()).orElse("a text"),
        "write [a, b], or one '- …' a line");
    return List.of();
  }

  /** A truth value, as {@code true} or {@code false} however it is written, or a third word. */
  Optional<String> truthOr(String key, String third) {
    return node(key)
        .flatMap(
            value -> {
              String word = value instanceof ScalarNode scalar ? scalar.getValue() : "";
              if (value.getTag().equals(Tag.BOOL)) {
                word = word.toLowerCase(java.util.Locale.ROOT);
                return Optional.of(Boolean.toString(Set.of("true", "yes", "on").contains(word)));
              }
              if (word.equals(third)) {
                return Optional.of(third);
              }
              wrong(key, value, "true, false or " + third, "");
              return Optional.empty();
            });
  }

  /** A whole number within bounds, both included. */
  Optional<Integer> number(String key, int min, int max) {
    return node(key)
        .flatMap(
            value -> {
              if (value instanceof ScalarNode scalar
                  && scalar.getValue().matches("0|[1-9][0-9]{0,8}")
                  && value.getTag().equals(Tag.INT)) {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= min && number <= max) {
                  return Optional.of(number);
                }
              }
              wrong(key, value, "a whole number from " + min + " to " + max, "");
              return Optional.empty();
            });
  }

  void wrong(String key, Node value, String expected, String todo) {
    String found =
        value instanceof ScalarNode scalar && !value.getTag().equals(Tag.NULL)
            ? "'" + scalar.getValue() + "'"
            : YamlTraps.notText(value).orElse("a text");
    source.error(source.place(value), subject(key), expected, found, todo);
  }
}
