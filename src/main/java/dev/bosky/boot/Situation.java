package dev.bosky.boot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a verdict rests on, collected when a boot has ended or is given up.
 *
 * @param end how the boot ended
 * @param interruption why it was cut off, where {@code end} says that it was
 * @param errors cloud-init's errors, from result.json and status.json
 * @param reported cloud-init's own lines about failures in the log
 * @param recoverableErrors cloud-init's warnings by level
 * @param decisive failures that decide and that no script has handled, in their order
 * @param ignored cloud-init's lines about user data that it dropped
 * @param keys the cloud-config's unknown keys
 * @param previousInterrupted the boot before this one was cut off
 */
record Situation(
    End end,
    Optional<Interruption> interruption,
    List<CloudInitError> errors,
    List<Reason> reported,
    Map<String, List<String>> recoverableErrors,
    List<Reason> decisive,
    List<Reason> ignored,
    UserData.Keys keys,
    boolean previousInterrupted) {

  /** How a boot ends. */
  enum End {
    /** Cloud-init says so: result.json is there; in replay without one, its last line. */
    FINISHED,
    /** Cloud-init's processes are gone, and there is no result.json. */
    DIED,
    /** Not by the deadline. */
    DEADLINE,
    /** The machine goes or went down. */
    INTERRUPTED,
    /** The log just ends (replay only). */
    OPEN
  }

  /** Whether cloud-init itself says that something failed. */
  boolean isReported() {
    return !errors.isEmpty() || !reported.isEmpty();
  }
}
