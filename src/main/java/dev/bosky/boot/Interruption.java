package dev.bosky.boot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a boot was cut off before cloud-init ended. */
public enum Interruption {
  /** EC2 took a spot instance back. */
  SPOT,
  /** The auto-scaling group ended the instance. */
  ASG,
  REBOOT,
  POWEROFF,
  /** No orderly shutdown: power, kernel, or the instance was stopped by force. */
  POWER_CUT,
  UNKNOWN;

  /** The word in events, such as {@code power-cut}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The cause of that label; empty if it is none. */
  public static Optional<Interruption> of(String label) {
    return Arrays.stream(values()).filter(cause -> cause.label().equals(label)).findFirst();
  }
}
