package dev.bosky.event;

import java.util.Map;
import java.util.Optional;

/**
 * What is the same in every event of one run.
 *
 * @param project the event source ({@code Source})
 * @param detailType {@code DetailType}, by default {@code User Data}
 * @param bus {@code EventBusName}: a name or an ARN
 * @param team the team of events whose marker names none
 * @param labels the {@code Labels} block; left out when empty
 * @param statuses new names for statuses ({@code success} to {@code pass}), for those who migrate
 * @param agentVersion {@code Agent.Version}
 * @param patterns {@code Agent.Patterns}: the hash of the set in force; empty if there is none
 */
public record EventSettings(
    String project,
    String detailType,
    String bus,
    Optional<String> team,
    Map<String, String> labels,
    Map<String, String> statuses,
    String agentVersion,
    String patterns) {
  /** The detail type of the original. */
  public static final String USER_DATA = "User Data";

  /** The bus that every account has. */
  public static final String DEFAULT_BUS = "default";

  /** Stands for a project, a team or an instance that nobody named. */
  public static final String UNKNOWN = "unknown";

  public EventSettings {
    labels = Map.copyOf(labels);
    statuses = Map.copyOf(statuses);
  }

  /** Defaults for everything but the project and the version. */
  public static EventSettings of(String project, String agentVersion) {
    return new EventSettings(
        project, USER_DATA, DEFAULT_BUS, Optional.empty(), Map.of(), Map.of(), agentVersion, "");
  }

  /** The same for another project. */
  public EventSettings withProject(String other) {
    return new EventSettings(
        other, detailType, bus, team, labels, statuses, agentVersion, patterns);
  }

  /** The same with another set of patterns in force. */
  public EventSettings withPatterns(String hash) {
    return new EventSettings(project, detailType, bus, team, labels, statuses, agentVersion, hash);
  }
}
