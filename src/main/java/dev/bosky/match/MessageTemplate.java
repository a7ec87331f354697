package dev.bosky.match;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with {@code ${name}} in it.
 *
 * <p>In an expression it cannot be meant otherwise: {@code $} is the line's end, and nothing of the
 * line can follow it. A dollar sign itself is written {@code \$} there.
 */
final class MessageTemplate {
  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** A {@code ${name}}: the name, and where it begins in the text. */
  record Use(String name, int index) {}

  private MessageTemplate() {}

  /** The names in a text, from its start. */
  static List<Use> uses(String text) {
    List<Use> uses = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      if (!escaped(text, matcher.start())) {
        uses.add(new Use(matcher.group(1), matcher.start()));
      }
    }
    return uses;
  }

  /** The text with each {@code ${name}} replaced. */
  static String fill(String text, Function<String, String> value) {
    StringBuilder filled = new StringBuilder();
    int copied = 0;
    for (Use use : uses(text)) {
      filled.append(text, copied, use.index()).append(value.apply(use.name()));
      copied = use.index() + use.name().length() + 3;
    }
    return filled.append(text, copied, text.length()).toString();
  }

  /** True if an odd number of backslashes stands before it. */
  private static boolean escaped(String text, int index) {
    int backslashes = 0;
    while (backslashes < index && text.charAt(index - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
