package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.boot.Interruption;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.spool.StateFolder;
import dev.bosky.testing.EventSchema;
import dev.bosky.testing.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls leave for the agent, with real agents. */
class MailboxTest {
  private static final String REQUEST = "state/inbox/call-7-1.50.request";

  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
  }

  /** As bin/bosky writes it. */
  private void request(String status, String bootId, String text) throws IOException {
    machine.put(
        REQUEST,
        "bosky-request 1\nstatus %s\nanswer no\nboot %s\nuptime 41.37\n\n%s"
            .formatted(status, bootId, text));
  }

  private void boot() throws IOException, InterruptedException {
    machine.log(machine.banner("init-local"), machine.banner("modules:final"));
    machine.result();
    machine.runToTheEnd();
  }

  @Test
  void request_ofThisBoot_decides() throws Exception {
    request("fail", "boot-1", "no disk");
    boot();
    assertEquals("no disk", only("message", 1).path("Message").asText());
    assertEquals("fail", only("outcome", 1).at("/Outcome/Verdict").asText());
  }

  /** Left by a call when the machine was cut off, before or after the agent had taken it. */
  @Test
  void request_ofAnEarlierBoot_isSentInTheNameOfThatBootAndDecidesNothing() throws Exception {
    for (String name : List.of(REQUEST, REQUEST.replace(".request", ".taken"))) {
      machine = new AgentMachine(Files.createTempDirectory(folder, "machine"));
      machine.log(machine.banner("init-local"));
      machine.runUntilStopped(1);
      machine.powerOn();
      request("fail", "boot-1", "no disk");
      Files.move(machine.root.resolve(REQUEST), machine.root.resolve(name));
      boot();
      JsonNode message = only("message", 1);
      assertEquals("no disk", message.path("Message").asText());
      assertEquals(41.4, message.at("/Boot/UptimeSeconds").asDouble());
      EventSchema.assertValid(message);
      assertEquals("success", only("outcome", 2).at("/Outcome/Verdict").asText());
    }
  }

  @Test
  void request_takenTwice_isTheSameEvent() throws Exception {
    request("info", "boot-1", "hello");
    Path taken = machine.root.resolve(REQUEST.replace(".request", ".taken"));
    Path copy = Files.copy(machine.root.resolve(REQUEST), machine.root.resolve("copy"));
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(machine.root.resolve(REQUEST)));
    boot();
    machine.powerOn();
    Files.move(copy, taken);
    boot();
    List<JsonNode> messages = machine.sent("message", 1);
    assertEquals(2, messages.size());
    assertEquals(messages.get(0), messages.get(1), "by the id, a reader knows it");
  }

  @Test
  void kept_ofAnEarlierBootOrADeadLetter_decidesNothing() throws Exception {
    machine.powerOn();
    String earlier = "{\"Kind\":\"message\",\"Boot\":{\"Id\":\"boot-1\"},\"Message\":\"then\"}";
    String marker = "{\"Kind\":\"marker\",\"Boot\":{\"Id\":\"boot-2\"},\"Message\":\"again\"}";
    var inbox = StateFolder.inboxOf(machine.root.resolve("state"));
    inbox.put(Events.of("id-1", Kind.MESSAGE, Status.FAIL, earlier));
    inbox.put(Events.of("id-2", Kind.MARKER, Status.FAIL, marker));
    boot();
    assertEquals("then", only("message", 1).path("Message").asText());
    assertEquals("again", only("marker", 2).path("Message").asText());
    assertEquals("success", only("outcome", 2).at("/Outcome/Verdict").asText());
  }

  @Test
  void request_thatComesAsTheAgentEnds_isTaken() throws Exception {
    machine.end = new Late();
    machine.log(machine.banner("init-local"));
    machine.runUntilStopped(1);
    assertEquals("at last", only("message", 1).path("Message").asText());
    assertFalse(Files.exists(machine.root.resolve(REQUEST)));
  }

  private JsonNode only(String kind, int boot) {
    List<JsonNode> sent = machine.sent(kind, boot);
    assertEquals(1, sent.size(), () -> machine.sent().toString());
    return sent.get(0);
  }

  /** Behind the agent's last look, a call hands over. */
  private final class Late implements EndOfMachine {
    @Override
    public Optional<Interruption> announced() {
      return Optional.empty();
    }

    @Override
    public Optional<Interruption> cause() {
      try {
        request("info", "boot-1", "at last");
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean stagesGone() {
      return false;
    }

    @Override
    public void close() {}
  }
}
