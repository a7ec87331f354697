package dev.bosky.match;

import java.util.Comparator;
import java.util.Locale;

/**
 * Something wrong with a pattern file.
 *
 * @param place where
 * @param severity an error keeps the whole file out; a warning does not
 * @param subject the key or marker it is about, such as {@code apt-unable-to-locate: match}; may be
 *     empty
 * @param expected what should stand there
 * @param found what stands there
 * @param todo what to do about it; empty if that is obvious
 */
public record Problem(
    Place place, Severity severity, String subject, String expected, String found, String todo) {
  /** By file, then from its top. */
  public static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.place().file())
          .thenComparingInt(p -> p.place().line())
          .thenComparingInt(p -> p.place().column());

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING;

    /** The name in messages, such as {@code error}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Problem error(Place place, String subject, String expected, String found, String todo) {
    return new Problem(place, Severity.ERROR, subject, expected, found, todo);
  }

  static Problem warning(Place place, String subject, String expected, String found, String todo) {
    return new Problem(place, Severity.WARNING, subject, expected, found, todo);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The sentence without place and severity. */
  public String message() {
    return (subject.isEmpty() ? "" : subject + ": ")
        + "expected "
        + expected
        + ", found "
        + found
        + (todo.isEmpty() ? "" : "; " + todo);
  }

  /** One line: {@code file:line:column: error: subject: expected …, found …; what to do}. */
  @Override
  public String toString() {
    return place + ": " + severity.label() + ": " + message();
  }
}
