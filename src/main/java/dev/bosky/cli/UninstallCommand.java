package dev.bosky.cli;

import dev.bosky.config.Distribution;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bosky uninstall}: takes away what {@code bosky install} put there. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Stop the agent and remove what bosky install put on the machine.")
final class UninstallCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private InstallOptions where;

  @Option(
      names = "--purge",
      description = "Remove the configuration, the state with what waits there, and the user too.")
  private boolean purge;

  UninstallCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    where
        .installer(where.root(machine), Distribution.ofThisProgram(), options, spec)
        .uninstall(purge, where.dryRun);
    return ExitCode.DONE;
  }
}
