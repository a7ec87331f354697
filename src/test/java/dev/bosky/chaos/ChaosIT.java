package dev.bosky.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.BusRequest;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.testing.Banners;
import dev.bosky.testing.PackagedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged agent, killed hard again and again at random moments, in front of a bus that
 * misbehaves and beside a log that is written and rotated all the time. In the end nothing is
 * missing, and nothing came twice other than byte for byte.
 *
 * <p>{@code chaos.rounds} (20) says how often it is killed, {@code chaos.seed} which random moments
 * to try again; what the scheduler does is not repeated.
 */
final class ChaosIT {
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 20);
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

  /** An agent that shall die by the clock, maybe before it has begun, dies at the latest then. */
  private static final Duration LONGEST_LIFE = Duration.ofMillis(2500);

  /** One that shall die by its requests, and makes too few in all that time, dies then. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The disk that is forced for each event sets the pace; more in one life would only wait. */
  private static final int LINES_A_LIFE = 150;

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final Taken taken = new Taken();
  private final AtomicInteger requestsToLive = new AtomicInteger(Integer.MAX_VALUE);
  private LocalBus bus;
  private volatile PackagedAgent agent;
  private volatile boolean awake;
  private Path boot;
  private NumberedLog log;
  private long lastAtBirth;
  private String javaOptions = "";
  private int boots;
  private int rounds;
  private int rotations;
  private boolean finished;
  private long bornNanos;
  private Duration life;

  @BeforeEach
  void startBus() throws IOException {
    bus = LocalBus.builder().listener(this::taken).maxKeptBytes(1 << 20).start();
  }

  @AfterEach
  void stop() {
    if (agent != null) {
      agent.close();
    }
    bus.close();
  }

  /** By a thread of the bus, before the next request can come. */
  private void taken(BusRequest request) {
    awake = true;
    taken.accept(request);
    if (requestsToLive.decrementAndGet() == 0) {
      agent.close();
    }
  }

  @Test
  void agent_killedAtAnyMoment_losesNothingAndRepeatsOnlyTheSame() throws Exception {
    rehearse();
    long written = 0;
    while (rounds < ROUNDS) {
      written = boot(written);

      assertEquals(List.of(), taken.missing(written), this::scene);
      assertEquals(List.of(), taken.wrong(), this::scene);
      assertEquals(boots, taken.outcomes(), this::scene);
    }
    System.out.printf(
        "chaos: %d rounds in %d boots, %d lines, %d rotations; %d entries taken, %d of them"
            + " repeats, 0 missing, 0 of other content, %d outcomes; seed %d%n",
        rounds, boots, written, rotations, taken.events(), taken.repeats(), taken.outcomes(), SEED);
  }

  /** One boot from its first line to its outcome; returns the number of its last line. */
  private long boot(long written) throws Exception {
    boot = Files.createDirectory(folder.resolve("boot-" + ++boots));
    finished = false;
    NumberedLog.patterns(boot);
    int killsBeforeTheEnd = rounds + random.nextInt(5, 15);
    log = new NumberedLog(boot.resolve("log"), written, Banners.now("init-local"), random);
    try {
      start();
      while (rounds < killsBeforeTheEnd) {
        if (log.last() - lastAtBirth < LINES_A_LIFE) {
          log.step(this::here);
        }
        pause(60);
        if (isDue()) {
          kill();
          start();
        }
      }
      PackagedAgent.finish(boot);
      finished = true;
      for (int more = random.nextInt(4); more > 0; more--) {
        while (!isDue()) {
          pause(20);
        }
        kill();
        start();
      }
      kill();
      leaveAlone();
      rotations += log.rotations();
      return log.last();
    } finally {
      log.close();
    }
  }

  /** In the middle of what a writer does; an agent that has not begun is mostly let live. */
  private void here() throws InterruptedException {
    if (random.nextInt(awake ? 3 : 300) == 0) {
      kill();
      start();
    }
    pause(200);
  }

  private void pause(int maxMillis) throws InterruptedException {
    agent.ended(Duration.ofMillis(random.nextInt(1, maxMillis)));
  }

  private boolean isDue() throws InterruptedException {
    return System.nanoTime() - bornNanos > life.toNanos() || agent.ended(Duration.ZERO);
  }

  private void kill() throws InterruptedException {
    agent.kill();
    rounds++;
    // 137: killed. 0: it had told the boot's outcome, and was done.
    int code = agent.exitCode();
    assertTrue(code == 137 || code == 0 && finished, () -> "exit code " + code + "\n" + scene());
  }

  private void start() {
    lastAtBirth = log.last();
    bus.heal().faults(misbehaviour());
    boolean byRequest = random.nextInt(4) > 0;
    requestsToLive.set(byRequest ? random.nextInt(1, 8) : Integer.MAX_VALUE);
    life = byRequest ? PATIENCE : Duration.ofMillis(random.nextLong(LONGEST_LIFE.toMillis()));
    launch();
  }

  /** The last start of a boot: nothing disturbs it any more. */
  private void leaveAlone() throws InterruptedException {
    bus.heal();
    requestsToLive.set(Integer.MAX_VALUE);
    launch();
    assertEquals(0, agent.exitCode(), this::scene);
  }

  /** An agent that tells a boot and leaves its classes in an archive: the others begin sooner. */
  private void rehearse() throws Exception {
    boot = Files.createDirectory(folder.resolve("rehearsal"));
    NumberedLog.patterns(boot);
    new NumberedLog(boot.resolve("log"), 0, Banners.now("init-local"), random).close();
    PackagedAgent.finish(boot);
    Path archive = folder.resolve("classes.jsa");
    javaOptions = "-Xlog:disable -XX:ArchiveClassesAtExit=" + archive;
    boots = 1;
    leaveAlone();
    javaOptions = "-Xlog:disable -XX:TieredStopAtLevel=1 -XX:SharedArchiveFile=" + archive;
  }

  private void launch() {
    awake = false;
    List<String> options =
        new ArrayList<>(PackagedAgent.options(boot, bus.endpoint(), "i-chaos" + boots));
    options.add("--patterns=" + boot.resolve("chaos.yaml"));
    options.add("--max-events=1000000");
    try {
      agent = PackagedAgent.start(boot, List.of(), options, javaOptions);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    bornNanos = System.nanoTime();
  }

  private Fault[] misbehaviour() {
    Fault[] faults = new Fault[40];
    for (int i = 0; i < faults.length; i++) {
      faults[i] =
          switch (random.nextInt(14)) {
            case 0 -> Fault.throttled();
            case 1 -> Fault.internalFailure();
            case 2 -> Fault.bare(503);
            case 3 -> Fault.throttledEntries(random.nextInt(10));
            case 4 -> Fault.failedEntries("InternalFailure", "Internal Failure", 0, 2, 4);
            case 5 -> new Fault.HangUpBefore();
            case 6 -> new Fault.HangUpAfter();
            case 7 -> new Fault.Slow(Duration.ofMillis(random.nextInt(300)));
            default -> new Fault.Slow(Duration.ZERO);
          };
    }
    return faults;
  }

  /** What one needs to look for the fault. */
  private String scene() {
    return "seed %d, round %d, boot %d, %d entries taken, %d repeats; the agents of this boot said:%n%s"
        .formatted(SEED, rounds, boots, taken.events(), taken.repeats(), agent.talk());
  }
}
