package dev.bosky.cli;

import dev.bosky.config.ConfigException;
import dev.bosky.config.ConfigFile;
import dev.bosky.config.ConfigKey;
import dev.bosky.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The whole command line: which commands there are, where an option's value comes from, how errors
 * are told. Made anew for each run; has no state of its own.
 */
public final class Program {
  private Program() {}

  /**
   * Runs one command line.
   *
   * @param machine what the command sees of the machine
   * @param out for results
   * @param err for everything else
   * @return the exit code
   */
  public static int run(Machine machine, PrintWriter out, PrintWriter err, String... args) {
    if (isSwitchedOff(machine)) {
      err.println("bosky: switched off by BOSKY_DISABLED");
      return ExitCode.DONE;
    }
    Optional<PlainCall> plain = PlainCall.of(machine, args);
    if (plain.isPresent()) {
      return plain.get().run(machine, out, err);
    }
    GlobalOptions options = new GlobalOptions();
    CommandLine commandLine = commandsFor(machine, options, args).setOut(out).setErr(err);
    ErrorHandler errors = new ErrorHandler(options);
    commandLine.setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
    Optional<ConfigException> wrong = configure(commandLine, machine, errors, args);
    commandLine.setExecutionStrategy(
        parsed -> {
          Integer helpGiven = CommandLine.executeHelpRequest(parsed);
          if (helpGiven != null) {
            return helpGiven;
          }
          options.dropEmptyTexts();
          Logging.setUp(options, err);
          wrong.ifPresent(e -> fail(parsed, e));
          return new CommandLine.RunLast().execute(parsed);
        });
    return commandLine.execute(args);
  }

  /**
   * The commands that these words may name. The agent, which is started in every boot, makes its
   * own only: to make them all takes a tenth of what it needs of the processor in a boot.
   */
  private static CommandLine commandsFor(Machine machine, GlobalOptions options, String... args) {
    if (args.length == 0 || !args[0].equals("agent")) {
      return commands(machine, options);
    }
    CommandLine agentAlone = new CommandLine(new RootCommand(machine, options));
    return laidOut(agentAlone.addSubcommand(new AgentCommand(machine, options)));
  }

  /** Every command there is: a new one is added here, and nowhere else. */
  static CommandLine commands(Machine machine, GlobalOptions options) {
    RootCommand root = new RootCommand(machine, options);
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new AgentCommand(machine, options))
            .addSubcommand(new ReplayCommand(machine, options))
            .addSubcommand(PatternsCommand.create(machine, options))
            .addSubcommand(new DemoCommand(machine))
            .addSubcommand(new BusCommand(machine, options))
            .addSubcommand(new PermissionsCommand(options))
            .addSubcommand(new SchemaCommand())
            .addSubcommand(new StatusCommand(machine, options))
            .addSubcommand(SpoolCommand.create(machine, options))
            .addSubcommand(new InstallCommand(machine, options))
            .addSubcommand(new UninstallCommand(machine, options))
            .addSubcommand(new CompletionCommand());
    root.setCommands(commandLine.getSubcommands().keySet());
    return laidOut(commandLine);
  }

  private static CommandLine laidOut(CommandLine commandLine) {
    // A message that begins with @ is a message, not the name of a file with arguments.
    commandLine.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    Converters.register(commandLine);
    HelpLayout.applyBelow(commandLine);
    return commandLine;
  }

  private static boolean isSwitchedOff(Machine machine) {
    return machine
        .variable("BOSKY_DISABLED")
        .map(value -> !ConfiguredDefaults.truth(value).equals("false"))
        .orElse(false);
  }

  private static void fail(ParseResult parsed, ConfigException e) {
    throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "", e);
  }

  /** Reads the configuration file and lets it and the environment give the defaults. */
  private static Optional<ConfigException> configure(
      CommandLine commandLine, Machine machine, ErrorHandler errors, String... args) {
    ConfigFile file = ConfigFile.EMPTY;
    Optional<ConfigException> wrong = Optional.empty();
    try {
      file = load(commandLine, machine, args);
    } catch (ConfigException e) {
      // Told when the command would run: help is given all the same.
      wrong = Optional.of(e);
    }
    ConfiguredDefaults defaults = new ConfiguredDefaults(machine, file);
    commandLine.setDefaultValueProvider(defaults);
    errors.setDefaults(defaults);
    return wrong;
  }

  private static ConfigFile load(CommandLine commandLine, Machine machine, String... args) {
    Optional<Path> named =
        configOption(args).or(() -> machine.variable("BOSKY_CONFIG").map(Path::of));
    Path path = named.orElseGet(() -> machine.path(GlobalOptions.CONFIG_FILE));
    if (named.isEmpty() && !Files.exists(path)) {
      return ConfigFile.EMPTY;
    }
    try {
      return read(path, commandLine);
    } catch (ConfigException e) {
      // A key that is not right here may be right for a command that was not made.
      return read(path, commands(machine, new GlobalOptions()));
    }
  }

  private static ConfigFile read(Path path, CommandLine commandLine) {
    try {
      return new ConfigLoader(keys(commandLine.getCommandSpec()).values()).load(path);
    } catch (IOException e) {
      throw new ConfigException("configuration file " + ErrorHandler.sentence(e));
    }
  }

  /** A key for each option of each command. */
  static Map<String, ConfigKey> keys(CommandSpec spec) {
    Map<String, ConfigKey> keys = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      if (ConfiguredDefaults.isConfigurable(option)) {
        String name = ConfiguredDefaults.key(option);
        keys.put(name, new ConfigKey(name, shape(option), Converters.check(option)));
      }
    }
    spec.subcommands().values().forEach(sub -> keys.putAll(keys(sub.getCommandSpec())));
    return keys;
  }

  private static ConfigKey.Shape shape(OptionSpec option) {
    if (option.typeInfo().isMap()) {
      return ConfigKey.Shape.MAP;
    }
    return option.isMultiValue() ? ConfigKey.Shape.LIST : ConfigKey.Shape.SINGLE;
  }

  /** Finds {@code --config} ahead of everything else, because the file gives the defaults. */
  private static Optional<Path> configOption(String... args) {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(OptionSpec.builder("--config").type(Path.class).build());
    CommandLine commandLine =
        new CommandLine(spec).setUnmatchedArgumentsAllowed(true).setExpandAtFiles(false);
    try {
      return Optional.ofNullable(
          commandLine.parseArgs(args).matchedOptionValue("--config", (Path) null));
    } catch (CommandLine.ParameterException e) {
      // The real parse will find the same fault, and tell it.
      return Optional.empty();
    }
  }
}
