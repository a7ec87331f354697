package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.boot.Script;
import dev.bosky.boot.UserData;
import dev.bosky.source.LogLine;
import dev.bosky.source.SourceNotice;
import dev.bosky.source.SourceRecord;
import dev.bosky.testing.EventSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost, and what only seems to be: told, counted, and never the end of the rest. */
class LossTest {
  private static final String LOG = "var/log/cloud-init-output.log";
  private static final String SCRIPT = "/var/lib/cloud/instance/scripts/part-001";

  @TempDir Path folder;
  private AgentMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new AgentMachine(folder);
  }

  @Test
  void bytesGoneBeforeTheyWereRead_areToldAndCountedInTheOutcome() throws Exception {
    machine.log(machine.banner("init-local"), machine.banner("init"), "NOTE: one");
    machine.runUntilStopped(2);
    machine.log("NOTE: two");
    Files.delete(machine.root.resolve(LOG));
    machine.log("NOTE: three");
    machine.runUntilStopped(2);
    machine.log(machine.banner("modules:final"));
    machine.result();
    machine.runToTheEnd();

    JsonNode notice = only("notice");
    assertEquals("bytes-missed", notice.at("/Notice/Code").asText());
    assertEquals(1, only("outcome").at("/Outcome/Lost").asLong(), "over a restart, too");
    assertEquals(2, machine.sent("marker", 1).size());
  }

  @Test
  void aLastLineWithoutItsEnd_isReadBeforeTheOutcomeIsTold() throws Exception {
    machine.log(machine.banner("init-local"), machine.banner("modules:final"));
    Files.writeString(machine.root.resolve(LOG), "E: last words", StandardOpenOption.APPEND);
    machine.result();
    machine.runToTheEnd();

    assertEquals("last words", only("marker").at("/Marker/Fields/what").asText());
    assertEquals("fail", only("outcome").at("/Outcome/Verdict").asText());
    assertEquals(0, only("outcome").at("/Outcome/Lost").asLong());
  }

  @Test
  void aBugThatALineMeets_isToldOnceAndTheNextLinesAreRead() throws Exception {
    machine.userData = new FaultyUserData(machine.userData, true);
    machine.log(machine.banner("init-local"), machine.banner("modules:final"));
    machine.log("E: " + SCRIPT + ": line 3: one", "E: " + SCRIPT + ": line 4: two", "E: three");
    machine.result();
    machine.runToTheEnd();

    assertEquals("internal-error", only("notice").at("/Notice/Code").asText());
    assertEquals(2, only("outcome").at("/Outcome/Lost").asLong());
    assertEquals("fail", only("outcome").at("/Outcome/Verdict").asText());
  }

  @Test
  void aBugThatEndsTheReading_isAnErrorOfTheAgent() throws IOException {
    machine.userData = new FaultyUserData(machine.userData, false);
    machine.log(machine.banner("init-local"), machine.banner("modules:final"));
    machine.result();

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> machine.runToTheEnd());
    assertTrue(e.getMessage().contains("the next start goes on"), e.getMessage());
  }

  @Test
  void aBugThatOneLogMeets_isToldOnceAndTheOthersAreRead() throws IOException {
    AtomicBoolean failing = new AtomicBoolean();
    List<SourceRecord> news = new ArrayList<>();
    try (FollowedLogs logs =
        new FollowedLogs(
            Instant.now().minusSeconds(60), Map.of(), () -> time(failing), path -> {})) {
      logs.follow("first", folder.resolve("first"));
      logs.follow("second", folder.resolve("second"));
      logs.poll(news::add);
      machine.append("first", "one");
      machine.append("second", "two");
      failing.set(true);
      logs.poll(news::add);
      failing.set(true);
      logs.poll(news::add);
      assertEquals(List.of("two"), texts(news));
      assertFalse(failing.get());

      logs.poll(news::add);
      assertEquals(List.of("two", "one"), texts(news));
      assertEquals(1, news.stream().filter(SourceNotice.class::isInstance).count());
    }
  }

  /** Fails the next look, which is that of the first log. */
  private static Instant time(AtomicBoolean failing) {
    if (failing.getAndSet(false)) {
      throw new IllegalStateException("a bug");
    }
    return Instant.now();
  }

  private static List<String> texts(List<SourceRecord> news) {
    return news.stream()
        .filter(LogLine.class::isInstance)
        .map(line -> ((LogLine) line).text())
        .toList();
  }

  private JsonNode only(String kind) {
    List<JsonNode> sent = machine.sent(kind, 1);
    assertEquals(1, sent.size(), () -> kind + ": " + sent);
    EventSchema.assertValid(sent.get(0));
    return sent.get(0);
  }

  /** Has a bug: where a script's line is asked for, or already where it is asked what ran. */
  private record FaultyUserData(UserData real, boolean onlyLines) implements UserData {
    @Override
    public Optional<List<Script>> scripts() {
      return real.scripts();
    }

    @Override
    public Optional<Boolean> ranSince(Instant bootBegan) {
      check(onlyLines);
      return real.ranSince(bootBegan);
    }

    @Override
    public Optional<Boolean> isFirstBoot(Instant bootBegan) {
      return real.isFirstBoot(bootBegan);
    }

    @Override
    public Keys keys() {
      return real.keys();
    }

    @Override
    public Optional<String> line(String script, OptionalInt number) {
      check(false);
      return Optional.empty();
    }

    private static void check(boolean fine) {
      if (!fine) {
        throw new IllegalStateException("a bug");
      }
    }
  }
}
