package dev.bosky.boot;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.OptionalInt;

/**
 * Finds where a script's line calls a program. By RE2/J, because Java's expressions take a place on
 * the stack for each word that may stand before the program's name.
 */
final class ProgramCall {
  /** Before a command's name: the beginning, a separator, a keyword, a command that runs others. */
  private static final String BEFORE_NAME =
      "(?:^|[;&|({`]|\\$\\()\\s*"
          + "(?:(?:then|do|else|if|elif|while|until|!|sudo|env|exec|nohup|time|timeout\\s+\\S+|(?:ba|da)?sh"
          + "|\\w*(?:retry|attempt)\\w*(?:\\s+\\d+)*)\\s+)*(?:-\\S+\\s+|\\w+=\\S*\\s+)*"
          + "['\"]?(?:[./]\\S*/)?";

  private final Pattern pattern;

  /**
   * @param program an expression for its name
   */
  ProgramCall(String program) {
    pattern = Pattern.compile(BEFORE_NAME + "(" + program + ")['\"]?(?:[\\s;)|&`]|$)");
  }

  /** Where its name begins. */
  OptionalInt in(String text) {
    Matcher call = pattern.matcher(text);
    return call.find() ? OptionalInt.of(call.start(1)) : OptionalInt.empty();
  }
}
