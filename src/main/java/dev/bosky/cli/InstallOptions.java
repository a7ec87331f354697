package dev.bosky.cli;

import dev.bosky.config.Distribution;
import dev.bosky.install.Installer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code install} and {@code uninstall} have in common. */
final class InstallOptions {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where the machine's file system is mounted (default: /).")
  private Optional<Path> root = Optional.empty();

  @Option(names = "--dry-run", description = "Only say what would be done.")
  boolean dryRun;

  Path root(Machine machine) {
    return root.map(path -> path.toAbsolutePath().normalize()).orElse(machine.root());
  }

  /** An installer that tells its steps on standard output. */
  Installer installer(
      Path machine, Distribution distribution, GlobalOptions options, CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return new Installer(
        machine,
        distribution,
        new Installer.Report() {
          @Override
          public void step(String says) {
            if (!options.quiet) {
              out.println((dryRun ? "would do: " : "done: ") + says);
              out.flush();
            }
          }

          @Override
          public void note(String text) {
            err.println("bosky: " + text);
          }
        });
  }
}
