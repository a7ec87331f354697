package dev.bosky.boot;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One of the things that a verdict rests on. Texts are masked; one that is not known is empty.
 *
 * @param code a word that rules can match: {@link VerdictPolicy} lists them
 * @param text one sentence
 * @param marker {@code pack/id}
 * @param module cloud-init's name of the module, such as {@code scripts-user}
 * @param script the script's name, such as {@code part-001}
 * @param seconds how long the script ran, if it failed and that is known
 */
public record Reason(
    String code,
    String text,
    String marker,
    String module,
    String script,
    OptionalInt exitCode,
    OptionalDouble seconds) {
  /** A reason that rests on nothing of which it is known how long it ran. */
  public Reason(
      String code, String text, String marker, String module, String script, OptionalInt exitCode) {
    this(code, text, marker, module, script, exitCode, OptionalDouble.empty());
  }

  /** A reason without marker, module, script and exit code. */
  public static Reason of(String code, String text) {
    return new Reason(code, text, "", "", "", OptionalInt.empty());
  }

  Reason withSeconds(OptionalDouble ran) {
    return new Reason(code, text, marker, module, script, exitCode, ran);
  }
}
