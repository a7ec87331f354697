package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleSet;
import dev.bosky.testing.Banners;
import dev.bosky.testing.EventSchema;
import dev.bosky.testing.PackagedBosky;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged agent as a process, a log that grows, and the local bus. */
class AgentIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ANY = "{\"detail-type\":[\"User Data\"]}";
  private static final String INFO =
      "{\"source\":[\"my-project\"],\"detail-type\":[\"User Data\"],"
          + "\"detail\":{\"Status\":[\"info\"]}}";

  @TempDir Path folder;
  private LocalBus bus;
  private Process agent;

  @BeforeEach
  void startBus() throws Exception {
    bus = LocalBus.builder().rules(RuleSet.of(Map.of("any", ANY, "info", INFO))).start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
    }
    bus.close();
  }

  @Test
  void agent_startedBeforeTheLogExists_tellsTheWholeBoot() throws Exception {
    start();
    awaitKind("started");

    log(
        Banners.now("init-local"),
        Banners.now("modules:final"),
        "E: Unable to locate package foo-bar");
    result("{\"v1\":{\"datasource\":\"DataSourceEc2Local\",\"errors\":[]}}");

    JsonNode outcome = awaitKind("outcome");
    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, agent.exitValue(), this::errors);
    assertEquals("fail", outcome.at("/Outcome/Verdict").asText());
    assertTrue(outcome.at("/Outcome/Silent").asBoolean());
    assertEquals("E: Unable to locate package foo-bar", outcome.at("/Evidence/Text").asText());
    bus.received().forEach(event -> EventSchema.assertValid(event.detail()));
    ReceivedEvent info =
        bus.received().stream()
            .filter(e -> e.detail().path("Status").asText().equals("info"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("any", "info"), info.rules().stream().sorted().toList());
  }

  @Test
  void agent_startedAgainAfterTheOutcome_sendsNothingMore() throws Exception {
    log(Banners.now("init-local"), "all is well");
    result("{\"v1\":{\"datasource\":\"DataSourceEc2Local\",\"errors\":[]}}");
    start();
    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    int sent = bus.received().size();

    start();

    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, agent.exitValue(), this::errors);
    assertEquals(sent, bus.received().size());
  }

  @Test
  void agent_killedHardAndStartedAgain_goesOnAtTheNextLine() throws Exception {
    start();
    awaitKind("started");
    log(Banners.now("init-local"), "E: Unable to locate package one");
    awaitKind("marker");
    agent.destroyForcibly().waitFor();
    log("E: Unable to locate package two");

    start();
    result("{\"v1\":{\"datasource\":\"DataSourceEc2Local\",\"errors\":[]}}");

    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    List<String> packages =
        bus.received().stream()
            .map(ReceivedEvent::detail)
            .filter(d -> d.path("Kind").asText().equals("marker"))
            .map(d -> d.at("/Marker/Fields/package").asText())
            .distinct()
            .toList();
    assertEquals(List.of("one", "two"), packages);
    assertEquals(
        1,
        bus.received().stream()
            .filter(e -> e.detail().path("Kind").asText().equals("outcome"))
            .map(e -> e.detail().path("Id").asText())
            .distinct()
            .count());
  }

  /** {@code explicit_markers} in the configuration file. */
  @ParameterizedTest
  @CsvSource({"off,success", "on,fail"})
  void agent_takesExplicitMarkersAsConfigured(String setting, String verdict) throws Exception {
    Path config =
        Files.writeString(folder.resolve("bosky.yaml"), "explicit_markers: " + setting + "\n");
    log(Banners.now("init-local"), Banners.now("modules:final"), "::bosky fail::no license");
    result("{\"v1\":{\"datasource\":\"DataSourceEc2Local\",\"errors\":[]}}");

    start("env", "BOSKY_CONFIG=" + config);

    assertEquals(verdict, awaitKind("outcome").at("/Outcome/Verdict").asText());
    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    assertEquals(verdict.equals("fail") ? 1 : 0, ofKind("marker", bus.received()).size());
  }

  @Test
  void agent_onALogThatIsAFolder_saysSoInOneSentence() throws Exception {
    Files.createDirectory(folder.resolve("log"));

    start();

    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    assertEquals(3, agent.exitValue());
    assertEquals(1, errors().lines().count(), this::errors);
    assertTrue(errors().contains("expected a file, found a folder"), this::errors);
    assertFalse(errors().contains("Exception"), this::errors);
  }

  @Test
  void agent_onALogThatItMayNotRead_saysSoInOneSentence() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "needs root and setpriv, to become nobody");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    log("a line");
    Files.setPosixFilePermissions(
        folder.resolve("log"), PosixFilePermissions.fromString("rw-------"));

    start("/usr/bin/setpriv", "--reuid=65534", "--clear-groups");

    assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
    assertEquals(3, agent.exitValue(), this::errors);
    assertEquals(1, errors().lines().count(), this::errors);
    assertTrue(errors().contains("found no permission"), this::errors);
  }

  @Test
  void agent_takesPatternFilesThatChange_andKeepsTheOldVersionOfABadOne() throws Exception {
    patterns("mine.yaml", "^mine: one");
    patterns("other.yaml", "^other: one");
    start();
    awaitKind("started");
    log(Banners.now("init-local"), "mine: one", "other: one");
    awaitMarkers("mine: one", "other: one");

    patterns("mine.yaml", "^mine: two");
    patterns("other.yaml", "^other: (");
    JsonNode notice = awaitKind("notice");
    log("mine: two", "mine: one", "other: one more");

    List<JsonNode> markers =
        awaitMarkers("mine: one", "other: one", "mine: two", "other: one more");
    assertEquals("patterns-refused", notice.at("/Notice/Code").asText());
    assertTrue(notice.at("/Notice/Text").asText().contains("other.yaml:4:"), notice::toString);
    assertFalse(
        markers.get(0).at("/Agent/Patterns").equals(markers.get(2).at("/Agent/Patterns")),
        "an event names the patterns that it was made with");
    assertTrue(errors().contains("other.yaml"), this::errors);
    assertTrue(agent.isAlive());
  }

  /** One marker of its own status: info. */
  private void patterns(String name, String match) throws IOException {
    Path files = Files.createDirectories(folder.resolve("patterns"));
    String pack = name.replace(".yaml", "");
    Path temp =
        Files.writeString(
            folder.resolve("pattern.tmp"),
            "pack: %s\nmarkers:\n  - id: m\n    match: '%s'\n    status: info\n"
                .formatted(pack, match));
    Files.move(temp, files.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<JsonNode> awaitMarkers(String... messages) throws InterruptedException {
    List<String> expected = List.of(messages);
    try {
      return ofKind(
          "marker",
          bus.awaitEvents(
              events ->
                  ofKind("marker", events).stream()
                      .map(detail -> detail.path("Message").asText())
                      .toList()
                      .equals(expected),
              LONG));
    } catch (TimeoutException e) {
      throw new AssertionError("not just the markers " + expected + ": " + errors(), e);
    }
  }

  private void start(String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        List.of(
            PackagedBosky.home().resolve("bin/bosky").toString(),
            "agent",
            "--project=my-project",
            "--instance-id=i-0abc",
            "--log=" + folder.resolve("log"),
            "--result=" + folder.resolve("result.json"),
            "--status-file=" + folder.resolve("status.json"),
            "--state=" + folder.resolve("state"),
            "--endpoint-url=" + bus.endpoint()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "example");
    builder.environment().put("AWS_REGION", "eu-west-1");
    if (Files.exists(folder.resolve("patterns"))) {
      builder.environment().put("BOSKY_PATTERNS", folder.resolve("patterns").toString());
    }
    agent = builder.start();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private JsonNode awaitKind(String kind) throws InterruptedException {
    try {
      return ofKind(kind, bus.awaitEvents(events -> !ofKind(kind, events).isEmpty(), LONG)).get(0);
    } catch (TimeoutException e) {
      throw new AssertionError("no " + kind + " event: " + errors(), e);
    }
  }

  private static List<JsonNode> ofKind(String kind, List<ReceivedEvent> events) {
    return events.stream()
        .map(ReceivedEvent::detail)
        .filter(detail -> detail.path("Kind").asText().equals(kind))
        .toList();
  }

  private void log(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("log"),
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void result(String json) throws IOException {
    Path temp = Files.writeString(folder.resolve("result.tmp"), json);
    Files.move(temp, folder.resolve("result.json"), StandardCopyOption.ATOMIC_MOVE);
  }
}
