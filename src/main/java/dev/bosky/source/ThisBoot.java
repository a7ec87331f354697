package dev.bosky.source;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How to find this boot's part of a log that was there before the agent.
 *
 * @param began when this boot began, by the clock that also dates files
 * @param sign recognises, in a line's bytes, what is printed once at each boot's beginning
 * @param substitute the same for logs in which {@code sign} is nowhere to be found: a sign that
 *     follows it at each boot, and so begins a boot only where it is alone
 */
public record ThisBoot(Instant began, Predicate<byte[]> sign, Predicate<byte[]> substitute) {
  public ThisBoot {
    Objects.requireNonNull(began);
    Objects.requireNonNull(sign);
    Objects.requireNonNull(substitute);
  }

  /** For logs that carry no sign of a boot. */
  public static ThisBoot withoutSigns(Instant began) {
    return new ThisBoot(began, line -> false, line -> false);
  }
}
