package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.bus.BusRequest;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.testing.Banners;
import dev.bosky.testing.LogWriter;
import dev.bosky.testing.PackagedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent and a boot of which 100,000 lines match: bounded, and every line counted. */
class ManyLinesIT {
  private static final int LINES = 100_000;

  /** The heap is 256 MB at most; the rest is Java's own. */
  private static final long MAX_RESIDENT_KB = 450_000;

  @TempDir private Path folder;
  private LocalBus bus;
  private final Set<String> markers = new TreeSet<>();
  private final List<JsonNode> outcomes = new ArrayList<>();
  private volatile PackagedAgent agent;
  private volatile long mostResidentKb;

  @BeforeEach
  void start() throws Exception {
    bus = LocalBus.builder().maxKeptBytes(1 << 20).listener(this::taken).start();
    try (LogWriter log = LogWriter.appending(folder.resolve("log"))) {
      log.lines(Banners.now("init-local"));
      StringBuilder lines = new StringBuilder();
      for (int number = 1; number <= LINES; number++) {
        lines.append("line ").append(number).append(" of very many\n");
      }
      log.write(lines.toString());
    }
  }

  @AfterEach
  void stop() {
    agent.close();
    bus.close();
  }

  private synchronized void taken(BusRequest request) {
    mostResidentKb = Math.max(mostResidentKb, residentKb());
    for (ReceivedEvent event : request.taken()) {
      JsonNode detail = event.detail();
      switch (detail.path("Kind").asText()) {
        case "marker" -> markers.add(detail.path("Id").asText());
        case "outcome" -> outcomes.add(detail.path("Outcome"));
        default -> {}
      }
    }
  }

  @Test
  void agent_withTheDefaultLimits_sendsAFewAndCountsTheRest() throws Exception {
    run("");

    assertEquals(5, markers.size());
    assertEquals(LINES - 5, outcome().path("Suppressed").asLong());
    assertEquals(0, outcome().path("Lost").asLong());
  }

  @Test
  void agent_withoutLimits_sendsAllOrCountsWhatGaveWay() throws Exception {
    run("    limit: 1000000", "--max-events=1000000");

    assertEquals(0, outcome().path("Suppressed").asLong());
    assertEquals(LINES, markers.size() + outcome().path("Lost").asLong());
  }

  private JsonNode outcome() {
    assertEquals(1, outcomes.size(), agent.talk());
    return outcomes.get(0);
  }

  private void run(String limit, String... further) throws Exception {
    Files.writeString(
        folder.resolve("many.yaml"),
        """
        pack: many
        markers:
          - id: line
            status: info
            match: '^line (?P<number>\\d+) '
            context: 0
        """
            + limit
            + "\n");
    List<String> options = new ArrayList<>(PackagedAgent.options(folder, bus.endpoint(), "i-0abc"));
    options.add("--patterns=" + folder.resolve("many.yaml"));
    options.addAll(List.of(further));
    long began = System.nanoTime();
    agent = PackagedAgent.start(folder, List.of(), options);
    while (!BootStatus.read(folder.resolve("state")).map(this::hasReadAll).orElse(false)) {
      assertFalse(agent.ended(Duration.ofMillis(200)), agent::talk);
    }
    PackagedAgent.finish(folder);
    assertTrue(agent.ended(Duration.ofMinutes(10)), agent::talk);
    assertEquals(0, agent.exitCode(), agent::talk);
    System.out.printf(
        "%d matching lines: %d sent, %d suppressed, %d lost, %d MB resident, %d s%n",
        LINES,
        markers.size(),
        outcome().path("Suppressed").asLong(),
        outcome().path("Lost").asLong(),
        mostResidentKb / 1024,
        (System.nanoTime() - began) / 1_000_000_000);
    assertTrue(mostResidentKb < MAX_RESIDENT_KB, mostResidentKb + " KB resident");
  }

  private boolean hasReadAll(BootStatus status) {
    return status.matched() == LINES;
  }

  /** The most memory the agent has had so far; it answers while the process lives. */
  private long residentKb() {
    try {
      return Files.readAllLines(Path.of("/proc/" + agent.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
