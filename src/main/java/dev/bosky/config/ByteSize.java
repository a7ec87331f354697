package dev.bosky.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, as people write it: {@code 4096}, {@code 256K}, {@code 1M}, {@code 1G}, by
 * powers of 1024.
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([KMG]?)");

  /**
   * The size; at most nine digits before the unit.
   *
   * @throws IllegalArgumentException if the text is none; the message says what is expected
   */
  public static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size; write a number of bytes, such as 4096, 256K or 1M");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "K" -> new ByteSize(number << 10);
      case "M" -> new ByteSize(number << 20);
      case "G" -> new ByteSize(number << 30);
      default -> new ByteSize(number);
    };
  }
}
