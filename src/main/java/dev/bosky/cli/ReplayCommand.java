package dev.bosky.cli;

import dev.bosky.agent.Replay;
import dev.bosky.agent.ReplaySettings;
import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.PatternSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky replay}: what the agent would send for a saved log. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print what the agent would send for a saved log, with an outcome for each boot in it.",
      "Needs no network, no state and no instance id. The same log gives the same bytes, apart"
          + " from Time.",
      "",
      "Example: bosky replay --result result.json cloud-init-output.log"
    })
final class ReplayCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LOG",
      arity = "1..*",
      description =
          "Logs in the order in which they were written; .gz is accepted, - is standard input.")
  private List<String> logs;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "cloud-init's result.json of the last boot in the log.")
  private Optional<Path> result = Optional.empty();

  @Option(
      names = "--status-file",
      paramLabel = "FILE",
      description = "cloud-init's status.json of the last boot in the log.")
  private Optional<Path> statusFile = Optional.empty();

  @Option(
      names = "--patterns",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      paramLabel = "FILE|DIR",
      description = "Further pattern files; may be given several times.")
  private List<Path> patterns = new ArrayList<>();

  @Option(
      names = "--max-events",
      paramLabel = "N",
      defaultValue = "200",
      description = "Events of a boot at most (default: ${DEFAULT-VALUE}).")
  private int maxEvents;

  @Option(names = "--exit-code", description = "Exit with 1 if a boot failed.")
  private boolean exitCode;

  @Option(names = "--explicit-markers", paramLabel = "on|off", hidden = true, defaultValue = "true")
  private boolean explicitMarkers;

  ReplayCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PatternSet set = Patterns.load(machine, patterns, explicitMarkers, spec.commandLine().getErr());
    EventFactory factory = new EventFactory(new Wiring(machine, options).settings(set.hash()));
    InstanceIdentity instance =
        options.instanceId.map(InstanceIdentity::of).orElse(InstanceIdentity.UNKNOWN);
    Replay replay = new Replay(set, maxEvents, factory, instance, machine.clock());
    List<Event> events = new ArrayList<>();
    boolean json = options.format == GlobalOptions.Format.JSON;
    replay.run(
        new ReplaySettings(logs, result, statusFile),
        machine::in,
        event -> {
          events.add(event);
          if (json) {
            out.println(EventCodec.entry(event));
          }
        });
    if (!json) {
      new ReplayText(out).print(events);
    }
    boolean failed =
        events.stream().anyMatch(e -> e.kind() == Kind.OUTCOME && e.status() == Status.FAIL);
    return exitCode && failed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
