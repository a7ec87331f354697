package dev.bosky.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky spool}: what waits to be sent, and what can never be delivered. */
@Command(
    name = "spool",
    description =
        "Show what waits to be sent and what can never be delivered; try the latter again, or drop"
            + " it.")
final class SpoolCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** The command with the commands below it. */
  static CommandLine create(Machine machine, GlobalOptions options) {
    return new CommandLine(new SpoolCommand())
        .addSubcommand(new SpoolListCommand(machine, options))
        .addSubcommand(new SpoolRetryCommand(machine, options))
        .addSubcommand(new SpoolDropCommand(machine, options));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "which one? list, retry or drop");
  }
}
