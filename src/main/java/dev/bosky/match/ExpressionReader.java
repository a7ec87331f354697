package dev.bosky.match;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * Compiles the expressions of one file, with the fragments that {@code define:} names filled in.
 *
 * <p>A fragment is used as {@code ${name}} and stands for {@code (?:…)}. It may use those defined
 * above it.
 */
final class ExpressionReader {
  private static final String DEFINE = "define: ";

  private final YamlSource source;
  private final boolean shipped;
  private final Map<String, String> fragments = new LinkedHashMap<>();

  /** Also those with an error, which has been told. */
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * For one file.
   *
   * @param shipped whether it came with Bosky, and was checked then
   */
  ExpressionReader(YamlSource source, boolean shipped) {
    this.source = source;
    this.shipped = shipped;
  }

  /** Takes in the fragments of a file. */
  void define(YamlMap definitions) {
    definitions.setSubject("define");
    names.addAll(definitions.keys());
    for (String name : definitions.keys()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        source.error(
            definitions.place(name),
            "define",
            "a name of letters, digits and _",
            "'" + name + "'",
            "it is used as ${name}");
      }
      definitions
          .text(name)
          .flatMap(text -> compile(text, DEFINE + name))
          .ifPresent(expression -> fragments.put(name, expression.text()));
    }
  }

  boolean defines(String name) {
    return fragments.containsKey(name);
  }

  /** The compiled expression; empty, with a problem, if there is something wrong with it. */
  Optional<Expression> compile(YamlMap.Text text, String subject) {
    for (MessageTemplate.Use use : MessageTemplate.uses(text.value())) {
      if (!defines(use.name())) {
        undefined(text, use, subject);
        return Optional.empty();
      }
    }
    return compile(text, filled(text.value()), subject);
  }

  private void undefined(YamlMap.Text text, MessageTemplate.Use use, String subject) {
    Place place = source.place(text.node(), use.index());
    String found = "${" + use.name() + "}";
    if (subject.startsWith(DEFINE) && names.contains(use.name())) {
      boolean itself = subject.equals(DEFINE + use.name());
      source.error(
          place,
          subject,
          "fragments that stand above it",
          found + (itself ? ", which is itself" : ", which is not above or has an error"),
          itself ? "" : "define that one first; two cannot use each other");
    } else if (!names.contains(use.name())) {
      source.error(
          place,
          subject,
          "a fragment named under define:",
          found + ", which is none",
          "to match a dollar sign write \\$");
    }
  }

  /**
   * Compiles a text that was made from a scalar.
   *
   * @param filled the scalar's value with fragments or examples of captures filled in
   */
  Optional<Expression> compile(YamlMap.Text text, String filled, String subject) {
    if (!printable(text, subject)) {
      return Optional.empty();
    }
    try {
      return Optional.of(shipped ? Expression.parse(filled) : Expression.compile(filled));
    } catch (ExpressionException e) {
      source.error(
          source.place(text.node(), indexBeforeFilling(text.value(), e.index())),
          subject,
          "an RE2 expression",
          e.getMessage(),
          e.todo());
      return Optional.empty();
    }
  }

  /** The text with each fragment filled in; other names stay. */
  String filled(String text) {
    return MessageTemplate.fill(
        text, name -> defines(name) ? "(?:" + fragments.get(name) + ")" : "${" + name + "}");
  }

  private boolean printable(YamlMap.Text text, String subject) {
    int odd = 0;
    String value = text.value();
    while (odd < value.length() && (value.charAt(odd) >= ' ' || value.charAt(odd) == '\t')) {
      odd++;
    }
    if (odd == value.length()) {
      return true;
    }
    boolean quoted = text.node().getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    source.error(
        source.place(text.node(), odd),
        subject,
        "an expression for one line",
        value.charAt(odd) == '\n' || value.charAt(odd) == '\r'
            ? "a line break in it"
            : "the control character " + String.format("U+%04X", (int) value.charAt(odd)),
        quoted
            ? "in double quotes YAML reads \\b, \\n and others itself; use single quotes"
            : "write it on one line, in single quotes");
    return false;
  }

  /** Where in the text as written an index of the filled text lies. */
  private int indexBeforeFilling(String text, int index) {
    int grown = 0;
    for (MessageTemplate.Use use : MessageTemplate.uses(text)) {
      if (index < use.index() + grown) {
        break;
      }
      int written = use.name().length() + 3;
      int length = defines(use.name()) ? fragments.get(use.name()).length() + 4 : written;
      if (index < use.index() + grown + length) {
        return use.index();
      }
      grown += length - written;
    }
    return index - grown;
  }
}
