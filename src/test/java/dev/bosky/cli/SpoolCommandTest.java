package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.StateFolder;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.Events;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolCommandTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:05:00Z");

  @TempDir private Path root;
  private LocalBus bus;
  private TestMachine machine;

  @BeforeEach
  void start() throws IOException {
    bus = LocalBus.builder().start();
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

  private Path state() {
    return root.resolve("var/lib/bosky");
  }

  private DeadLetters dead() {
    return StateFolder.deadLettersOf(state());
  }

  private void bury(String... ids) throws IOException {
    for (String id : ids) {
      dead()
          .add(new DeadLetter(Events.fail(id), "eventbridge", "InvalidArgument", "too odd", TIME));
    }
  }

  private List<String> deadIds() throws IOException {
    return dead().list().stream().map(letter -> letter.event().id()).sorted().toList();
  }

  @Test
  void list_ofNothing() {
    CommandResult result = machine.run("spool", "list");

    assertEquals(
        new CommandResult(0, state() + ": 0 waiting, 0 in the inbox, 0 dead\n", ""), result);
  }

  @Test
  void list_showsWhatWaitsAndWhatIsDead_whileAnAgentRuns() throws IOException {
    bury("dead-1");
    try (StateFolder agent = StateFolder.open(state(), 4711)) {
      agent.spool(List.of("eventbridge")).append(List.of(Events.outcome("waiting-1")));
      StateFolder.inboxOf(state()).put(Events.info("handed-1"));

      assertEquals(
          """
          waiting  outcome  fail     2026-01-02T03:04:05.678Z waiting-1 outcome waiting-1
          inbox    marker   info     2026-01-02T03:04:05.678Z handed-1 info handed-1
          dead     marker   fail     2026-01-02T03:04:05.678Z dead-1 fail dead-1
                   refused by eventbridge at 2026-01-02T03:05:00Z: InvalidArgument: too odd
          STATE: 1 waiting, 1 in the inbox, 1 dead
          """
              .replace("STATE", state().toString()),
          machine.run("spool", "list").out());
    }
  }

  @Test
  void list_asJsonIsALineEach() throws IOException {
    bury("a", "b");

    List<String> lines = machine.run("spool", "list", "--format", "json").out().lines().toList();

    assertEquals(2, lines.size());
    JsonNode letter = new ObjectMapper().readTree(lines.get(0));
    assertEquals("dead", letter.path("Place").asText());
    assertEquals("InvalidArgument", letter.path("Code").asText());
    assertEquals("2026-01-02T03:05:00Z", letter.path("Refused").asText());
  }

  @Test
  void retry_withoutAnAgentSendsFromHere() throws IOException {
    bury("a-1", "a-2", "b-1");

    CommandResult result = machine.run("spool", "retry", "a-1", "b");

    assertEquals(new CommandResult(0, "sent: 2\n", ""), result);
    assertEquals(List.of("a-2"), deadIds());
    assertEquals(2, bus.received().size());
    assertEquals(Events.fail("a-1").detail(), bus.received().get(0).detailText());
  }

  @Test
  void retry_keepsWhatIsRefusedAgain_withTheNewReason() throws IOException {
    bury("a");
    bus.faults(Fault.failedEntries("MalformedDetail", "Detail is malformed.", 0));

    CommandResult result = machine.run("spool", "retry", "--all");

    assertEquals(
        new CommandResult(
            1, "sent: 0\n", "bosky: refused again: a: MalformedDetail: Detail is malformed.\n"),
        result);
    assertEquals("MalformedDetail", dead().list().get(0).code());
    assertEquals(1, dead().size());
  }

  @Test
  void retry_keepsWhatCannotBeDelivered() throws IOException {
    bury("a", "b");
    bus.always(Fault.internalFailure());

    CommandResult result = machine.run("spool", "retry", "--all");

    assertEquals(4, result.exitCode());
    assertTrue(result.err().startsWith("bosky: not delivered: EventBridge answered 500"));
    assertEquals(List.of("a", "b"), deadIds());
  }

  @Test
  void retry_withAnAgentHandsThemOver() throws IOException {
    bury("a");
    try (StateFolder agent = StateFolder.open(state(), 4711)) {
      CommandResult result = machine.run("spool", "retry", "a");

      assertEquals(new CommandResult(0, "handed to the running agent: 1\n", ""), result);
      assertEquals(List.of(), deadIds());
      assertEquals(1, agent.inbox().list().size());
    }
    assertEquals(0, bus.received().size());
  }

  @Test
  void drop_removesWhatIsNamed() throws IOException {
    bury("a-1", "a-2", "b-1");

    assertEquals(new CommandResult(0, "dropped: 1\n", ""), machine.run("spool", "drop", "b"));
    assertEquals(List.of("a-1", "a-2"), deadIds());
    assertEquals(new CommandResult(0, "dropped: 2\n", ""), machine.run("spool", "drop", "--all"));
    assertEquals(List.of(), deadIds());
  }

  @Test
  void drop_asksForMoreWhereItIsNotClear() throws IOException {
    bury("a-1", "a-2");

    assertEquals(
        new CommandResult(
            1, "", "bosky: several dead letters begin with a-; give more of the id\n"),
        machine.run("spool", "drop", "a-"));
    assertEquals(
        new CommandResult(1, "", "bosky: no dead letter is of event c; see bosky spool list\n"),
        machine.run("spool", "drop", "c"));
    assertEquals(
        new CommandResult(
            2, "", "bosky: which ones? give an ID, or --all (bosky spool drop --help)\n"),
        machine.run("spool", "drop"));
    assertEquals(2, dead().size());
  }

  @Test
  void drop_allCannotBeSetForEverByTheEnvironment() throws IOException {
    bury("a");

    assertEquals(2, machine.variable("BOSKY_ALL", "1").run("spool", "drop").exitCode());
    assertEquals(1, dead().size());
  }

  @Test
  void spool_withoutACommandNamesThem() {
    assertEquals(
        new CommandResult(2, "", "bosky: which one? list, retry or drop (bosky spool --help)\n"),
        machine.run("spool"));
  }
}
