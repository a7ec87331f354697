package dev.bosky.boot;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the instance's earlier boots.
 *
 * @param number which boot of the instance the present one is, from 1; empty if it is not known
 * @param firstVerdict how the first boot went; empty if this is the first, or it is not known
 * @param previousInterrupted the boot before this one was cut off before cloud-init ended
 */
public record History(
    OptionalInt number, Optional<Verdict> firstVerdict, boolean previousInterrupted) {
  /** Nothing is known. */
  public static final History UNKNOWN = new History(OptionalInt.empty(), Optional.empty(), false);
}
