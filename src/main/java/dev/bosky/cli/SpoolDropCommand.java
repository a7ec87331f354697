package dev.bosky.cli;

import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky spool drop}: removes dead letters for good. */
@Command(
    name = "drop",
    description = "Remove dead letters for good. What waits to be sent is not touched.")
final class SpoolDropCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private StateOption state;
  @Mixin private DeadLetterChoice choice;

  SpoolDropCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    DeadLetters dead =
        StateFolder.deadLettersOf(new Wiring(machine, options).stateFolder(state.path));
    List<DeadLetter> chosen = choice.from(dead, spec.commandLine());
    for (DeadLetter letter : chosen) {
      dead.drop(letter);
    }
    if (!options.quiet) {
      spec.commandLine().getOut().println("dropped: " + chosen.size());
    }
    return ExitCode.DONE;
  }
}
