package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleSet;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.MetadataServer;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one-event call sends, over real HTTP, and what it does when it cannot. */
class OneEventTest {
  /** The two rules of the article on the original Bosky. */
  private static final Map<String, String> RULES =
      Map.of(
          "all",
          "{\"detail-type\":[\"User Data\"]}",
          "info",
          "{\"source\":[\"my-project\"],\"detail-type\":[\"User Data\"],"
              + "\"detail\":{\"Status\":[\"info\"]}}");

  @TempDir Path root;

  private LocalBus bus;
  private TestMachine machine;

  @BeforeEach
  void start() throws IOException {
    bus = LocalBus.builder().buses("boots").rules(RuleSet.of(RULES)).start();
    machine =
        new TestMachine(root)
            .variable("BOSKY_ENDPOINT_URL", bus.endpoint().toString())
            .variable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .variable("AWS_SECRET_ACCESS_KEY", "secret");
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "--info text# info",
        "-i text# info",
        "text# info",
        "text --info# info",
        "--fail text# fail",
        "text -f# fail",
        "--success text# success",
        "--pass text# success",
        "-p text# success",
        "--status success text# success",
        "--status=pass text# success",
        "text --status fail# fail",
        "--region eu-west-1 --fail --team x text --quiet# fail"
      })
  void send_takesTheOriginalsCommandLine(String line, String status) throws IOException {
    machine.variable("BOSKY_INSTANCE_ID", "i-123456");

    CommandResult result = machine.run(line.split(" "));

    assertEquals(0, result.exitCode(), result.err());
    JsonNode detail = detail(0);
    assertEquals(status.strip(), detail.path("Status").asText());
    assertEquals("text", detail.path("Message").asText());
  }

  @Test
  void send_takesACommandsNameForTheMessageBehindAStatus() throws IOException {
    machine.run("--info", "permissions", "--instance-id", "i-1");

    assertEquals("permissions", detail(0).path("Message").asText());
  }

  @Test
  void send_makesAnEventThatTheOriginalsRulesMatch() {
    machine.variable("BOSKEY_PROJECT", "my-project");

    machine.run("--info", "I am an informational event", "--instance-id", "i-123456");
    machine.run("--instance-id", "i-123456", "--fail", "testing failure event");

    assertEquals(List.of("all", "info"), sorted(bus.received().get(0).rules()));
    assertEquals(List.of("all"), bus.received().get(1).rules());
  }

  @Test
  void send_makesAnEntryOfTheOriginalsShape() throws IOException {
    CommandResult result =
        machine
            .variable("BOSKEY_PROJECT", "my-project")
            .run("--instance-id", "i-123456", "--fail", "testing failure event");

    ReceivedEvent event = bus.received().get(0);
    assertEquals("my-project", event.source());
    assertEquals("User Data", event.detailType());
    assertEquals("default", event.bus());
    assertEquals("i-123456", event.event().path("resources").path(0).asText());
    JsonNode detail = event.detail();
    assertEquals("fail", detail.path("Status").asText());
    assertEquals("testing failure event", detail.path("Message").asText());
    assertEquals("message", detail.path("Kind").asText());
    assertEquals("i-123456", detail.path("Instance").path("Id").asText());
    assertTrue(detail.path("Boot").path("UptimeSeconds").asDouble() > 0);
    assertEquals(
        new CommandResult(0, "sent fail event " + detail.path("Id").asText() + "\n", ""), result);
  }

  @Test
  void send_carriesWhatTheOptionsAndTheFileSay() throws IOException {
    machine
        .file(
            "/etc/bosky/bosky.yaml",
            """
            detail_type: Boot
            statuses: {success: pass}
            label: {tier: web}
            team: payments
            """)
        .run("--success", "x", "--instance-id", "i-1", "--bus", "boots", "--project", "checkout");

    ReceivedEvent event = bus.received().get(0);
    assertEquals("checkout", event.source());
    assertEquals("Boot", event.detailType());
    assertEquals("boots", event.bus());
    JsonNode detail = detail(0);
    assertEquals("pass", detail.path("Status").asText());
    assertEquals("web", detail.path("Labels").path("tier").asText());
    assertEquals("payments", detail.path("Team").asText());
  }

  @Test
  void send_takesAnEmptyOptionForNone() throws IOException {
    machine
        .variable("BOSKY_TEAM", "payments")
        .file("/run/cloud-init/instance-data.json", "{\"v1\": {\"instance_id\": \"i-0abc\"}}");

    machine.run("x", "--team", "", "--instance-id", "", "--project", "", "--bus", "");

    assertEquals("unknown", bus.received().get(0).source());
    assertEquals("default", bus.received().get(0).bus());
    assertEquals("unknown", detail(0).path("Team").asText());
    assertEquals("i-0abc", detail(0).path("Instance").path("Id").asText());
  }

  @Test
  void send_findsTheInstanceInCloudInitsData() throws IOException {
    machine
        .file(
            "/run/cloud-init/instance-data.json",
            "{\"v1\": {\"instance_id\": \"i-0abc\", \"region\": \"eu-west-1\"}}")
        .run("--info", "x");

    assertEquals("i-0abc", detail(0).path("Instance").path("Id").asText());
  }

  @Test
  void send_waitsForTheMetadataServiceInTheFirstSeconds() throws IOException {
    try (MetadataServer metadata = new MetadataServer()) {
      metadata.notFoundFirst(3).tags(Map.of("team", "payments"));
      machine
          .variable("AWS_EC2_METADATA_DISABLED", "false")
          .variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.endpoint().toString());

      CommandResult result = machine.run("--info", "x");

      assertEquals(0, result.exitCode(), result.err());
      JsonNode detail = detail(0);
      assertEquals("i-0abc", detail.path("Instance").path("Id").asText());
      assertEquals("payments", detail.path("Team").asText());
      assertEquals(
          "arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc",
          bus.received().get(0).event().path("resources").path(1).asText());
      assertEquals(Duration.ofMillis(750), machine.waited());
    }
  }

  @Test
  void send_refusesAfterThreeSecondsWhereTheMetadataServiceKnowsNothing() throws IOException {
    try (MetadataServer metadata = new MetadataServer()) {
      metadata.notFoundFirst(Integer.MAX_VALUE);
      machine
          .variable("AWS_EC2_METADATA_DISABLED", "false")
          .variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.endpoint().toString());

      CommandResult result = machine.run("--info", "x");

      assertEquals(3, result.exitCode());
      assertTrue(result.err().contains("give --instance-id"), result.err());
      assertEquals(OneEvent.IDENTITY_TIME, machine.waited());
    }
  }

  @Test
  void send_deliversQuotesNewlinesAndEmojiWhole() throws IOException {
    String text = "\"it's\" \\ done\n\tüber 🚀 $HOME `id`";

    machine.run("--info", text, "--instance-id", "i-1");

    assertEquals(text, detail(0).path("Message").asText());
  }

  @Test
  void send_masksSecretsAlsoThoseOfTheMachinesOwnPatternFiles() throws IOException {
    machine
        .file(
            "/etc/bosky/patterns.d/ours.yaml",
            "pack: ours\nmask: ['ticket-(?P<secret>[0-9]+)']\nmarkers: []\n")
        .run("--info", "AKIAIOSFODNN7EXAMPLE for ticket-4711", "--instance-id", "i-1");

    assertEquals(
        "******************** for ticket-****",
        detail(0).path("Message").asText().replace("AKIA", "****"));
  }

  @Test
  void send_reads300KilobytesFromStandardInput() throws IOException {
    String text = "0123456789abcdef é\n".repeat(300_000 / 20);

    CommandResult result = machine.in(text).run("--fail", "-", "--instance-id", "i-1");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(text.stripTrailing(), detail(0).path("Message").asText());
  }

  @Test
  void send_refusesAMessageThatNoEventCanHold() {
    CommandResult result =
        machine.in("x".repeat(999_500)).run("--fail", "-", "--instance-id", "i-1");

    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .matches(
                "bosky: the message is too long: the event would have 1,000,\\d{3} bytes,"
                    + " and may have at most 999,999\n"),
        result.err());
    assertEquals(List.of(), bus.received());
  }

  @Test
  void send_sendsAnEmptyMessageThatWasGiven() throws IOException {
    assertEquals(0, machine.run("--fail", "", "--instance-id", "i-1").exitCode());

    assertEquals("", detail(0).path("Message").asText());
  }

  @Test
  void send_printsBothIdsAsJson() throws IOException {
    CommandResult result = machine.run("--info", "x", "--instance-id", "i-1", "--format", "json");

    String id = detail(0).path("Id").asText();
    assertEquals(
        "{\"Id\":\"" + id + "\",\"EventId\":\"" + bus.received().get(0).eventId() + "\"}\n",
        result.out());
  }

  @Test
  void send_saysNothingWhenQuiet() {
    assertEquals(new CommandResult(0, "", ""), machine.run("--quiet", "x", "--instance-id", "i-1"));
  }

  @Test
  void send_triesAgainWhatMayPass() throws IOException {
    bus.faults(Fault.internalFailure(), new Fault.HangUpBefore(), Fault.throttledEntries(0));

    CommandResult result = machine.run("--info", "x", "--instance-id", "i-1");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(1, bus.received().size());
  }

  @Test
  void send_failsWithTheServicesCodeWhereTheEntryIsRefused() {
    bus.faults(Fault.failedEntries("NotAuthorizedForSourceException", "Not for this source.", 0));

    assertEquals(
        new CommandResult(
            1,
            "",
            "bosky: EventBridge refused the event:"
                + " NotAuthorizedForSourceException: Not for this source.\n"),
        machine.run("--info", "x", "--instance-id", "i-1"));
    assertFalse(Files.exists(root.resolve("var/lib/bosky/inbox")));
  }

  @Test
  void send_keepsWhatItCannotDeliverAndTheNextCallDelivers() throws IOException {
    bus.always(Fault.internalFailure());

    CommandResult kept = machine.run("--fail", "first", "--instance-id", "i-1");

    assertEquals(
        new CommandResult(
            4,
            "",
            "bosky: not delivered: EventBridge answered 500 (InternalFailure); kept in "
                + root.resolve("var/lib/bosky")
                + " for the next agent or call\n"),
        kept);
    assertTrue(machine.waited().compareTo(OneEvent.DELIVERY_TIME) < 0);
    byte[] stored = Files.readAllBytes(inbox().get(0));

    bus.heal();
    CommandResult next = machine.run("--info", "second", "--instance-id", "i-1");

    assertEquals(0, next.exitCode(), next.err());
    assertEquals(
        List.of("second", "first"),
        bus.received().stream().map(event -> event.detail().path("Message").asText()).toList());
    assertTrue(new String(stored).contains(detail(1).path("Id").asText()));
    assertEquals(List.of(), inbox());
  }

  @Test
  void send_leavesAnotherInstancesKeptEventsAlone() throws IOException {
    bus.always(Fault.internalFailure());
    machine.run("--fail", "baked into the image", "--instance-id", "i-1");
    bus.heal();

    machine.run("--info", "x", "--instance-id", "i-2");

    assertEquals(1, bus.received().size());
    assertEquals(1, inbox().size());
  }

  @Test
  void send_buriesAKeptEventThatIsRefusedForGood() throws IOException {
    bus.always(Fault.internalFailure());
    machine.run("--fail", "first", "--instance-id", "i-1");
    bus.heal();
    bus.faults(new Fault.Slow(Duration.ZERO), Fault.failedEntries("InvalidArgument", "Not so.", 0));

    assertEquals(0, machine.run("--info", "x", "--instance-id", "i-1").exitCode());

    assertEquals(List.of(), inbox());
    try (Stream<Path> dead = Files.list(root.resolve("var/lib/bosky/dead"))) {
      assertEquals(1, dead.count());
    }
  }

  @Test
  void send_keepsWhereTheHostIsUnknown() {
    machine.variable("BOSKY_ENDPOINT_URL", "http://no-such-host.invalid");

    CommandResult result =
        machine.run("--info", "x", "--instance-id", "i-1", "--region", "eu-west-1");

    assertEquals(4, result.exitCode());
    assertTrue(
        result
            .err()
            .startsWith("bosky: not delivered: host no-such-host.invalid is not known: check"),
        result.err());
    assertEquals(1, result.err().lines().count());
  }

  @Test
  void send_tellsThatTheCredentialsAreWrong() throws IOException {
    bus.close();
    bus = LocalBus.builder().accessKeyId("AKIDOTHER").start();
    machine.variable("BOSKY_ENDPOINT_URL", bus.endpoint().toString());

    CommandResult result = machine.run("--info", "x", "--instance-id", "i-1");

    assertEquals(4, result.exitCode());
    assertTrue(
        result
            .err()
            .startsWith(
                "bosky: not delivered: AWS does not know these credentials"
                    + " (UnrecognizedClientException): "),
        result.err());
    assertEquals(1, result.err().lines().count());
  }

  @Test
  void send_saysSoWhereItCanNeitherDeliverNorKeep() {
    bus.always(Fault.internalFailure());
    machine.file("/var/lib/bosky", "a file where the folder should be");

    CommandResult result = machine.run("--info", "x", "--instance-id", "i-1");

    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .startsWith(
                "bosky: not delivered: EventBridge answered 500 (InternalFailure); and not kept: "),
        result.err());
  }

  @Test
  void send_keepsInTheFolderNamed() throws IOException {
    bus.always(Fault.internalFailure());
    Path state = root.resolve("elsewhere");

    machine.run("--info", "x", "--instance-id", "i-1", "--state", state.toString());

    assertTrue(Files.exists(state.resolve("inbox")));
  }

  @Test
  void send_endsWithZeroAfterAFailureIfAskedTo() {
    bus.faults(Fault.failedEntries("InvalidArgument", "Not so.", 0));

    CommandResult result = machine.run("--info", "x", "--instance-id", "i-1", "--best-effort");

    assertEquals(0, result.exitCode());
    assertTrue(result.err().contains("InvalidArgument"), result.err());
  }

  @Test
  void send_refusesABusOfAnotherRegion() {
    CommandResult result =
        machine.run(
            "--info",
            "x",
            "--instance-id",
            "i-1",
            "--region",
            "eu-west-1",
            "--bus",
            "arn:aws:events:us-east-1:123456789012:event-bus/boots");

    assertEquals(3, result.exitCode());
    assertEquals(1, result.err().lines().count());
    assertEquals(List.of(), bus.received());
  }

  private JsonNode detail(int index) {
    return bus.received().get(index).detail();
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  private List<Path> inbox() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("var/lib/bosky/inbox"))) {
      return files.toList();
    }
  }
}
