package dev.bosky.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky patterns}: what can be done with pattern files. */
@Command(
    name = "patterns",
    description = "Checks, tests, lists and explains pattern files.",
    footer = {
      "",
      "Example:",
      "  bosky patterns check /etc/bosky/patterns.d",
      "",
      "Without a file or folder, the shipped files and those in /etc/bosky/patterns.d are meant."
    })
final class PatternsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** This command with its own commands. */
  static CommandLine create(Machine machine, GlobalOptions options) {
    return new CommandLine(new PatternsCommand())
        .addSubcommand(new PatternsCheckCommand(machine, options))
        .addSubcommand(new PatternsTestCommand(machine, options))
        .addSubcommand(new PatternsInitCommand(machine, options))
        .addSubcommand(new PatternsListCommand(machine, options))
        .addSubcommand(new PatternsExplainCommand(machine, options));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
