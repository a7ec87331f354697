package dev.bosky.agent;

import dev.bosky.boot.Interruption;
import java.util.Optional;

/** What is known of the machine's going down, and of cloud-init's going away. */
public interface EndOfMachine extends AutoCloseable {
  /** Of a machine that goes on, whatever the agent is told. */
  EndOfMachine NONE =
      new EndOfMachine() {
        @Override
        public Optional<Interruption> announced() {
          return Optional.empty();
        }

        @Override
        public Optional<Interruption> cause() {
          return Optional.empty();
        }

        @Override
        public boolean stagesGone() {
          return false;
        }

        @Override
        public void close() {
          // Nothing is looked at.
        }
      };

  /** What was announced to end the instance, as far as it is known by now; answers at once. */
  Optional<Interruption> announced();

  /**
   * Asked when the agent is told to stop: why the machine goes down; empty if it does not. May take
   * a second.
   */
  Optional<Interruption> cause();

  /**
   * Whether cloud-init has died, as far as it is known by now; answers at once. What counts then is
   * whether there is a result.json.
   */
  boolean stagesGone();

  /** The boot is told: nothing more is looked at. */
  @Override
  void close();
}
