package dev.bosky.cli;

import dev.bosky.event.EventSettings;
import dev.bosky.event.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options common to all commands, before or after the command's name.
 *
 * <p>One object serves all commands; it is filled when the command runs. What neither the command
 * line nor the environment nor the file says is empty here, unless a default is named.
 */
final class GlobalOptions {
  /** Where the configuration file is unless {@code --config} says otherwise. */
  static final String CONFIG_FILE = "/etc/bosky/bosky.yaml";

  /** The instance's tags that may leave the machine. */
  private static final String DEFAULT_TAGS =
      "team"
          + ConfiguredDefaults.SEPARATOR
          + "service"
          + ConfiguredDefaults.SEPARATOR
          + "env"
          + ConfiguredDefaults.SEPARATOR
          + "Name";

  /** How results are printed. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--project",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      defaultValue = EventSettings.UNKNOWN,
      description = "The events' Source (default: ${DEFAULT-VALUE}).")
  String project;

  @Option(
      names = "--team",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The team, where no pattern file names one.")
  Optional<String> team = Optional.empty();

  @Option(
      names = "--label",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME=VALUE",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      description = "Goes into every event's Labels; may be given several times.")
  Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--instance-id",
      scope = ScopeType.INHERIT,
      paramLabel = "ID",
      description = "The instance's id (default: cloud-init's data, then the metadata service).")
  Optional<String> instanceId = Optional.empty();

  @Option(
      names = "--region",
      scope = ScopeType.INHERIT,
      paramLabel = "REGION",
      description =
          "The Region to send to (default: as the AWS tools find it, then the instance's).")
  Optional<String> region = Optional.empty();

  @Option(
      names = "--bus",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME|ARN",
      defaultValue = EventSettings.DEFAULT_BUS,
      description = "The event bus (default: ${DEFAULT-VALUE}).")
  String bus;

  @Option(
      names = "--endpoint-url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "Where EventBridge is, if not at AWS: a local bus, a VPC endpoint.")
  Optional<URI> endpointUrl = Optional.empty();

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "The configuration file (default: " + CONFIG_FILE + ").")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--format",
      scope = ScopeType.INHERIT,
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How results are printed (default: ${DEFAULT-VALUE}).")
  Format format;

  @Option(
      names = {"--quiet", "-q"},
      scope = ScopeType.INHERIT,
      description = "Say nothing but errors.")
  boolean quiet;

  @Option(
      names = {"--verbose", "-v"},
      scope = ScopeType.INHERIT,
      description = "Say more: stack traces, and what the AWS SDK has to say.")
  boolean verbose;

  @Option(
      names = "--detail-type",
      scope = ScopeType.INHERIT,
      hidden = true,
      defaultValue = EventSettings.USER_DATA)
  String detailType;

  @Option(
      names = "--statuses",
      scope = ScopeType.INHERIT,
      hidden = true,
      split = ConfiguredDefaults.SEPARATOR)
  Map<Status, String> statuses = new EnumMap<>(Status.class);

  @Option(
      names = "--tags",
      scope = ScopeType.INHERIT,
      hidden = true,
      split = ConfiguredDefaults.SEPARATOR,
      defaultValue = DEFAULT_TAGS)
  List<String> tags;

  /** As they are where nobody says anything; picocli fills in the same. */
  static GlobalOptions defaults() {
    GlobalOptions options = new GlobalOptions();
    options.project = EventSettings.UNKNOWN;
    options.bus = EventSettings.DEFAULT_BUS;
    options.format = Format.TEXT;
    options.detailType = EventSettings.USER_DATA;
    options.tags = List.of(DEFAULT_TAGS.split(ConfiguredDefaults.SEPARATOR));
    return options;
  }

  /** Takes an empty text for none: scripts write {@code --team "$TEAM"} without a look. */
  void dropEmptyTexts() {
    team = team.filter(text -> !text.isEmpty());
    instanceId = instanceId.filter(text -> !text.isEmpty());
    region = region.filter(text -> !text.isEmpty());
    project = project.isEmpty() ? EventSettings.UNKNOWN : project;
    bus = bus.isEmpty() ? EventSettings.DEFAULT_BUS : bus;
  }
}
