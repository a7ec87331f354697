package dev.bosky.cli;

import dev.bosky.config.Distribution;
import dev.bosky.demo.Demo;
import dev.bosky.demo.DemoScreen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky demo}: the whole thing on a laptop. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Play a recorded boot that failed to the real agent and a local event bus, and show what"
          + " comes out. Needs no AWS account and no network; takes some ten seconds."
    })
final class DemoCommand implements Callable<Integer> {
  private final Machine machine;

  @Spec private CommandSpec spec;

  DemoCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bosky-demo");
    try {
      DemoScreen screen = new DemoScreen(spec.commandLine().getOut(), new Paint(Ansi.AUTO)::named);
      new Demo(
              Patterns.load(machine, List.of(), true, spec.commandLine().getErr()),
              Distribution.version(),
              machine.clock(),
              screen)
          .run(folder, most -> TimeUnit.NANOSECONDS.sleep(most.toNanos()));
      return ExitCode.DONE;
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }
}
