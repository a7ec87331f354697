package dev.bosky.agent;

import dev.bosky.boot.Verdict;
import dev.bosky.event.Status;
import java.util.Map;

/**
 * What the pipeline needs to know besides the markers.
 *
 * @param paths the path of each log as configured, by the log's name
 * @param degraded the status of a boot with recoverable errors only
 * @param interrupted the status of a boot that was cut off
 */
public record PipelineSettings(Map<String, String> paths, Status degraded, Status interrupted) {
  public PipelineSettings {
    paths = Map.copyOf(paths);
  }

  /** The path of that log; the name itself if none is configured. */
  String path(String log) {
    return paths.getOrDefault(log, log);
  }

  /** The status of an outcome. */
  Status statusOf(Verdict verdict) {
    return switch (verdict) {
      case SUCCESS -> Status.SUCCESS;
      case DEGRADED -> degraded;
      case FAIL, TIMEOUT -> Status.FAIL;
      case INTERRUPTED -> interrupted;
      case UNFINISHED -> Status.INFO;
    };
  }
}
