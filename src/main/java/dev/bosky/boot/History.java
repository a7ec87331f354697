package dev.bosky.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /**
   * What is known in the boot after the one of which {@link BootTracker#snapshot} was taken, of the
   * same instance; the outcome still owed is told before.
   */
  public static History after(ObjectNode snapshot) {
    History earlier = BootSnapshot.history(snapshot);
    Optional<Verdict> verdict = BootSnapshot.verdict(snapshot.path("verdict"));
    OptionalInt number = earlier.number();
    boolean first = number.isPresent() && number.getAsInt() == 1;
    return new History(
        number.isEmpty() ? number : OptionalInt.of(number.getAsInt() + 1),
        first ? verdict : earlier.firstVerdict(),
        verdict.filter(Verdict.INTERRUPTED::equals).isPresent());
  }
}
