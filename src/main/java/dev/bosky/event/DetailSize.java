package dev.bosky.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bosky.json.JsonTree;

/**
 * Keeps a detail small: evidence is cut first, the lines farthest from the decisive one before the
 * nearer ones, then whatever text is longest. What was cut shows: {@code Evidence.Cut}, and an
 * ellipsis.
 */
final class DetailSize {
  /** What we aim at: a consumer's log line and a chat message still take it. */
  static final int MAX_BYTES = 16 * 1024;

  /** A single line of evidence is not longer than this many characters. */
  private static final int MAX_LINE_CHARS = 2_000;

  private static final int MAX_TEXT_CHARS = 1_000;

  private DetailSize() {}

  /** Cuts {@code detail}, in place, until it fits or nothing is left to cut. */
  static void fit(ObjectNode detail) {
    if (bytes(detail) <= MAX_BYTES) {
      return;
    }
    if (detail.get("Evidence") instanceof ObjectNode evidence) {
      evidence.put("Cut", true);
      cutLines(evidence, MAX_LINE_CHARS);
      dropLines(detail, evidence, "Before", 0);
      dropLines(detail, evidence, "After", -1);
      if (bytes(detail) > MAX_BYTES && evidence.has("Text")) {
        evidence.put("Text", EventFactory.cut(evidence.get("Text").asText(), MAX_BYTES / 4));
      }
    }
    if (bytes(detail) > MAX_BYTES) {
      cutTexts(detail);
    }
  }

  private static void cutLines(ObjectNode evidence, int maxChars) {
    for (String side : new String[] {"Before", "After"}) {
      if (evidence.get(side) instanceof ArrayNode lines) {
        for (int i = 0; i < lines.size(); i++) {
          lines.set(i, EventFactory.cut(lines.get(i).asText(), maxChars));
        }
      }
    }
  }

  /** Removes lines of one side, the farthest first; {@code at} is its index, -1 for the last. */
  private static void dropLines(ObjectNode detail, ObjectNode evidence, String side, int at) {
    if (!(evidence.get(side) instanceof ArrayNode lines)) {
      return;
    }
    int tooMuch = bytes(detail) - MAX_BYTES;
    while (tooMuch > 0 && !lines.isEmpty()) {
      JsonNode gone = lines.remove(at < 0 ? lines.size() - 1 : at);
      tooMuch -= bytes(gone) + 1;
    }
    if (lines.isEmpty()) {
      evidence.remove(side);
    }
  }

  private static void cutTexts(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isTextual()) {
                  field.setValue(cutText(field.getValue()));
                } else {
                  cutTexts(field.getValue());
                }
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, cutText(array.get(i)));
        } else {
          cutTexts(array.get(i));
        }
      }
    }
  }

  private static JsonNode cutText(JsonNode text) {
    return TextNode.valueOf(EventFactory.cut(text.asText(), MAX_TEXT_CHARS));
  }

  private static int bytes(JsonNode node) {
    return JsonTree.bytes(node).length;
  }
}
