package dev.bosky.agent;

import dev.bosky.event.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one run of the agent is told.
 *
 * @param root of the file system: {@code /} but in tests
 * @param logs the logs that stand in for all that would be found by default; empty: the default
 *     ones
 * @param result where cloud-init's result.json is; empty: its own place
 * @param statusFile where cloud-init's status.json is; empty: its own place
 * @param state the folder for all that outlives the process
 * @param untilStopped go on after the outcome, until told to stop
 * @param timeout how long a boot may take
 * @param maxEvents events of a boot at most
 * @param explicitMarkers whether {@code ::bosky fail::} lines count
 * @param degraded the status of a boot with recoverable errors only
 * @param interrupted the status of a boot that was cut off
 */
public record AgentSettings(
    Path root,
    List<Path> logs,
    Optional<Path> result,
    Optional<Path> statusFile,
    Path state,
    boolean untilStopped,
    Duration timeout,
    int maxEvents,
    boolean explicitMarkers,
    Status degraded,
    Status interrupted) {
  /** How long a boot may take unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(45);

  public AgentSettings {
    logs = List.copyOf(logs);
  }
}
