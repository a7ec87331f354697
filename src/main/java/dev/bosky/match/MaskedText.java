package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Bounds for texts that leave the machine; what is cut ends with {@code …}. */
final class MaskedText {
  /** One line of evidence, in characters. */
  static final int MAX_LINE = 2_000;

  /** A message, in characters. */
  static final int MAX_MESSAGE = 1_000;

  private MaskedText() {}

  static String cutLine(String masked) {
    return cut(masked, MAX_LINE);
  }

  static String cutMessage(String masked) {
    return cut(masked, MAX_MESSAGE);
  }

  /** At most so many characters; never half of a surrogate pair. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** The texts of a JSON array. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
