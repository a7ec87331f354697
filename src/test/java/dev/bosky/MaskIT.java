package dev.bosky;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.MadeUpSecrets;
import dev.bosky.testing.PackagedBosky;
import dev.bosky.testing.TestMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged agent reads a log full of made-up secrets, under a pattern file that makes an event
 * of each line. Then every byte that it has left anywhere is searched for them: events, spool, dead
 * letters, checkpoint, its own log at its most talkative. The same for what the commands about
 * pattern files print and write down.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaskIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEMPLATES = "/dev/bosky/match/";

  /** Each line makes an event, with captures that begin and end where it hurts. */
  private static final String EVERY_LINE =
      """
      pack: own
      mask: ['badge (?P<secret>\\d+)', 'crew-[a-z]+']
      markers:
        - id: block
          status: fail
          match: '^unpacking (?P<what>.*)'
          until: '^unpacked'
          limit: 1000
        - id: line
          status: fail
          match: '^(?P<head>[^=: ]*)(?P<middle>.+?)(?P<tail>[^=: ]*)$'
          message: '${tail} after ${head}'
          context: 2
          limit: 1000
      """;

  /** A piece of so many characters does not stand in hashes and ids by chance. */
  private static final int TELLING = 12;

  /** Events of a log of which each line makes one. */
  private static final int MANY = 300;

  @TempDir Path folder;
  private final MadeUpSecrets secrets = new MadeUpSecrets(11);
  private Process agent;

  @BeforeEach
  void writePatterns() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), EVERY_LINE);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
    }
  }

  @Test
  void agent_leavesNoSecretAnywhere() throws Exception {
    writeLog();
    try (LocalBus bus = LocalBus.builder().start()) {
      bus.always(Fault.throttled());
      start(bus, "--sink=eventbridge", "--sink=stdout", "--sink=file:" + sink());
      read(seen -> seen.size() > MANY && has(seen, "outcome"));
      agent.destroyForcibly().waitFor();

      assertTrue(secrets.count() >= 150, "secrets: " + secrets.count());
      assertTrue(files("state").keySet().stream().anyMatch(name -> name.contains("spool")));
      assertNothingShows();
    }
  }

  @Test
  void agent_leavesNoSecretInDeadLetters() throws Exception {
    writeLog();
    try (LocalBus bus = LocalBus.builder().start()) {
      bus.always(refusingNineOfTen());
      start(bus, "--sink=eventbridge");

      assertTrue(agent.waitFor(100, TimeUnit.SECONDS));
      assertNothingShows();
      String taken = bus.received().stream().map(e -> e.detail().toString()).collect(joining("\n"));
      assertEquals(List.of(), secrets.shownIn(taken, 0, TELLING));
      CommandResult list =
          PackagedBosky.run(
              folder, Map.of(), new byte[0], "spool", "list", "--state=" + folder.resolve("state"));
      assertTrue(list.out().lines().count() > MANY, list.out() + list.err());
      assertEquals(List.of(), secrets.shownIn(list.out() + list.err(), 0, TELLING));
    }
  }

  @Test
  void agent_killedInTheMiddleOfAKey_stillKnowsWhereItIs() throws Exception {
    append("unpacking keys", "-----BEGIN RSA PRIVATE KEY-----", secrets.fill("{b64:64}"));
    try (LocalBus bus = LocalBus.builder().start()) {
      start(bus, "--sink=stdout");
      read(seen -> has(seen, "marker"));
      agent.destroyForcibly().waitFor();
      assertNothingShows();

      append(secrets.fill("{b64:64}"), "-----END RSA PRIVATE KEY-----", "unpacked");
      result("{\"v1\":{\"errors\":[]}}");
      start(bus, "--sink=stdout");
      read(seen -> has(seen, "outcome"));
      assertTrue(agent.waitFor(60, TimeUnit.SECONDS));
      assertNothingShows();
    }
  }

  @Test
  void message_keptForLater_holdsNoSecret() throws Exception {
    String message = secrets.fill("no login with PASSWORD={pw:12} and AKIA{A0:16}");
    try (LocalBus bus = LocalBus.builder().start()) {
      bus.always(Fault.throttled());
      CommandResult call =
          PackagedBosky.run(
              folder,
              environment(),
              new byte[0],
              "--fail",
              message,
              "--verbose",
              "--instance-id=i-0abc",
              "--state=" + folder.resolve("state"),
              "--endpoint-url=" + bus.endpoint());

      assertEquals(4, call.exitCode(), call.err());
      assertTrue(files("state").values().stream().anyMatch(text -> text.contains("no login with")));
      assertNothingShows();
    }
  }

  @Test
  void explain_showsNoSecret() throws Exception {
    writeLog();
    for (String format : List.of("text", "json")) {
      CommandResult explain =
          bosky(
              "patterns",
              "explain",
              "--format=" + format,
              "--patterns=" + folder.resolve("own.yaml"),
              "--result=" + folder.resolve("result.json"),
              folder.resolve("log").toString());

      assertEquals(0, explain.exitCode(), explain.err());
      assertTrue(explain.out().lines().count() > MANY, explain.out());
      assertNothingShows();
    }
  }

  @Test
  void goldenLog_keepsNoSecret() throws Exception {
    writeLog();
    Files.move(folder.resolve("log"), folder.resolve("own.log"));
    Path patterns = folder.resolve("own.yaml");

    CommandResult written = bosky("patterns", "test", "--update", patterns.toString());
    Path expectation = folder.resolve("own.expected.json");
    String expected = Files.readString(expectation);
    Files.writeString(
        expectation, expected.replace("\"status\": \"fail\"", "\"status\": \"info\""));
    CommandResult difference = bosky("patterns", "test", patterns.toString());

    assertEquals(0, written.exitCode(), written.out() + written.err());
    assertTrue(expected.lines().count() > 200, expected);
    assertEquals(1, difference.exitCode(), difference.err());
    assertTrue(difference.out().contains("****"), difference.out());
    assertNothingShows();
  }

  /** A draft goes into a file that others read: of every third line of the log. */
  @Test
  void init_draftsNoSecret() throws Exception {
    writeLog();
    String log = folder.resolve("log").toString();
    long lines = Files.readString(folder.resolve("log")).lines().count();
    TestMachine machine =
        new TestMachine(folder).file("/etc/bosky/patterns.d/own.yaml", EVERY_LINE);
    int drafts = 0;
    for (int line = 1; line <= lines; line += 3) {
      CommandResult draft = machine.run("patterns", "init", "--from=" + log, "--line=" + line);
      drafts += draft.exitCode() == 0 ? 1 : 0;
      Files.writeString(folder.resolve("said"), draft.out() + draft.err(), CREATE, APPEND);
    }

    assertTrue(drafts > MANY / 3, "drafts: " + drafts);
    assertNothingShows();
  }

  private CommandResult bosky(String... args) throws Exception {
    return PackagedBosky.run(folder, Map.of(), new byte[0], args);
  }

  @Test
  void replay_leavesLookAlikesReadable() throws Exception {
    MadeUpSecrets parts = new MadeUpSecrets(12);
    List<String> lines = MadeUpSecrets.lines(TEMPLATES + "mask-lookalikes.txt");
    List<String> lookAlikes = lines.stream().map(parts::fill).toList();
    append(lookAlikes.toArray(String[]::new));

    CommandResult replay =
        PackagedBosky.run(
            folder,
            Map.of(),
            new byte[0],
            "replay",
            "--format=json",
            "--max-events=10000",
            "--patterns=" + folder.resolve("own.yaml"),
            folder.resolve("log").toString());

    Set<String> shown = new HashSet<>();
    replay.out().lines().forEach(line -> shown.add(detail(line).at("/Evidence/Text").asText()));
    List<String> hidden = lookAlikes.stream().filter(line -> !shown.contains(line)).toList();
    assertEquals(List.of(), hidden);
    assertTrue(lookAlikes.size() >= 100, "look-alikes: " + lookAlikes.size());
  }

  /** All templates, in two logs; secrets too in what cloud-init says of the boot. */
  private void writeLog() throws IOException {
    for (String template : MadeUpSecrets.lines(TEMPLATES + "mask-secrets.txt")) {
      append(secrets.fill(template));
    }
    for (String template : MadeUpSecrets.blocks(TEMPLATES + "mask-blocks.txt")) {
      append(
          "unpacking", secrets.fill(template), "unpacked", secrets.fill(template), "all is well");
      append(secrets.fill(template).replaceAll("(?m)^", "Jan  2 00:00:00 web cloud-init[812]: "));
      append("one", "two words", "three more words", "and now for four words", "and five");
    }
    append(
        "no entry: badge "
            + secrets.fill("{digits:14}")
            + " of crew-"
            + secrets.fill("{plain:14}"));
    append(secrets.fill("E: gave up, TOKEN={alnum:30}"), "-----BEGIN PRIVATE KEY-----");
    append(secrets.fill("{b64:64}"), secrets.fill("{b64:64}"));
    String errors =
        secrets.fill(
            "('scripts-user', RuntimeError('curl -u app:{pw:14} https://x:{pw:13}@y/ failed"
                + "\\n-----BEGIN PRIVATE KEY-----\\n{b64:64}\\n{b64:64}'))");
    result("{\"v1\":{\"errors\":[\"" + errors + "\"]}}");
    Files.writeString(
        folder.resolve("status.json"),
        secrets.fill(
            "{\"v1\":{\"stage\":null,\"modules-final\":{\"errors\":[\"no PASSWORD={pw:14}\"],"
                + "\"recoverable_errors\":{\"WARNING\":[\"api_key: {alnum:32} is old\"]}}}}"));
  }

  private static Fault refusingNineOfTen() {
    Map<Integer, Fault.EntryError> errors = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      errors.put(i, new Fault.EntryError("MalformedDetail", "Detail is malformed."));
    }
    return new Fault.FailEntries(errors);
  }

  private Path sink() {
    return folder.resolve("events.json");
  }

  private static Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "example",
        "AWS_REGION", "eu-west-1");
  }

  private void start(LocalBus bus, String... sinks) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                PackagedBosky.home().resolve("bin/bosky").toString(),
                "agent",
                "--verbose",
                "--instance-id=i-0abc",
                "--max-events=100000",
                "--patterns=" + folder.resolve("own.yaml"),
                "--log=" + folder.resolve("log"),
                "--result=" + folder.resolve("result.json"),
                "--status-file=" + folder.resolve("status.json"),
                "--state=" + folder.resolve("state"),
                "--endpoint-url=" + bus.endpoint()));
    command.addAll(List.of(sinks));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()));
    builder.environment().putAll(environment());
    agent = builder.start();
  }

  /** What the agent prints until that is enough; kept in a file, to be searched too. */
  private List<JsonNode> read(Predicate<List<JsonNode>> enough) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    BufferedReader out = agent.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Files.writeString(folder.resolve("out"), line + "\n", CREATE, APPEND);
      events.add(detail(line));
      if (enough.test(events)) {
        return events;
      }
    }
    throw new AssertionError(
        events.size() + " events only: " + Files.readString(folder.resolve("err")));
  }

  private static boolean has(List<JsonNode> events, String kind) {
    return events.stream().anyMatch(event -> event.path("Kind").asText().equals(kind));
  }

  private static JsonNode detail(String entry) {
    try {
      return JSON.readTree(JSON.readTree(entry).path("Detail").asText());
    } catch (IOException e) {
      throw new AssertionError(entry, e);
    }
  }

  private void append(String... lines) throws IOException {
    Files.writeString(folder.resolve("log"), String.join("\n", lines) + "\n", CREATE, APPEND);
  }

  private void result(String json) throws IOException {
    Files.writeString(folder.resolve("result.json"), json);
  }

  /** Name and content of each file below a folder. */
  private Map<String, String> files(String name) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve(name))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private void assertNothingShows() throws IOException {
    Map<String, String> all = files("");
    all.keySet().removeAll(Set.of("log", "own.log", "result.json", "status.json"));
    Map<String, List<String>> shown = new TreeMap<>();
    all.forEach(
        (file, text) -> {
          List<String> found = secrets.shownIn(text, 0, TELLING);
          if (!found.isEmpty()) {
            shown.put(file, found);
          }
        });
    assertEquals(Map.of(), shown);
    assertTrue(all.values().stream().anyMatch(text -> text.contains("****")), "nothing to mask");
  }
}
