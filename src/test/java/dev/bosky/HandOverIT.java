package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleSet;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.EventSchema;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One event by hand while an agent runs, on a machine of its own. The calls find no Java: what
 * arrives went through the agent, and "no Java" is what they say where they do not hand over.
 */
class HandOverIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String BOSKY = "/opt/bosky/bin/bosky";
  private static final String INBOX = "/var/lib/bosky/inbox";

  private RealMachine machine;
  private RealBoot boot;
  private LocalBus bus;
  private Process agent;

  @BeforeEach
  void startAgent() throws Exception {
    machine = RealMachine.create("i-0123456789abcdef0");
    boot = machine.powerOn("#cloud-config\n{}\n");
    bus =
        LocalBus.builder()
            .rules(RuleSet.of(Map.of("any", "{\"detail-type\":[\"User Data\"]}")))
            .start();
    run("mkdir", "/noJava");
    for (String tool : List.of("mv", "rm", "sleep", "chown")) {
      run("ln", "-s", "/usr/bin/" + tool, "/noJava/" + tool);
    }
    agent = start();
    bus.awaitEvents(1, LONG);
    run(
        "sh",
        "-c",
        "for i in $(seq 600); do [ ! -e %s/open ] || exit 0; sleep 0.05; done; exit 1"
            .formatted(INBOX));
  }

  @AfterEach
  void stop() throws Exception {
    agent.destroyForcibly().waitFor();
    bus.close();
    machine.close();
  }

  @Test
  void call_handsOverAndWaitsForTheService() throws Exception {
    String message = "it's \"50%\" $HOME `x` \\n\ttwo\nlines é 漢\n";
    CommandResult result = call("--fail", message, "--project", "shop's");
    JsonNode detail = messages().get(0);
    assertEquals("sent fail event " + detail.path("Id").asText() + "\n", result.out());
    assertEquals(0, result.exitCode());
    assertEquals(message, detail.path("Message").asText());
    assertEquals("fail", detail.path("Status").asText());
    EventSchema.assertValid(detail);
    assertEquals(List.of("shop's"), sources());
    assertEquals(List.of("open"), inbox());
  }

  @Test
  void call_makesTheSameEventAsTheLongWay() throws Exception {
    List<String[]> calls =
        List.of(
            new String[] {"--info", "hello"},
            new String[] {"--fail", " two\nlines \u001b[31m password=hunter2 \r\n"},
            new String[] {"--success", "--project", "shop", "größe " + "x".repeat(5000)});
    for (String[] words : calls) {
      assertEquals(0, call(words).exitCode());
      List<String> command = new ArrayList<>(List.of(BOSKY));
      command.addAll(List.of(words));
      command.addAll(List.of("--endpoint-url", bus.endpoint().toString()));
      Process longWay = agentEnvironment(boot.command(command.toArray(String[]::new))).start();
      assertEquals(0, longWay.waitFor());
    }
    List<ObjectNode> events =
        bus.received().stream()
            .filter(e -> e.detail().path("Kind").asText().equals("message"))
            .map(HandOverIT::withoutWhatDiffersFromCallToCall)
            .toList();
    assertEquals(2 * calls.size(), events.size());
    for (int i = 0; i < events.size(); i += 2) {
      assertEquals(events.get(i + 1), events.get(i));
    }
  }

  private static ObjectNode withoutWhatDiffersFromCallToCall(ReceivedEvent received) {
    ObjectNode event = received.event().deepCopy();
    assertFalse(event.path("resources").isEmpty(), event.toString());
    event.remove(List.of("id", "time"));
    ObjectNode detail = (ObjectNode) event.path("detail");
    assertTrue(detail.path("Id").asText().matches("[0-9a-f]{32}"), detail.toString());
    detail.remove("Id");
    String summary = detail.path("Summary").asText();
    detail.put("Summary", summary.replaceFirst("\\d+ s after boot", "N s after boot"));
    assertTrue(((ObjectNode) detail.path("Boot")).remove("UptimeSeconds").asDouble() > 0);
    return event;
  }

  @Test
  void call_thatTheServiceRefusesForGood_says1AndWhy() throws Exception {
    bus.always(
        new Fault.FailEntries(
            Map.of(0, new Fault.EntryError("NotAuthorizedForSourceException", "not yours"))));
    CommandResult result = call("--info", "hello");
    assertEquals(
        "bosky: EventBridge refused the event: NotAuthorizedForSourceException: not yours\n",
        result.err());
    assertEquals(1, result.exitCode());
  }

  @Test
  void call_thatCannotBeDeliveredInTime_says4AndArrivesOnce() throws Exception {
    bus.always(Fault.throttled());
    assertEquals(4, call("--info", "late").exitCode());
    assertEquals(0, call("--info", "nobody waits", "--no-wait").exitCode());
    bus.heal();
    bus.awaitEvents(events -> messages(events).size() == 2, LONG);
    assertEquals(
        List.of("late", "nobody waits"),
        messages().stream().map(m -> m.path("Message").asText()).sorted().toList());
  }

  @Test
  void call_whereTheAgentWasKilled_goesTheLongWayAndLeavesNothing() throws Exception {
    boot.command("pkill", "-KILL", "-f", "bosky.jar agent").start().waitFor();
    agent.waitFor();
    assertLongWay(call("--info", "hello"));
    assertEquals(List.of("open"), inbox());
  }

  @Test
  void call_whereTheAgentHangs_takesItBack() throws Exception {
    run("pkill", "-STOP", "-f", "bosky.jar agent");
    assertLongWay(call("--info", "hello"));
    assertEquals(List.of("open"), inbox());
    run("pkill", "-CONT", "-f", "bosky.jar agent");
    assertEquals(0, call("--info", "again").exitCode());
    assertEquals(
        List.of("again"), messages().stream().map(m -> m.path("Message").asText()).toList());
  }

  @Test
  void call_takenByAnAgentThatIsThenKilled_isSentByTheNext() throws Exception {
    bus.always(Fault.throttled());
    assertEquals(0, call("--fail", "taken", "--no-wait").exitCode());
    run("sh", "-c", "while ls %s | grep -q request; do sleep 0.02; done".formatted(INBOX));
    run("pkill", "-KILL", "-f", "bosky.jar agent");
    agent.waitFor();
    bus.heal();
    agent = start();
    bus.awaitEvents(events -> messages(events).size() == 1, LONG);
    assertEquals("taken", messages().get(0).path("Message").asText());
  }

  @Test
  void call_withAnythingUnusual_goesTheLongWay() throws Exception {
    assertLongWay(call("--info", "hello", "--team", "x"));
    assertLongWay(call("hello"));
    assertLongWay(call("--info", "-"));
    assertLongWay(call("--info", "two", "words"));
    assertLongWay(call("--info", "--fail", "both"));
    assertLongWay(call("status"));
    assertLongWay(call(Map.of("AWS_REGION", "eu-west-1"), "--info", "hello"));
    assertLongWay(call(Map.of("BOSKY_BUS", "other"), "--info", "hello"));
    assertEquals(0, call(Map.of("BOSKEY_PROJECT", "old"), "--info", "hello").exitCode());
    assertEquals(List.of("old"), sources());
  }

  @Test
  void call_whereTheDiskIsFull_goesTheLongWayAndLeavesNothing() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "full", "/srv");
    run("cp", "-r", INBOX + "/open", "/srv/open");
    run("mount", "--bind", "/srv", INBOX);
    boot.command("dd", "if=/dev/zero", "of=/srv/fill", "bs=1k").start().waitFor();
    assertLongWay(call("--info", "hello"));
    assertEquals("fill\nopen\n", run("ls", "/srv"));
  }

  private void assertLongWay(CommandResult result) {
    assertTrue(result.err().contains("no Java"), result.toString());
  }

  private CommandResult call(String... args) throws Exception {
    return call(Map.of(), args);
  }

  private CommandResult call(Map<String, String> environment, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(BOSKY));
    command.addAll(List.of(args));
    ProcessBuilder builder = boot.command(command.toArray(String[]::new));
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", "/noJava");
    builder.environment().putAll(environment);
    // nsenter itself has to be found.
    List<String> words = new ArrayList<>(builder.command());
    words.set(0, "/usr/bin/nsenter");
    builder.command(words);
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      assertTrue(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private Process start() throws IOException {
    return agentEnvironment(
            boot.command(
                BOSKY,
                "agent",
                "--until=stopped",
                "--instance-id=i-0abc",
                "--endpoint-url=" + bus.endpoint()))
        .inheritIO()
        .start();
  }

  private static ProcessBuilder agentEnvironment(ProcessBuilder builder) {
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "example");
    builder.environment().put("AWS_REGION", "eu-west-1");
    builder.environment().put("BOSKY_INSTANCE_ID", "i-0abc");
    return builder;
  }

  private List<String> inbox() throws Exception {
    return run("ls", "-A", INBOX).lines().toList();
  }

  private List<String> sources() {
    return bus.received().stream()
        .filter(e -> e.detail().path("Kind").asText().equals("message"))
        .map(ReceivedEvent::source)
        .toList();
  }

  private List<JsonNode> messages() {
    return messages(bus.received());
  }

  private static List<JsonNode> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(ReceivedEvent::detail)
        .filter(detail -> detail.path("Kind").asText().equals("message"))
        .toList();
  }

  private String run(String... command) throws Exception {
    Process process = boot.command(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + said);
    return said;
  }
}
