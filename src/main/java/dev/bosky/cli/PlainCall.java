package dev.bosky.cli;

import dev.bosky.event.EventSettings;
import dev.bosky.event.Status;
import dev.bosky.publish.AwsSettings;
import dev.bosky.publish.SinkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One event by hand with nothing unusual about it, read without picocli, which takes longer to know
 * its commands than the event to send.
 *
 * <p>Where there is any doubt about a word or a variable, this is not a plain call and picocli
 * reads it all; what this takes, picocli would take to mean the same (a test holds them against
 * each other).
 */
final class PlainCall {
  private static final Map<String, Status> STATUSES =
      Map.of(
          "-i", Status.INFO,
          "--info", Status.INFO,
          "-f", Status.FAIL,
          "--fail", Status.FAIL,
          "-p", Status.SUCCESS,
          "--success", Status.SUCCESS,
          "--pass", Status.SUCCESS);

  /** Options with a value, each with its variable. */
  private static final Map<String, String> VALUES =
      Map.of(
          "--project", "BOSKY_PROJECT",
          "--team", "BOSKY_TEAM",
          "--instance-id", "BOSKY_INSTANCE_ID",
          "--region", "BOSKY_REGION",
          "--bus", "BOSKY_BUS",
          "--endpoint-url", "BOSKY_ENDPOINT_URL",
          "--state", "BOSKY_STATE");

  private static final Set<String> SWITCHES =
      Set.of("--quiet", "-q", "--no-wait", RootCommand.BEST_EFFORT);

  /** Picocli takes none of these for a value: it is likelier that a value was left out. */
  static final Set<String> COMMANDS =
      Set.of(
          "agent",
          "replay",
          "patterns",
          "demo",
          "bus",
          "permissions",
          "schema",
          "status",
          "spool",
          "install",
          "uninstall",
          "completion");

  /** Variables that only the launcher looks at, or that have been looked at. */
  private static final Set<String> NOT_FOR_US =
      Set.of("BOSKY_JAVA", "BOSKY_JAVA_OPTIONS", "BOSKY_DISABLED");

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Boolean> switches = new HashMap<>();
  private Status status;
  private String message;
  private GlobalOptions options;

  private PlainCall() {}

  /** The call, if it is a plain one. */
  static Optional<PlainCall> of(Machine machine, String... words) {
    PlainCall call = new PlainCall();
    boolean plain =
        call.takeWords(words)
            && call.message != null
            && call.takeVariables(machine)
            && !Files.exists(machine.path(GlobalOptions.CONFIG_FILE))
            && call.makeOptions();
    return plain ? Optional.of(call) : Optional.empty();
  }

  private boolean takeWords(String... words) {
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      boolean taken;
      if (VALUES.containsKey(name)) {
        String value = equals < 0 ? next(words, ++i) : word.substring(equals + 1);
        taken = isPlain(value) && !COMMANDS.contains(value) && values.put(name, value) == null;
      } else if (STATUSES.containsKey(word)) {
        taken = status == null;
        status = STATUSES.get(word);
      } else if (SWITCHES.contains(word)) {
        taken = switches.put(word.equals("-q") ? "--quiet" : word, true) == null;
      } else {
        // Without a status before it, a word may be a command.
        taken = isPlain(word) && status != null && message == null;
        message = word;
      }
      if (!taken) {
        return false;
      }
    }
    return true;
  }

  private static String next(String[] words, int at) {
    return at < words.length ? words[at] : "";
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty() && !text.startsWith("-");
  }

  /** What the environment says; the command line wins over it. */
  private boolean takeVariables(Machine machine) {
    for (String name : machine.environment().keySet()) {
      boolean ours = name.startsWith("BOSKY_") || name.startsWith("BOSKEY_");
      if (ours
          && !NOT_FOR_US.contains(name)
          && !VALUES.containsValue(name)
          && !name.equals("BOSKEY_PROJECT")) {
        return false;
      }
    }
    for (Map.Entry<String, String> option : VALUES.entrySet()) {
      Optional<String> value = machine.variable(option.getValue());
      if (option.getKey().equals("--project")) {
        value = value.or(() -> machine.variable("BOSKEY_PROJECT"));
      }
      if (value.isPresent()) {
        // Picocli would put something in the place of ${…}.
        if (value.get().indexOf('$') >= 0) {
          return false;
        }
        values.putIfAbsent(option.getKey(), value.get());
      }
    }
    return true;
  }

  private boolean makeOptions() {
    if (!isAscii(values.getOrDefault("--state", ""))) {
      // Without a locale a process may not be able to name the folder.
      return false;
    }
    options = GlobalOptions.defaults();
    options.project = values.getOrDefault("--project", EventSettings.UNKNOWN);
    options.bus = values.getOrDefault("--bus", EventSettings.DEFAULT_BUS);
    options.team = Optional.ofNullable(values.get("--team"));
    options.instanceId = Optional.ofNullable(values.get("--instance-id"));
    options.region = Optional.ofNullable(values.get("--region"));
    options.quiet = switches.containsKey("--quiet");
    try {
      if (values.containsKey("--endpoint-url")) {
        options.endpointUrl =
            Optional.of(AwsSettings.url("--endpoint-url", values.get("--endpoint-url")));
      }
      return true;
    } catch (SinkException e) {
      // Picocli's way tells it.
      return false;
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  GlobalOptions options() {
    return options;
  }

  Status status() {
    return status;
  }

  String message() {
    return message;
  }

  Optional<Path> state() {
    return Optional.ofNullable(values.get("--state")).map(Path::of);
  }

  boolean isBestEffort() {
    return switches.containsKey(RootCommand.BEST_EFFORT);
  }

  /**
   * Sends it.
   *
   * @return the exit code
   */
  int run(Machine machine, PrintWriter out, PrintWriter err) {
    Logging.setUp(options, err);
    int exitCode;
    try {
      exitCode = new OneEvent(machine, options, state(), out, err).send(status, message);
    } catch (IOException | InterruptedException | RuntimeException e) {
      exitCode = ErrorHandler.tell(e, options.verbose, err);
    }
    out.flush();
    return isBestEffort() ? ExitCode.DONE : exitCode;
  }
}
