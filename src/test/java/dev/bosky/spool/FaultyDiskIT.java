package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.event.Event;
import dev.bosky.testing.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state folder on real disks that fill up or become read-only: each scenario runs in a process
 * with mounts of its own.
 */
final class FaultyDiskIT {
  private static final List<String> SINKS = List.of("eventbridge");

  @TempDir private Path folder;

  @Test
  void fullDisk_goesOnInMemoryAndWritesWhenThereIsRoom() throws Exception {
    run("full");
  }

  @Test
  void fullFromTheStart_goesOnInMemory() throws Exception {
    run("fullFromTheStart");
  }

  @Test
  void readOnlyHalfWay_goesOnInMemoryAndSendsNothingTwice() throws Exception {
    run("readOnlyHalfWay");
  }

  @Test
  void readOnlyFromTheStart_goesOnInMemory() throws Exception {
    run("readOnlyFromTheStart");
  }

  @Test
  void notOurs_goesOnInMemory() throws Exception {
    Path theirs = folder.resolve("theirs/state");
    new DiskStorage().createFolder(theirs);
    Files.setOwner(
        theirs,
        theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    // Root without the privilege to pass over permissions is a user like any other.
    run("notOurs", "setpriv", "--bounding-set=-dac_override,-dac_read_search");
  }

  private void run(String scenario, String... as) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can mount: skipped");
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    command.addAll(List.of(as));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Scenario.class.getName(),
            scenario,
            folder.toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String talk = Files.readString(log, StandardCharsets.UTF_8);
    assertTrue(ended && process.exitValue() == 0, talk);
    assertTrue(talk.contains("passed " + scenario), talk);
  }

  /** What the process in the namespace does. */
  static final class Scenario {
    private final Path mount;

    private Scenario(Path mount) {
      this.mount = mount;
    }

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[1]);
      Scenario scenario = new Scenario(folder.resolve("disk"));
      switch (args[0]) {
        case "full" -> scenario.full();
        case "fullFromTheStart" -> scenario.fullFromTheStart();
        case "readOnlyHalfWay" -> scenario.readOnlyHalfWay();
        case "readOnlyFromTheStart" -> scenario.readOnlyFromTheStart();
        case "notOurs" -> scenario.inMemoryAt(folder.resolve("theirs/state"));
        default -> throw new IllegalArgumentException(args[0]);
      }
      System.out.println("passed " + args[0]);
    }

    private void mountDisk(String options) throws IOException, InterruptedException {
      Files.createDirectories(mount);
      sh("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString());
    }

    private static void sh(String... command) throws IOException, InterruptedException {
      assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private StateFolder open() throws IOException {
      return StateFolder.open(mount.resolve("bosky"), 1);
    }

    private static List<Spooled> all(Spool spool) {
      spool.cover();
      return spool.peek("eventbridge", 10_000, 100 << 20);
    }

    private static List<String> ids(Spool spool) {
      return all(spool).stream().map(s -> s.event().id()).toList();
    }

    private void full() throws IOException, InterruptedException {
      mountDisk("size=256k");
      List<String> sent = new ArrayList<>();
      try (StateFolder state = open()) {
        Spool spool = state.spool(SINKS);
        StateFile checkpoint = state.document("checkpoint", 1);
        checkpoint.save(StateFileTest.json("{'line':0}"));
        int line = 0;
        while (spool.append(List.of(Events.ofSize("e-" + line, 5_000))).durable()) {
          line++;
        }
        assertTrue(line > 5, "some were on disk: " + line);
        spool.append(List.of(Events.info("more")));
        spool.cover();

        spool.ack("eventbridge", spool.peek("eventbridge", 10, 1 << 20));
        assertTrue(spool.append(List.of()).durable(), "sending made room");
        checkpoint.save(StateFileTest.json("{'line':1}"));
        assertEquals(line + 2 - 10, spool.size());
        sent.addAll(ids(spool));
      }
      try (StateFolder state = open()) {
        assertEquals(sent, ids(state.spool(SINKS)), "all of it is on disk");
      }
    }

    private void fullFromTheStart() throws IOException, InterruptedException {
      mountDisk("size=64k");
      Files.createDirectory(mount.resolve("bosky"));
      fill(mount.resolve("filler"));
      try (StateFolder state = open()) {
        Spool spool = state.spool(SINKS);
        assertFalse(state.isDurable() && spool.append(List.of(Events.info("a"))).durable());
        spool.append(List.of(Events.info("a")));
        assertEquals(List.of("a"), ids(spool));
        spool.ack("eventbridge", all(spool));
        assertEquals(0, spool.size());
      }
    }

    private static void fill(Path file) throws IOException {
      byte[] block = new byte[4096];
      try (var out = Files.newOutputStream(file)) {
        while (true) {
          out.write(block);
        }
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("No space left"), e.getMessage());
      }
    }

    private void readOnlyHalfWay() throws IOException, InterruptedException {
      mountDisk("size=1m");
      Event b = Events.info("b");
      try (StateFolder state = open()) {
        Spool spool = state.spool(SINKS);
        assertTrue(spool.append(List.of(Events.info("a"))).durable());
        // A bind mount over the folder: the open lock file would keep the disk itself writable.
        String path = mount.resolve("bosky").toString();
        sh("mount", "--bind", path, path);
        sh("mount", "-o", "remount,bind,ro", path);

        assertFalse(spool.append(List.of(b)).durable());
        assertEquals(List.of("a", "b"), ids(spool));
        spool.ack("eventbridge", all(spool));
        assertEquals(List.of(), ids(spool), "not sent again");
        assertEquals(1, spool.append(List.of(b)).known());

        sh("umount", path);
        assertTrue(spool.append(List.of(Events.info("c"))).durable());
        spool.ack("eventbridge", List.of());
      }
      try (StateFolder state = open()) {
        assertEquals(List.of("c"), ids(state.spool(SINKS)), "a has left the disk after all");
      }
    }

    private void readOnlyFromTheStart() throws IOException, InterruptedException {
      mountDisk("size=1m");
      open().close();
      sh("mount", "-o", "remount,ro", mount.toString());
      inMemoryAt(mount.resolve("bosky"));
    }

    private void inMemoryAt(Path path) throws IOException {
      try (StateFolder state = StateFolder.open(path, 1)) {
        assertFalse(state.isDurable());
        Spool spool = state.spool(SINKS);
        spool.append(List.of(Events.info("a")));
        assertEquals(List.of("a"), ids(spool));
      }
    }
  }
}
