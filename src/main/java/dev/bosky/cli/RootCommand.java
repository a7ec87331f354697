package dev.bosky.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky}: the commands' root; by itself it has nothing to do. */
@Command(
    name = "bosky",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Tells EventBridge how an EC2 instance's user data went.")
final class RootCommand implements Callable<Integer> {
  @Mixin final GlobalOptions options;

  @Spec private CommandSpec spec;

  RootCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
