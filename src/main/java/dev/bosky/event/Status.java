package dev.bosky.event;

import java.util.Locale;
import java.util.Optional;

/** The three statuses of the original. */
public enum Status {
  INFO,
  FAIL,
  SUCCESS;

  /** The name in events, such as {@code fail}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name ({@code pass} is {@code success}), or empty. */
  public static Optional<Status> of(String name) {
    return switch (name) {
      case "info" -> Optional.of(INFO);
      case "fail" -> Optional.of(FAIL);
      case "success", "pass" -> Optional.of(SUCCESS);
      default -> Optional.empty();
    };
  }
}
