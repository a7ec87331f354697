package dev.bosky.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The named captures of one match.
 *
 * <p>Each value is taken from the masked line, which is as long as the line itself: a capture of a
 * password alone could not be told from any other word.
 */
final class Capture {
  /** A longer value is data, not a name; it is cut. */
  static final int MAX_FIELD = 500;

  private static final List<String> EXIT_CODE = List.of("exit_code", "exit");

  private final Expression expression;
  private final Matcher matcher;
  private final String line;
  private final String masked;

  Capture(Expression expression, Matcher matcher, String line, String masked) {
    this.expression = expression;
    this.matcher = matcher;
    this.line = line;
    this.masked = masked;
  }

  /** Masked values by name, in the order of the groups; those that took no part are left out. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    expression.groups().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(group -> matcher.start(group.getValue()) >= 0)
        .forEach(group -> fields.put(group.getKey(), cut(value(group.getValue(), masked))));
    return fields;
  }

  /** The exit code among the fields, if one was captured. */
  static OptionalInt exitCode(Map<String, String> fields) {
    return EXIT_CODE.stream()
        .map(fields::get)
        .filter(value -> value != null && value.matches("-?[0-9]{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /**
   * A {@code cleared_by} with the captures filled in, quoted; a masked character stands for any.
   * Empty if a capture it names took no part in the match: then nothing can take the failure back.
   */
  Optional<String> fillQuoted(String template) {
    boolean known =
        MessageTemplate.uses(template).stream()
            .allMatch(use -> matcher.start(expression.groups().get(use.name())) >= 0);
    return known
        ? Optional.of(MessageTemplate.fill(template, name -> quoted(expression.groups().get(name))))
        : Optional.empty();
  }

  private String quoted(int group) {
    StringBuilder quoted = new StringBuilder();
    int plain = matcher.start(group);
    for (int i = matcher.start(group); i < matcher.end(group); i++) {
      if (masked.charAt(i) != line.charAt(i)) {
        quoted.append(Pattern.quote(line.substring(plain, i))).append('.');
        plain = i + 1;
      }
    }
    return quoted.append(Pattern.quote(line.substring(plain, matcher.end(group)))).toString();
  }

  private String value(int group, String text) {
    return text.substring(matcher.start(group), matcher.end(group));
  }

  private static String cut(String value) {
    return MaskedText.cut(value, MAX_FIELD);
  }
}
