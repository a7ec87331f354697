package dev.bosky.cli;

import dev.bosky.config.Nearest;
import dev.bosky.event.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky}: one event by hand. */
@Command(
    name = "bosky",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Tells EventBridge how an EC2 instance's user data went.%n",
    customSynopsis = {"bosky [--info | --fail | --success] MESSAGE", "   or: bosky COMMAND …%n"},
    description =
        "The first form sends MESSAGE as one event, and waits until EventBridge took it.%n",
    commandListHeading = "%nCommands (bosky COMMAND --help tells more):%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, or refused by EventBridge",
      "2:wrong usage",
      "3:wrong configuration",
      "4:not delivered; kept for the next agent or call"
    },
    footer = {
      "",
      "Every option has a variable (--instance-id: BOSKY_INSTANCE_ID) and a key in the"
          + " configuration file (instance_id). The option wins over the variable, the variable"
          + " over the file. BOSKY_DISABLED=1 switches everything off.",
      "",
      "Examples:",
      "  bosky --info 'I am an informational event'",
      "  bosky --instance-id i-123456 --fail 'testing failure event'",
      "  make check 2>&1 | bosky --fail -"
    })
final class RootCommand implements Callable<Integer> {
  static final String BEST_EFFORT = "--best-effort";

  private final Machine machine;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "MESSAGE",
      preprocessor = MessageOptions.NoCommandsFromHere.class,
      description = "The text; - reads it from standard input.")
  private String message;

  @ArgGroup private MessageOptions status = new MessageOptions();

  @Option(
      names = BEST_EFFORT,
      description = "End with 0 whatever happens: for scripts under set -e.")
  private boolean bestEffort;

  /** Only {@code bin/bosky} looks at it: without an agent there is nobody to hand over to. */
  @SuppressWarnings("unused")
  @Option(
      names = "--no-wait",
      description = "Where an agent runs, leave delivery to it and do not wait.")
  private boolean noWait;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Keeps what could not be delivered (default: /var/lib/bosky).")
  private Optional<Path> state = Optional.empty();

  @Option(names = "--permissions", description = "The same as: bosky permissions")
  private boolean permissions;

  @Mixin private final GlobalOptions options;

  private List<String> commands = List.of();

  RootCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  /** The names of all commands, which a message is held against. */
  void setCommands(Collection<String> names) {
    commands = List.copyOf(names);
  }

  /** The event's status. */
  Status status() {
    return status.chosen();
  }

  /** Whether the caller wants 0 whatever happens. */
  boolean isBestEffort() {
    return bestEffort;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (permissions) {
      spec.commandLine().getOut().println(PermissionsCommand.policy(options));
      return ExitCode.DONE;
    }
    checkMessage();
    String text = MessageText.read(message, machine.in());
    CommandLine commandLine = spec.commandLine();
    int exitCode =
        new OneEvent(machine, options, state, commandLine.getOut(), commandLine.getErr())
            .send(status(), text);
    return bestEffort ? ExitCode.DONE : exitCode;
  }

  private void checkMessage() {
    if (message == null) {
      throw usage("no message: give it in quotes, or - to read it from standard input");
    }
    Optional<String> meant =
        status.isGiven()
            ? Optional.empty()
            : commands.stream().filter(this::isMisspelt).findFirst();
    if (meant.isPresent()) {
      throw usage(
          "no command is called '%s'; did you mean '%s'? To send it as a message: bosky --info %s"
              .formatted(message, meant.get(), message));
    }
  }

  private boolean isMisspelt(String command) {
    return Nearest.distance(message, command) == 1;
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
