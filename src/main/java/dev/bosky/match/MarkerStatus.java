package dev.bosky.match;

import java.util.Locale;
import java.util.Optional;

/** What a marker makes of the lines it takes. */
public enum MarkerStatus {
  INFO,
  FAIL,
  SUCCESS,
  /** The line is known and harmless: no event, whatever other markers would say. */
  IGNORE;

  /** The name in pattern files, such as {@code fail}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name ({@code pass} is {@code success}), or empty. */
  public static Optional<MarkerStatus> of(String name) {
    return switch (name) {
      case "info" -> Optional.of(INFO);
      case "fail" -> Optional.of(FAIL);
      case "success", "pass" -> Optional.of(SUCCESS);
      case "ignore" -> Optional.of(IGNORE);
      default -> Optional.empty();
    };
  }
}
