package dev.bosky.match;

import java.util.Set;

/**
 * What a {@link MatchSession} needs to know besides the markers.
 *
 * @param maxEvents events in a boot that markers may make in all
 * @param outputLogs the logs that markers mean by {@code output}, by {@link
 *     dev.bosky.boot.CleanLine#log}
 */
public record MatchSettings(int maxEvents, Set<String> outputLogs) {
  /** More events than this help nobody, and each costs. */
  public static final int DEFAULT_MAX_EVENTS = 200;

  public static final MatchSettings DEFAULT =
      new MatchSettings(DEFAULT_MAX_EVENTS, Set.of(Marker.OUTPUT));

  public MatchSettings {
    if (maxEvents < 0) {
      throw new IllegalArgumentException("max-events " + maxEvents + " is below 0");
    }
    outputLogs = Set.copyOf(outputLogs);
  }
}
