package dev.bosky.demo;

import dev.bosky.agent.Agent;
import dev.bosky.agent.AgentSettings;
import dev.bosky.agent.EndOfMachine;
import dev.bosky.agent.ThisBoot;
import dev.bosky.boot.UserData;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleException;
import dev.bosky.bus.RuleSet;
import dev.bosky.event.EventSettings;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.PatternSet;
import dev.bosky.publish.AwsSettings;
import dev.bosky.publish.DenialPolicy;
import dev.bosky.publish.EventBridgeSink;
import dev.bosky.publish.EventSink;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Plays a boot that failed, runs the real agent on it, and shows what reached a local bus.
 *
 * <p>The boot is played on the calling thread; the agent has threads of its own.
 */
public final class Demo {
  /** The two rules of the original Bosky's article. */
  static final Map<String, String> RULES = new LinkedHashMap<>();

  static {
    RULES.put("all user data", "{\"detail-type\":[\"User Data\"]}");
    RULES.put(
        "info of my-project",
        "{\"source\":[\"my-project\"],\"detail-type\":[\"User Data\"],"
            + "\"detail\":{\"Status\":[\"info\"]}}");
  }

  /** Slow enough to watch, quick enough to wait for. */
  private static final Duration LINE = Duration.ofMillis(250);

  private static final Duration LONG = Duration.ofSeconds(20);

  private static final InstanceIdentity INSTANCE =
      new InstanceIdentity(
          Optional.of("i-0d3m0b05c4"),
          Optional.of("eu-west-1"),
          Optional.of("eu-west-1a"),
          Optional.of("123456789012"),
          Optional.of("t3.small"),
          Optional.empty(),
          Optional.of("ip-10-0-0-17"),
          Optional.of("payments-web"),
          Map.of("team", "payments"));

  private final PatternSet patterns;
  private final String version;
  private final InstantSource clock;
  private final DemoScreen screen;

  /** How the player waits between two lines. */
  public interface Pause {
    void await(Duration most) throws InterruptedException;
  }

  public Demo(PatternSet patterns, String version, InstantSource clock, DemoScreen screen) {
    this.patterns = patterns;
    this.version = version;
    this.clock = clock;
    this.screen = screen;
  }

  /**
   * Plays it once.
   *
   * @param folder an empty folder; nothing outside it is touched
   * @throws IOException if there is no outcome
   */
  public void run(Path folder, Pause pause) throws IOException, InterruptedException {
    ThisBoot boot = ThisBoot.current(clock);
    RecordedBoot recorded = new RecordedBoot(folder, clock, () -> boot.uptime(clock));
    try (LocalBus bus = bus();
        Agent agent = agent(folder, recorded, boot, bus)) {
      screen.begin(bus.endpoint(), RULES);
      Thread running = new Thread(() -> run(agent), "demo-agent");
      running.start();
      await(bus, event -> kind(event).equals("started"));
      play(recorded, pause);
      List<ReceivedEvent> events = await(bus, event -> kind(event).equals("outcome"));
      running.join(LONG.toMillis());
      screen.end(events.stream().filter(e -> kind(e).equals("outcome")).findFirst().orElseThrow());
    }
  }

  private LocalBus bus() throws IOException {
    try {
      return LocalBus.builder()
          .rules(RuleSet.of(RULES))
          .listener(
              request ->
                  request.entries().stream()
                      .filter(ReceivedEvent.class::isInstance)
                      .map(ReceivedEvent.class::cast)
                      .forEach(screen::event))
          .start();
    } catch (RuleException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Agent agent(Path folder, RecordedBoot recorded, ThisBoot boot, LocalBus bus)
      throws IOException {
    AwsSettings aws =
        AwsSettings.from(Map.of("AWS_ACCESS_KEY_ID", "demo", "AWS_SECRET_ACCESS_KEY", "demo"))
            .withRegion("eu-west-1")
            .withEndpoint(bus.endpoint());
    EventSink sink =
        EventBridgeSink.open(
            aws,
            EventSettings.DEFAULT_BUS,
            DenialPolicy.sinceBoot(() -> boot.uptime(clock)),
            clock);
    Path state = folder.resolve("state");
    return new Agent(
        new AgentSettings(
            folder,
            List.of(recorded.log()),
            Optional.of(recorded.result()),
            Optional.of(recorded.status()),
            state,
            false,
            AgentSettings.DEFAULT_TIMEOUT,
            50,
            true,
            Status.SUCCESS,
            Status.FAIL),
        patterns,
        EventSettings.of("my-project", version),
        () -> Optional.of(INSTANCE),
        UserData.UNREADABLE,
        StateFolder.open(state, ProcessHandle.current().pid()),
        List.of(sink),
        boot,
        EndOfMachine.NONE,
        RandomGenerator.getDefault(),
        clock);
  }

  private static void run(Agent agent) {
    try {
      agent.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void play(RecordedBoot recorded, Pause pause) throws IOException, InterruptedException {
    for (String line : RecordedBoot.lines()) {
      boolean shown = DemoScreen.isWorthShowing(line);
      recorded.write(line, text -> screen.line(shown ? text : ""));
      if (shown) {
        pause.await(LINE);
      }
    }
    recorded.end();
    screen.line("(cloud-init writes result.json)");
  }

  private static String kind(ReceivedEvent event) {
    return event.detail().path("Kind").asText();
  }

  private static List<ReceivedEvent> await(LocalBus bus, Predicate<ReceivedEvent> one)
      throws IOException, InterruptedException {
    try {
      return bus.awaitEvents(events -> events.stream().anyMatch(one), LONG);
    } catch (TimeoutException e) {
      throw new IOException("the agent sent no such event within " + LONG.toSeconds() + " s", e);
    }
  }
}
