package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.spool.DiskStorage;
import dev.bosky.spool.Requests;
import dev.bosky.spool.StateFolder;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bin/bosky} and {@link Requests}, the two halves of a call without Java, with the shells
 * that {@code sh} may be. The launcher is the shipped one, but for the place of the inbox; the
 * agent is any process. Where the launcher does not hand over, it misses the jar beside it, and
 * says so.
 */
@ParameterizedClass
@ValueSource(strings = {"/bin/dash", "/bin/bash --posix", "/bin/busybox ash"})
abstract class LauncherAndInbox {
  static final String BOOT = bootId();

  @Parameter String shell;
  @TempDir Path folder;

  private Path launcher;
  Path inbox;
  private StateFolder state;
  Requests requests;
  Process agent;

  @BeforeEach
  void open() throws Exception {
    RealMachine.assumeInstalled(shell.split(" ")[0]);
    inbox = folder.resolve("state/inbox");
    launcher = Files.createDirectories(folder.resolve("bosky/bin")).resolve("bosky");
    String shipped = Files.readString(Path.of("src/main/dist/bin/bosky"));
    assertTrue(shipped.contains("inbox=/var/lib/bosky/inbox\n"));
    Files.writeString(
        launcher, shipped.replace("inbox=/var/lib/bosky/inbox\n", "inbox=" + inbox + "\n"));
    agent = new ProcessBuilder("tail", "-f", "/dev/null").start();
    state = StateFolder.open(folder.resolve("state"), agent.pid());
    requests = state.requests();
    requests.open(agent.pid(), began(agent.pid()), BOOT);
  }

  @AfterEach
  void close() throws Exception {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
      state.close();
    }
  }

  Requests.Request takeOne() throws IOException {
    List<Requests.Request> taken = requests.take();
    assertEquals(1, taken.size(), () -> String.valueOf(taken));
    requests.done(taken.get(0));
    assertEquals(List.of("open"), new DiskStorage().list(inbox));
    return taken.get(0);
  }

  Requests.Request awaitOne(Process call) throws IOException {
    List<Requests.Request> taken = List.of();
    while (call.isAlive() && taken.isEmpty()) {
      taken = requests.take();
    }
    assertEquals(1, taken.size());
    return taken.get(0);
  }

  void assertLongWay(CommandResult result) throws IOException {
    assertTrue(result.err().endsWith("bin/bosky works within its folder\n"), result.toString());
    assertEquals(1, result.err().lines().count(), result.toString());
    assertEquals(1, result.exitCode());
    List<String> left = new ArrayList<>(new DiskStorage().list(inbox));
    left.remove("open");
    assertEquals(List.of(), left);
  }

  CommandResult call(String... args) throws Exception {
    return run(Map.of(), words(), args);
  }

  Process start(String... args) throws IOException {
    return start(Map.of(), words(), args);
  }

  /** These words and then the launcher, by the shell of this round. */
  List<String> words(String... before) {
    List<String> words = new ArrayList<>(List.of(before));
    words.addAll(List.of(shell.split(" ")));
    words.add(launcher.toString());
    return words;
  }

  CommandResult run(Map<String, String> environment, List<String> words, String... args)
      throws Exception {
    return end(start(environment, words, args));
  }

  Process start(Map<String, String> environment, List<String> words, String... args)
      throws IOException {
    words.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder.start();
  }

  CommandResult end(Process call) throws Exception {
    int exitCode = call.waitFor();
    return new CommandResult(
        exitCode, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
  }

  static void signal(Process process, String name) throws Exception {
    String id = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("/bin/kill", "-" + name, id).start().waitFor());
  }

  static String began(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "none";
    }
  }
}
