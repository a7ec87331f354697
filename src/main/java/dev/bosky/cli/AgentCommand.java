package dev.bosky.cli;

import dev.bosky.agent.Agent;
import dev.bosky.agent.AgentSettings;
import dev.bosky.agent.BelowCloudInit;
import dev.bosky.agent.EndNotices;
import dev.bosky.agent.GoingDown;
import dev.bosky.boot.CloudInitSchema;
import dev.bosky.boot.InstanceFolder;
import dev.bosky.boot.UserData;
import dev.bosky.config.ConfigException;
import dev.bosky.event.Status;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternWatch;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.JsonLinesSink;
import dev.bosky.publish.SinkSpec;
import dev.bosky.spool.StateFolder;
import dev.bosky.spool.StateFolderTakenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bosky agent}: follows this boot and publishes what it finds. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Follow cloud-init's logs and status documents, publish an event for each line that a marker"
          + " takes, and one outcome for this boot.",
      "",
      "Example: bosky agent --project my-project --patterns /opt/team/patterns.yaml"
    })
final class AgentCommand implements Callable<Integer> {
  /** systemd's patience with a service that stops is 90 s. */
  private static final Duration STOP = Duration.ofSeconds(40);

  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;

  /** When the agent ends. */
  enum Until {
    FINISHED,
    STOPPED
  }

  @Option(
      names = "--log",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      paramLabel = "FILE",
      description =
          "A log to follow instead of all that would be found; may be given several times.")
  private List<Path> logs = new ArrayList<>();

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "cloud-init's result.json (default: /run/cloud-init/result.json).")
  private Optional<Path> result = Optional.empty();

  @Option(
      names = "--status-file",
      paramLabel = "FILE",
      description = "cloud-init's status.json (default: /run/cloud-init/status.json).")
  private Optional<Path> statusFile = Optional.empty();

  @Option(
      names = "--patterns",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      paramLabel = "FILE|DIR",
      description = "Further pattern files; may be given several times.")
  private List<Path> patterns = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the agent keeps what outlives it (default: /var/lib/bosky).")
  private Optional<Path> state = Optional.empty();

  @Option(
      names = "--sink",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      paramLabel = "SINK",
      description =
          "eventbridge, stdout or file:PATH; may be given several times (default: eventbridge).")
  private List<String> sinks = new ArrayList<>();

  @Option(
      names = "--until",
      paramLabel = "finished|stopped",
      defaultValue = "finished",
      description =
          "When to end: the outcome is delivered, or told to (default: ${DEFAULT-VALUE}).")
  private Until until;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "45m",
      description = "How long a boot may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Option(
      names = "--max-events",
      paramLabel = "N",
      defaultValue = "200",
      description = "Events of a boot at most (default: ${DEFAULT-VALUE}).")
  private int maxEvents;

  @Option(names = "--explicit-markers", paramLabel = "on|off", hidden = true, defaultValue = "true")
  private boolean explicitMarkers;

  @Option(names = "--degraded", hidden = true, defaultValue = "success")
  private Status degraded;

  @Option(names = "--interrupted", hidden = true, defaultValue = "fail")
  private Status interrupted;

  AgentCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    refuseToBeWaitedFor();
    Wiring wiring = new Wiring(machine, options);
    PatternWatch files = Patterns.watch(machine, patterns, spec.commandLine().getErr());
    PatternSet set = files.set();
    checkLogs();
    List<EventSink> open = new ArrayList<>();
    for (String sink : sinks.isEmpty() ? List.of("eventbridge") : sinks) {
      open.add(sink(sink, wiring));
    }
    StateFolder folder = state(wiring);
    try (Agent agent =
        new Agent(
            settings(wiring),
            set,
            wiring.settings(set.hash()),
            wiring.instance(),
            userData(),
            folder,
            open,
            wiring.boot(),
            new GoingDown(endNotices(wiring)),
            RandomGenerator.getDefault(),
            machine.clock())) {
      agent.follow(files);
      Thread stop = new Thread(() -> stop(agent), "agent-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      agent.run();
      removeHook(stop);
    }
    return ExitCode.DONE;
  }

  private static GoingDown.Notices endNotices(Wiring wiring) {
    return wiring
        .metadataService()
        .<GoingDown.Notices>map(EndNotices::new)
        .orElse(GoingDown.Notices.NONE);
  }

  /** An agent in the foreground of a script would keep cloud-init from ever ending. */
  private void refuseToBeWaitedFor() {
    Optional<String> unit = BelowCloudInit.waitingUnit(machine.path("/proc/self"));
    if (unit.isPresent()) {
      throw new ConfigException(
          "started below %s, which would wait for the agent as the agent waits for it;"
                  .formatted(unit.get())
              + " use 'bosky install --now', which starts it beside the boot");
    }
  }

  /** What cloud-init keeps of the user data on this machine. */
  private UserData userData() {
    List<Path> libraries =
        Stream.of("/usr/lib", "/usr/lib64", "/usr/local/lib").map(machine::path).toList();
    return new InstanceFolder(
        machine.path("/var/lib/cloud"), () -> CloudInitSchema.find(libraries));
  }

  /** A mistake in a path is told at once; a log that does not exist yet is none. */
  private void checkLogs() {
    for (Path log : logs) {
      if (Files.exists(log) && !Files.isRegularFile(log)) {
        throw new ConfigException(
            "log %s: expected a file, found %s; name the file that cloud-init writes"
                .formatted(log, Files.isDirectory(log) ? "a folder" : "something else"));
      }
      if (Files.exists(log) && !Files.isReadable(log)) {
        throw new ConfigException(
            "log %s: expected a file that this user may read, found no permission;".formatted(log)
                + " run as root or as a member of the file's group");
      }
    }
  }

  private EventSink sink(String text, Wiring wiring) {
    SinkSpec sink;
    try {
      sink = SinkSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
    if (sink instanceof SinkSpec.File file) {
      return JsonLinesSink.toFile(file.path());
    }
    return sink instanceof SinkSpec.Stdout
        ? JsonLinesSink.of("stdout", System.out)
        : wiring.eventBridgeOnceKnown();
  }

  private StateFolder state(Wiring wiring) {
    try {
      return StateFolder.open(wiring.stateFolder(state), ProcessHandle.current().pid());
    } catch (StateFolderTakenException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private AgentSettings settings(Wiring wiring) {
    return new AgentSettings(
        machine.path("/"),
        logs,
        result,
        statusFile,
        wiring.stateFolder(state),
        until == Until.STOPPED,
        timeout,
        maxEvents,
        explicitMarkers,
        degraded,
        interrupted);
  }

  private static void stop(Agent agent) {
    try {
      agent.stop(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown is under way, and the hook has done its work.
    }
  }
}
