package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.event.EventSettings;
import dev.bosky.testing.Events;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {
  private static final List<String> SINKS = List.of("eventbridge");

  private static final String BOOT = "b-1";

  @TempDir private Path temporary;

  private Path path() {
    return temporary.resolve("var/lib/bosky");
  }

  private StateFolder open() throws IOException {
    return StateFolder.open(path(), 4711);
  }

  private static List<String> ids(Spool spool) {
    spool.cover();
    return spool.peek("eventbridge", 100, 1 << 20).stream().map(s -> s.event().id()).toList();
  }

  @Test
  void open_makesTheFolderForTheOwnerAlone() throws IOException {
    try (StateFolder state = open()) {
      state.document("checkpoint", 1).save(StateFileTest.json("{'a':1}"));
      state.spool(SINKS).append(List.of(Events.info("a")));

      assertTrue(state.isDurable());
      assertEquals("rwx------", mode(path()));
      assertEquals("rwx------", mode(path().resolve("spool")));
      assertEquals("rw-------", mode(path().resolve("spool/0000000000000001.json")));
      assertEquals("rw-------", mode(path().resolve("checkpoint.json")));
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void open_refusesASecondAgent_andNamesTheFirst() throws IOException {
    try (StateFolder first = open()) {
      StateFolderTakenException e =
          assertThrows(StateFolderTakenException.class, () -> StateFolder.open(path(), 4712));

      assertEquals(
          "state folder "
              + path()
              + ": expected nobody in it, found another agent (process 4711); stop that one, or"
              + " give this one a folder of its own with --state",
          e.getMessage());
      assertTrue(first.isDurable());
    }
    StateFolder.open(path(), 4712).close();
  }

  /** The other agent, in a process of its own: locks, says so, and waits to be killed. */
  static final class OtherAgent {
    private OtherAgent() {}

    public static void main(String[] args) throws Exception {
      try (StateFolder state = StateFolder.open(Path.of(args[0]), ProcessHandle.current().pid())) {
        System.out.println("open " + state.isDurable());
        System.in.read();
      }
    }
  }

  @Test
  void open_refusesWhileAnotherProcessLives_andNotAfterItWasKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherAgent.class.getName(),
                path().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("open true", out.readLine());
      IOException e = assertThrows(StateFolderTakenException.class, this::open);
      assertTrue(e.getMessage().contains("(process " + other.pid() + ")"), e.getMessage());
      assertEquals(OptionalLong.of(other.pid()), StateFolder.agentIn(path()));
    } finally {
      other.destroyForcibly().waitFor();
    }

    assertEquals(OptionalLong.empty(), StateFolder.agentIn(path()));
    try (StateFolder state = open()) {
      assertTrue(state.isDurable());
    }
  }

  @Test
  void open_whereNothingCanBeWrittenGoesOnInMemory() throws IOException {
    for (Path nowhere :
        List.of(Path.of("/proc/bosky"), Files.createFile(temporary.resolve("f")).resolve("s"))) {
      try (StateFolder state = StateFolder.open(nowhere, 1)) {
        assertFalse(state.isDurable());
        assertFalse(state.memoryOnlyBecause().isEmpty());

        Spool spool = state.spool(SINKS);
        assertEquals(0, state.claim("i-0abc", BOOT));
        assertTrue(spool.append(List.of(Events.info("a"))).durable(), "as durable as it gets");
        assertEquals(List.of("a"), ids(spool));
        StateFile document = state.document("checkpoint", 1);
        document.save(StateFileTest.json("{'a':1}"));
        assertInstanceOf(StateFile.Content.Present.class, document.load());
        state.deadLetters().add(new DeadLetter(Events.info("d"), "x", "y", "z", Instant.EPOCH));
        assertEquals(1, state.deadLetters().size());
      }
    }
  }

  @Test
  void claim_setsAsideWhatABakedImageBrought() throws IOException {
    try (StateFolder builder = open()) {
      assertEquals(0, builder.claim("i-builder", BOOT));
      builder.document("checkpoint", 1).save(StateFileTest.json("{'offset':18233}"));
      builder
          .spool(SINKS)
          .append(List.of(Events.from("i-builder", "a"), Events.from("i-builder", "b")));
      builder
          .deadLetters()
          .add(new DeadLetter(Events.from("i-builder", "c"), "x", "y", "z", Instant.EPOCH));
      builder.inbox().put(Events.from("i-builder", "d"));
    }
    StateFolder.inboxOf(path()).put(Events.from("i-0abc", "mine"));

    try (StateFolder state = open()) {
      assertEquals(4, state.claim("i-0abc", BOOT));

      assertInstanceOf(StateFile.Content.Absent.class, state.document("checkpoint", 1).load());
      Spool spool = state.spool(SINKS);
      assertEquals(0, spool.size());
      assertEquals(0, state.deadLetters().size());
      assertEquals(1, state.inbox().moveInto(spool).size());
      assertEquals(List.of("mine"), ids(spool));
    }
    Path aside = path().resolve("set-aside/i-builder");
    assertEquals(2, new DiskStorage().list(aside.resolve("spool")).size());
    assertEquals(List.of("checkpoint.json"), new DiskStorage().list(aside));
  }

  /** A message names no instance: of another boot, it may have come with the image. */
  @Test
  void claim_setsAsideTheMessagesOfAnotherInstance() throws IOException {
    Path inbox = Files.createDirectories(path().resolve("inbox"));
    String request = "bosky-request 1\nstatus info\nboot %s\n\nhello";
    Files.writeString(inbox.resolve("call-1-1.00.request"), request.formatted("b-0"));
    Files.writeString(inbox.resolve("call-2-1.00.taken"), request.formatted("b-0"));
    Files.writeString(inbox.resolve("call-3-1.00.request"), request.formatted(BOOT));
    try (StateFolder state = open()) {
      assertEquals(2, state.claim("i-new", BOOT));
      assertEquals(
          List.of("call-3-1.00"),
          state.requests().take().stream().map(Requests.Request::name).toList());
    }
    assertEquals(2, new DiskStorage().list(path().resolve("set-aside/unknown/inbox")).size());
  }

  @Test
  void claim_byTheSameInstanceKeepsEverything() throws IOException {
    try (StateFolder state = open()) {
      state.claim("i-0abc", BOOT);
      state.document("checkpoint", 1).save(StateFileTest.json("{'offset':1}"));
      state.spool(SINKS).append(List.of(Events.info("a")));
    }
    try (StateFolder state = open()) {
      assertEquals(0, state.claim("i-0abc", BOOT));
      assertInstanceOf(StateFile.Content.Present.class, state.document("checkpoint", 1).load());
      assertEquals(List.of("a"), ids(state.spool(SINKS)));
    }
  }

  @Test
  void claim_afterAnAgentThatNeverKnewItsNameKeepsTheDocuments() throws IOException {
    Event nameless = nameless("n", "");
    try (StateFolder state = open()) {
      state.claim(EventSettings.UNKNOWN, BOOT);
      state.document("checkpoint", 1).save(StateFileTest.json("{'offset':1}"));
      state.spool(SINKS).append(List.of(nameless));
    }
    try (StateFolder state = open()) {
      assertEquals(1, state.claim("i-0abc", BOOT), "whose it was nobody can tell");
      assertInstanceOf(StateFile.Content.Present.class, state.document("checkpoint", 1).load());
    }
  }

  @Test
  void claim_onceTheNameIsKnownKeepsThisBootsNamelessEvents() throws IOException {
    try (StateFolder state = open()) {
      state.claim(EventSettings.UNKNOWN, BOOT);
      state.spool(SINKS).append(List.of(nameless("ours", BOOT), nameless("older", "b-0")));
    }
    try (StateFolder state = open()) {
      assertEquals(1, state.claim("i-0abc", BOOT));
      assertEquals(List.of("ours"), ids(state.spool(SINKS)));
    }
  }

  private static Event nameless(String id, String bootId) {
    return new Event(
        id,
        dev.bosky.event.Kind.STARTED,
        dev.bosky.event.Status.INFO,
        1,
        Instant.EPOCH,
        "p",
        EventSettings.USER_DATA,
        List.of(),
        "default",
        "{\"Boot\":{\"Id\":\"%s\"}}".formatted(bootId));
  }

  @Test
  void claim_stoppedAnywhereGoesOnAtTheNext() throws IOException {
    boolean returned = false;
    for (int call = 1; !returned; call++) {
      MemoryStorage disk = new MemoryStorage();
      List<String> folders = List.of("spool", "dead", "inbox");
      new Owner(disk, path(), BOOT).claim("i-builder", folders);
      Spool.open(disk, path().resolve("spool"), SpoolLimits.DISK, SINKS)
          .append(List.of(Events.from("i-builder", "a"), Events.from("i-builder", "b")));
      var faulty =
          new dev.bosky.testing.FaultyStorage(disk)
              .at(call, dev.bosky.testing.FaultyStorage.Fault.STOP);
      try {
        new Owner(faulty, path(), BOOT).claim("i-0abc", folders);
        returned = true;
      } catch (dev.bosky.testing.FaultyStorage.Stopped e) {
        faulty.losePower();
      }

      new Owner(disk, path(), BOOT).claim("i-0abc", folders);
      assertEquals(
          0,
          Spool.open(disk, path().resolve("spool"), SpoolLimits.DISK, SINKS).size(),
          "stopped at call " + call);
      assertEquals(2, disk.list(path().resolve("set-aside/i-builder/spool")).size());
    }
  }

  @Test
  void agentIn_aFolderThatIsNotThereIsNobody() throws IOException {
    assertEquals(OptionalLong.empty(), StateFolder.agentIn(temporary.resolve("none")));
  }

  @Test
  void waitingIn_looksWithoutTheLock() throws IOException {
    try (StateFolder state = open()) {
      state.spool(SINKS).append(List.of(Events.info("a"), Events.outcome("b")));

      assertEquals(
          List.of("a", "b"),
          StateFolder.waitingIn(path()).stream().map(s -> s.event().id()).toList());
      assertEquals(0, StateFolder.deadLettersOf(path()).size());
    }
    assertEquals(List.of(), StateFolder.waitingIn(temporary.resolve("none")));
  }
}
