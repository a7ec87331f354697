package dev.bosky.boot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One of cloud-init's lines that say where it stands, the same in all versions:
 *
 * <pre>
 *   Cloud-init v. VERSION running 'ACTION' at RFC2822-DATE. Up SECONDS seconds.
 *   Cloud-init v. VERSION finished at RFC2822-DATE. Datasource DATASOURCE.  Up SECONDS seconds
 * </pre>
 *
 * @param action {@code init-local}, {@code modules:final}, {@code single}, …; {@link #FINISHED} for
 *     the last line
 * @param at empty if the date is cut off or unreadable
 * @param uptimeSeconds empty if it is cut off, as by a wrapped console line
 */
record Banner(String version, String action, Optional<Instant> at, OptionalDouble uptimeSeconds) {
  static final String FINISHED = "finished";

  private static final String HEAD = "Cloud-init v. ";

  /** The banner that a line is, if it is one. */
  static Optional<Banner> of(CleanLine line) {
    byte[] bytes = line.bytes();
    int start = line.start();
    if (line.length() < HEAD.length() || bytes[start] != 'C' || bytes[start + 9] != 't') {
      return Optional.empty();
    }
    return of(line.text());
  }

  static Optional<Banner> of(String text) {
    if (!text.startsWith(HEAD)) {
      return Optional.empty();
    }
    int space = text.indexOf(' ', HEAD.length());
    if (space < 0) {
      return Optional.empty();
    }
    String version = text.substring(HEAD.length(), space);
    String rest = text.substring(space + 1);
    if (rest.startsWith("finished at ")) {
      return Optional.of(new Banner(version, FINISHED, date(rest, "finished at "), uptime(rest)));
    }
    int quote = rest.indexOf('\'', 9);
    if (!rest.startsWith("running '") || quote < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Banner(version, rest.substring(9, quote), date(rest, "' at "), uptime(rest)));
  }

  /** The stage that begins here; empty for the last line and for what is run by hand. */
  Optional<Stage> stage() {
    return Stage.of(action);
  }

  boolean isFinished() {
    return action.equals(FINISHED);
  }

  /** When the kernel started, by the clock at the time of this line. */
  Optional<Instant> bootBegan() {
    return uptimeSeconds.isEmpty()
        ? Optional.empty()
        : at.map(t -> t.minusMillis(Math.round(uptimeSeconds.getAsDouble() * 1000)));
  }

  private static Optional<Instant> date(String text, String before) {
    int start = text.indexOf(before) + before.length();
    int end = text.indexOf('.', start);
    if (end < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(text.substring(start, end), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static OptionalDouble uptime(String text) {
    int start = text.lastIndexOf("Up ") + 3;
    int end = text.indexOf(" seconds", start);
    if (start < 3 || end < 0) {
      return OptionalDouble.empty();
    }
    try {
      double seconds = Double.parseDouble(text.substring(start, end));
      return seconds >= 0 && seconds < 1e9 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
