package dev.bosky.cli;

import dev.bosky.event.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The status of an event by hand: at most one of these options; without any it is info. */
final class MessageOptions {
  /** All names of these options. */
  static final Set<String> NAMES =
      Set.of("-i", "--info", "-f", "--fail", "-p", "--success", "--pass", "--status");

  @Option(
      names = {"-i", "--info"},
      preprocessor = NoCommandsFromHere.class,
      description = "Status info; the default.")
  boolean info;

  @Option(
      names = {"-f", "--fail"},
      preprocessor = NoCommandsFromHere.class,
      description = "Status fail.")
  boolean fail;

  @Option(
      names = {"-p", "--success", "--pass"},
      preprocessor = NoCommandsFromHere.class,
      description = "Status success.")
  boolean success;

  @Option(
      names = "--status",
      preprocessor = NoCommandsFromHere.class,
      paramLabel = "info|fail|success",
      description = "The status by its name.")
  Status status;

  /** Whether any of them stands on the command line. */
  boolean isGiven() {
    return info || fail || success || status != null;
  }

  Status chosen() {
    if (status != null) {
      return status;
    }
    if (fail) {
      return Status.FAIL;
    }
    return success ? Status.SUCCESS : Status.INFO;
  }

  /**
   * Lets the words that follow be a message even where they are a command's name: {@code bosky
   * --info agent}, {@code bosky "…" status}.
   */
  static final class NoCommandsFromHere implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // Stack is picocli's choice
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec arg, Map<String, Object> info) {
      List.copyOf(command.subcommands().keySet()).forEach(command::removeSubcommand);
      return false;
    }
  }
}
