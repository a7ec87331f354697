package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.testing.Banners;
import dev.bosky.testing.LogWriter;
import dev.bosky.testing.PackagedAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged agent whose state folder is a disk of its own, which fills up or becomes read-only:
 * everything arrives, and the trouble is said once.
 */
class FaultyDiskAgentIT {
  private static final int LINES = 300;
  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir private Path folder;
  private LocalBus bus;
  private PackagedAgent agent;
  private LogWriter log;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount");
    bus = LocalBus.builder().start();
    Files.createDirectory(folder.resolve("state"));
    Files.writeString(
        folder.resolve("many.yaml"),
        """
        pack: many
        markers:
          - {id: line, status: info, match: '^line (?P<number>\\d+) ', limit: 1000000}
        """);
    log = LogWriter.appending(folder.resolve("log")).lines(Banners.now("init-local"));
  }

  @AfterEach
  void stop() {
    if (agent != null) {
      agent.close();
      log.close();
      bus.close();
    }
  }

  @Test
  void agent_onADiskThatFillsUp_sendsAllAndSaysSoOnce() throws Exception {
    bus.always(Fault.throttled());
    startOnADiskOf("300k");
    lines(1, LINES);
    awaitTalk("No space left on device");

    endsWithAll();
    assertSaidAtMostOnceEach("No space left on device");
  }

  @Test
  void agent_onADiskThatBecomesReadOnly_sendsAllAndSaysSoOnce() throws Exception {
    startOnADiskOf("20m");
    lines(1, LINES / 2);
    bus.awaitEvents(LINES / 2, LONG);
    // Mounted once more over itself: the lock is open for writing in the mount below.
    String readOnly = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"";
    Process remount =
        new ProcessBuilder(
                List.of(
                    "nsenter",
                    "--mount",
                    "--target=" + agent.pid(),
                    "sh",
                    "-c",
                    readOnly,
                    folder.resolve("state").toString()))
            .inheritIO()
            .start();
    assertTrue(remount.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, remount.exitValue());
    lines(LINES / 2 + 1, LINES);

    endsWithAll();
    assertSaidAtMostOnceEach("Read-only file system");
  }

  private void startOnADiskOf(String size) throws Exception {
    List<String> options = new ArrayList<>(PackagedAgent.options(folder, bus.endpoint(), "i-0abc"));
    options.add("--patterns=" + folder.resolve("many.yaml"));
    options.add("--max-events=1000000");
    String mount = "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"";
    agent =
        PackagedAgent.start(
            folder,
            List.of("unshare", "--mount", "sh", "-c", mount, folder.resolve("state").toString()),
            options);
  }

  private void lines(int from, int to) {
    for (int number = from; number <= to; number++) {
      log.lines("line " + number + " of some");
    }
  }

  private void awaitTalk(String text) throws InterruptedException {
    long until = System.nanoTime() + LONG.toNanos();
    while (!agent.talk().contains(text)) {
      assertFalse(agent.ended(Duration.ofMillis(50)), agent::talk);
      assertTrue(System.nanoTime() < until, agent::talk);
    }
  }

  private void endsWithAll() throws Exception {
    PackagedAgent.finish(folder);
    bus.heal();
    assertTrue(agent.ended(LONG), agent::talk);
    assertEquals(0, agent.exitCode(), agent::talk);
    assertEquals(LINES, taken("marker"), agent::talk);
    assertEquals(1, taken("outcome"), agent::talk);
  }

  private long taken(String kind) {
    return bus.received().stream()
        .map(ReceivedEvent::detail)
        .filter(detail -> detail.path("Kind").asText().equals(kind))
        .map(detail -> detail.path("Id").asText())
        .distinct()
        .count();
  }

  /** The spool, its count, the checkpoint, what is acknowledged: each says it once. */
  private void assertSaidAtMostOnceEach(String trouble) {
    // "TIME LEVEL Class: what: more of it, or why"
    List<String> said =
        agent
            .talk()
            .lines()
            .filter(line -> line.contains(trouble))
            .map(line -> List.of(line.split(" ", 3)[2].split(": ")).subList(0, 3).toString())
            .toList();
    assertFalse(said.isEmpty(), agent::talk);
    assertEquals(said.stream().distinct().toList(), said, agent::talk);
  }
}
