package dev.bosky.bus;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule that is no event pattern; the message says where and why. */
public final class RuleException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The rule engine tells the place in its second line. */
  private static final Pattern PLACE = Pattern.compile("line: (\\d+), column: (\\d+)");

  RuleException(String message) {
    super(message);
  }

  /** The rule engine's words, as {@code file:line:column: what is wrong}. */
  static RuleException at(String where, String engineText) {
    Matcher place = PLACE.matcher(engineText);
    String position = place.find() ? ":" + place.group(1) + ":" + place.group(2) : "";
    String reason = engineText.lines().findFirst().orElse("");
    return new RuleException(where + position + ": no event pattern: " + reason);
  }
}
