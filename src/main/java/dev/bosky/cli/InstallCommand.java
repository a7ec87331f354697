package dev.bosky.cli;

import dev.bosky.config.Distribution;
import dev.bosky.event.EventSettings;
import dev.bosky.install.Installer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky install}: puts this program on the machine, as a service. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put Bosky below /opt/bosky and into systemd: the unit, its user, its folders. May be run"
          + " again; what is done already is left alone.",
      "",
      "Example: bosky install --now --project my-project"
    })
final class InstallCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private InstallOptions where;

  @Option(names = "--now", description = "Start the agent, and do not wait for it.")
  private boolean now;

  @Option(
      names = "--image",
      description = "For a machine image: leave no state, no waiting event and no id behind.")
  private boolean image;

  InstallCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (now && image) {
      throw new ParameterException(
          spec.commandLine(),
          "--now and --image exclude each other: an image holds no running agent");
    }
    Optional<String> project =
        Optional.of(options.project).filter(name -> !name.equals(EventSettings.UNKNOWN));
    if (project.stream().flatMapToInt(String::chars).anyMatch(Character::isISOControl)) {
      throw new ParameterException(
          spec.commandLine(), "--project: expected one line of text, found a control character");
    }
    Path root = where.root(machine);
    if (now && !root.equals(Path.of("/"))) {
      throw new ParameterException(
          spec.commandLine(), "--now: no agent can be started in " + root + "; leave --now out");
    }
    where
        .installer(root, Distribution.ofThisProgram(), options, spec)
        .install(new Installer.Wish(project, now, image), where.dryRun);
    return ExitCode.DONE;
  }
}
