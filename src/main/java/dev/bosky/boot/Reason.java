package dev.bosky.boot;

import java.util.OptionalInt;

/**
 * One of the things that a verdict rests on. Texts are masked; one that is not known is empty.
 *
 * @param code a word that rules can match: {@link VerdictPolicy} lists them
 * @param text one sentence
 * @param marker {@code pack/id}
 * @param module cloud-init's name of the module, such as {@code scripts-user}
 * @param script the script's name, such as {@code part-001}
 */
public record Reason(
    String code, String text, String marker, String module, String script, OptionalInt exitCode) {
  /** A reason without marker, module, script and exit code. */
  public static Reason of(String code, String text) {
    return new Reason(code, text, "", "", "", OptionalInt.empty());
  }
}
