package dev.bosky.cli;

import dev.bosky.config.ConfigFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives an option that is not on the command line its value: from the environment, else from the
 * configuration file, else (null) the default in its annotation.
 *
 * <p>{@code --instance-id} is {@code BOSKY_INSTANCE_ID} and {@code instance_id}. An option with
 * several values must have {@code split = SEPARATOR}; in the environment its values stand with
 * commas between, in the file they are a list or a mapping.
 */
final class ConfiguredDefaults implements IDefaultValueProvider {
  /** Stands between the values of one option where picocli wants one text; nobody types it. */
  static final String SEPARATOR = "\u001f";

  /** What is said for one call only and would make no sense for all. */
  private static final Set<String> OF_ONE_CALL =
      Set.of(
          "--info",
          "--fail",
          "--success",
          "--status",
          "--permissions",
          "--config",
          "--all",
          "--root",
          "--dry-run",
          "--now",
          "--image",
          "--purge",
          "--line",
          "--from",
          "--output");

  /** A list of files everywhere but in {@code schema --patterns}. */
  private static final String PATTERNS = "patterns";

  private final Machine machine;
  private final ConfigFile file;
  private final Map<String, String> places = new HashMap<>();

  ConfiguredDefaults(Machine machine, ConfigFile file) {
    this.machine = machine;
    this.file = file;
  }

  @Override
  public String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || !isConfigurable(option)) {
      return null;
    }
    for (String name : variables(option)) {
      Optional<String> value = machine.variable(name);
      if (value.isPresent()) {
        places.put(option.longestName(), name);
        return fromEnvironment(option, value.get());
      }
    }
    Optional<ConfigFile.Value> value = file.value(key(option));
    value.ifPresent(v -> places.put(option.longestName(), v.place()));
    return value.map(v -> String.join(SEPARATOR, v.texts())).orElse(null);
  }

  /** Where the option's value was found, if not on the command line: a variable, or file:line. */
  Optional<String> place(OptionSpec option) {
    return Optional.ofNullable(places.get(option.longestName()));
  }

  /** Whether the environment and the file may give this option its value. */
  static boolean isConfigurable(OptionSpec option) {
    return !option.usageHelp()
        && !option.versionHelp()
        && !OF_ONE_CALL.contains(option.longestName())
        && !(option.typeInfo().isBoolean() && key(option).equals(PATTERNS));
  }

  /** The key in the file, such as {@code instance_id}. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "").replace('-', '_');
  }

  /** The variables, the first that is set wins. */
  private static List<String> variables(OptionSpec option) {
    String name = "BOSKY_" + key(option).toUpperCase(Locale.ROOT);
    // BOSKEY_PROJECT is how the article on the original Bosky spells it.
    return name.equals("BOSKY_PROJECT") ? List.of(name, "BOSKEY_PROJECT") : List.of(name);
  }

  private static String fromEnvironment(OptionSpec option, String value) {
    if (option.isMultiValue()) {
      return value.replace(",", SEPARATOR);
    }
    return option.typeInfo().isBoolean() ? truth(value) : value;
  }

  /** Switches in the environment are written in many ways. */
  static String truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> "true";
      case "0", "false", "no", "off" -> "false";
      default -> value;
    };
  }
}
