package dev.bosky.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.boot.CloudInitSchema;
import dev.bosky.boot.InstanceFolder;
import dev.bosky.boot.UserData;
import dev.bosky.event.Event;
import dev.bosky.event.EventSettings;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternSource;
import dev.bosky.spool.StateFolder;
import dev.bosky.testing.RecordingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * A machine that is a temporary folder, boot after boot, with real agents on it: in this process,
 * with their own two threads, and a sink that remembers.
 */
final class AgentMachine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEMAPHORES = "var/lib/cloud/instance/sem/";
  private static final String PATTERNS =
      """
      pack: test
      markers:
        - id: broken
          status: fail
          match: '^E: (?P<what>.*)'
        - id: note
          status: info
          match: '^NOTE: (?P<what>.*)'
      """;

  final Path root;
  final RecordingSink sink = new RecordingSink("recording");
  volatile Optional<InstanceIdentity> identity = Optional.of(InstanceIdentity.of("i-0abc"));
  Duration timeout = Duration.ofMinutes(45);

  /** Reached when an agent has asked twice who it is. */
  final CountDownLatch asked = new CountDownLatch(2);

  EndOfMachine end = EndOfMachine.NONE;
  List<Path> logs = List.of();
  UserData userData;
  boolean explicitMarkers = true;

  private PatternSet patterns;
  private final InstantSource clock = InstantSource.system();
  private ThisBoot boot;
  private int boots;

  AgentMachine(Path root) throws IOException {
    this.root = root;
    this.userData = new InstanceFolder(root.resolve("var/lib/cloud"), () -> CloudInitSchema.NONE);
    for (String folder : List.of("var/log", "run/cloud-init", "var/lib/cloud/data", "etc/cloud")) {
      Files.createDirectories(root.resolve(folder));
    }
    powerOn();
    patterns(PATTERNS);
  }

  /** Puts this pattern file in force instead. */
  void patterns(String yaml) throws IOException {
    Path file = Files.writeString(root.resolve("patterns.yaml"), yaml);
    patterns = PatternLoader.load(List.of(PatternSource.given(file))).set();
  }

  /** Another boot begins now; what its {@code /run} held is gone. */
  void powerOn() throws IOException {
    Files.deleteIfExists(root.resolve("run/cloud-init/result.json"));
    Files.deleteIfExists(root.resolve("run/cloud-init/status.json"));
    boots++;
    for (String name : List.of("consume_data", "config_scripts_user")) {
      Path semaphore = root.resolve(SEMAPHORES).resolve(name);
      if (Files.exists(semaphore)) {
        // As far back as boots lie apart.
        Files.setLastModifiedTime(semaphore, FileTime.from(clock.instant().minusSeconds(60)));
      }
    }
    boot = new ThisBoot("boot-" + boots, now(), root.resolve("no-proc"));
  }

  /**
   * The time of the clock that dates files, which goes in steps: what was written before is older.
   */
  private Instant now() throws IOException {
    Path stamp = root.resolve("stamp");
    Instant before = Files.getLastModifiedTime(Files.writeString(stamp, "")).toInstant();
    Instant now = before;
    while (now.equals(before)) {
      now = Files.getLastModifiedTime(Files.writeString(stamp, "")).toInstant();
    }
    return now;
  }

  /** Cloud-init reads the user data, as it does once per instance. */
  void consumeData() throws IOException {
    put(SEMAPHORES + "consume_data", "1");
  }

  /** Cloud-init begins to run the user data's scripts, as it does once per instance. */
  void scriptsRun() throws IOException {
    put(SEMAPHORES + "config_scripts_user", "1");
  }

  /** The agent of this boot: made, not run yet. */
  Agent agent() throws IOException {
    Path state = root.resolve("state");
    return new Agent(
        new AgentSettings(
            root,
            logs,
            Optional.empty(),
            Optional.empty(),
            state,
            false,
            timeout,
            200,
            explicitMarkers,
            Status.SUCCESS,
            Status.FAIL),
        patterns,
        EventSettings.of("my-project", "1"),
        this::identify,
        userData,
        StateFolder.open(state, ProcessHandle.current().pid()),
        List.of(sink),
        boot,
        end,
        RandomGenerator.getDefault(),
        clock);
  }

  private Optional<InstanceIdentity> identify() {
    asked.countDown();
    return identity;
  }

  /** Runs this boot's agent to its own end: the outcome is told and delivered. */
  void runToTheEnd() throws IOException, InterruptedException {
    try (Agent agent = agent()) {
      agent.run();
    }
  }

  /**
   * Runs this boot's agent until so many events were sent, and cuts the power: on the disk is what
   * was there at that moment.
   */
  void runUntilPowerCut(int events) throws IOException, InterruptedException {
    runUntil(events, true);
  }

  /** Runs this boot's agent until so many events were sent, and stops it in order. */
  void runUntilStopped(int events) throws IOException, InterruptedException {
    runUntil(events, false);
  }

  private void runUntil(int events, boolean hard) throws IOException, InterruptedException {
    int most = sent().size() + events;
    Path checkpoint = root.resolve("state/checkpoint.json");
    try (Agent agent = agent()) {
      Thread running = start(agent);
      sink.await(most);
      byte[] onDisk = Files.readAllBytes(checkpoint);
      agent.stop(Duration.ofSeconds(30));
      running.join();
      if (hard) {
        Files.write(checkpoint, onDisk);
      }
    }
  }

  /** Runs an agent beside the test. */
  Thread start(Agent agent) {
    Thread running = new Thread(() -> run(agent), "test-agent");
    running.start();
    return running;
  }

  private static void run(Agent agent) {
    try {
      agent.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds lines to cloud-init's output log. */
  void log(String... lines) throws IOException {
    append("var/log/cloud-init-output.log", lines);
  }

  void append(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(
        path,
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Puts a whole file in place, at once. */
  void put(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Path temp = Files.writeString(path.resolveSibling(path.getFileName() + ".tmp"), content);
    Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The stage banner as cloud-init prints it now. */
  String banner(String action) {
    Instant now = clock.instant();
    return "Cloud-init v. 22.4.2 running '%s' at %s. Up %.2f seconds."
        .formatted(
            action,
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now),
            Duration.between(boot.bootStarted(), now).toMillis() / 1000.0);
  }

  /** Cloud-init has ended: with these errors, each a JSON string. */
  void result(String... errors) throws IOException {
    put(
        "run/cloud-init/result.json",
        "{\"v1\":{\"datasource\":\"DataSourceEc2\",\"errors\":["
            + String.join(",", errors)
            + "]}}");
  }

  /** All that was sent, in the order of arrival. */
  List<Event> sent() {
    return sink.batches().stream().flatMap(List::stream).toList();
  }

  /** The details of a kind of event of the boot of that number. */
  List<JsonNode> sent(String kind, int bootNumber) {
    return sent().stream()
        .map(AgentMachine::detail)
        .filter(d -> d.path("Kind").asText().equals(kind))
        .filter(d -> d.at("/Boot/Id").asText().equals("boot-" + bootNumber))
        .toList();
  }

  private static JsonNode detail(Event event) {
    try {
      return JSON.readTree(event.detail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
