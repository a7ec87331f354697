package dev.bosky.cli;

import dev.bosky.bus.BusJsonPrinter;
import dev.bosky.bus.BusPrinter;
import dev.bosky.bus.BusRequest;
import dev.bosky.bus.Ink;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.LocalBusBuilder;
import dev.bosky.bus.RuleException;
import dev.bosky.bus.RuleSet;
import dev.bosky.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky bus}: a local EventBridge that prints what comes, until it is stopped. */
@Command(
    name = "bus",
    description = {
      "Run a local EventBridge: takes PutEvents from any AWS client with AWS's limits and error"
          + " codes, and prints each event with the rules it met.",
      ""
    },
    footer = {
      "",
      "A rule file holds one event pattern; the rule is named like the file. Any credentials will"
          + " do; the bus 'default' and the one named by --bus are known, events for others are"
          + " dropped as EventBridge does.",
      "",
      "Example:",
      "  bosky bus --port 4010 --rules my-rules/ &",
      "  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any BOSKY_INSTANCE_ID=i-0",
      "  bosky --endpoint-url http://127.0.0.1:4010 --info 'hello'"
    })
final class BusCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port on 127.0.0.1 (default: a free one).")
  private int port;

  @Option(
      names = "--rules",
      paramLabel = "FILE|DIR",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      description = "A rule file, or a folder of *.json; may be given several times.")
  private List<Path> rules = List.of();

  BusCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  /** Runs until the process ends or the thread is interrupted. */
  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RuleSet loaded = loadRules();
    try (LocalBus bus = start(loaded, printer(out))) {
      out.println(greeting(bus, loaded));
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private RuleSet loadRules() throws IOException {
    try {
      return RuleSet.load(rules);
    } catch (RuleException e) {
      throw new ConfigException(e.getMessage());
    } catch (IOException e) {
      throw new ConfigException("rules: " + ErrorHandler.sentence(e));
    }
  }

  private LocalBus start(RuleSet loaded, Consumer<BusRequest> printer) throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port: expected 0 to %d, found %d".formatted(MAX_PORT, port));
    }
    LocalBusBuilder settings =
        LocalBus.builder()
            .port(port)
            .rules(loaded)
            .buses(options.bus)
            .maxKeptBytes(0)
            .clock(machine.clock())
            .listener(printer);
    try {
      return settings.start();
    } catch (BindException e) {
      throw new IOException("port " + port + ": cannot listen there: " + e.getMessage(), e);
    }
  }

  private Consumer<BusRequest> printer(PrintWriter out) {
    return options.format == GlobalOptions.Format.JSON
        ? new BusJsonPrinter(out)
        : new BusPrinter(out, ink(), ZoneId.systemDefault(), options.verbose);
  }

  /** Colours on a terminal that has some; picocli knows the usual variables. */
  static Ink ink() {
    return new Ink(Help.Ansi.AUTO.enabled());
  }

  private String greeting(LocalBus bus, RuleSet loaded) {
    if (options.format == GlobalOptions.Format.JSON) {
      return "{\"endpoint\":\"%s\"}".formatted(bus.endpoint());
    }
    String names = loaded.names().isEmpty() ? "none" : String.join(", ", loaded.names());
    return "%s  rules: %s  (Ctrl-C ends it)"
        .formatted(ink().bold(bus.endpoint().toString()), names);
  }
}
