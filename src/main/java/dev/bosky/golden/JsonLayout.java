package dev.bosky.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes JSON as a person reviews it: whatever holds plain values only is one line, so that an
 * event is a line and a change of one event changes one line.
 */
final class JsonLayout {
  private JsonLayout() {}

  /** The text, which ends with a line end. The same tree gives the same text. */
  static String write(JsonNode tree) {
    StringBuilder out = new StringBuilder();
    write(tree, "", out);
    return out.append('\n').toString();
  }

  private static void write(JsonNode node, String indent, StringBuilder out) {
    if (isPlain(node)) {
      out.append(oneLine(node));
    } else if (node.isArray()) {
      block('[', ']', elements(node).stream().map(e -> Map.entry("", e)).toList(), indent, out);
    } else {
      block(
          '{',
          '}',
          node.properties().stream().map(e -> Map.entry(name(e), e.getValue())).toList(),
          indent,
          out);
    }
  }

  private static void block(
      char open,
      char close,
      List<Map.Entry<String, JsonNode>> children,
      String indent,
      StringBuilder out) {
    String deeper = indent + "  ";
    String between = open + "\n";
    for (Map.Entry<String, JsonNode> child : children) {
      out.append(between).append(deeper).append(child.getKey());
      write(child.getValue(), deeper, out);
      between = ",\n";
    }
    out.append('\n').append(indent).append(close);
  }

  /** Whether it is a value, or holds values only. */
  private static boolean isPlain(JsonNode node) {
    return elements(node).stream().noneMatch(JsonNode::isContainerNode);
  }

  private static String oneLine(JsonNode node) {
    if (node.isArray()) {
      return elements(node).stream()
          .map(JsonNode::toString)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return node.isObject()
        ? node.properties().stream()
            .map(e -> name(e) + e.getValue())
            .collect(Collectors.joining(", ", "{", "}"))
        : node.toString();
  }

  private static String name(Map.Entry<String, JsonNode> property) {
    return TextNode.valueOf(property.getKey()) + ": ";
  }

  private static List<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }
}
