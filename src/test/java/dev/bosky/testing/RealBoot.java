package dev.bosky.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.boot.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One boot of a {@link RealMachine}: cloud-init's four stages, as {@code real-boot.sh} runs them,
 * and room for an agent beside them.
 *
 * <p>The machine stays up after its last stage, until {@link #close}. Its first process waits for
 * the end of its standard input, so it also ends, and with it all its processes and mounts, when
 * this process ends in whatever way.
 */
public final class RealBoot implements AutoCloseable {

  private final Process unshare;
  private final ProcessHandle init;
  private final CompletableFuture<Map<Stage, Integer>> stages;

  private RealBoot(Process unshare, ProcessHandle init, BufferedReader said) {
    this.unshare = unshare;
    this.init = init;
    this.stages =
        CompletableFuture.supplyAsync(
            () -> readStages(said), reading -> new Thread(reading, "real-boot").start());
  }

  static RealBoot start(Path folder, Path distribution) throws IOException {
    Process unshare =
        inNewNamespaces("sh", folder + "/real-boot.sh", folder.toString(), distribution.toString())
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader said = unshare.inputReader(UTF_8);
      List<String> complaints = new ArrayList<>();
      for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
        if (line == null) {
          throw new IOException("the machine did not come up: " + String.join("; ", complaints));
        }
        complaints.add(line);
      }
      ProcessHandle init = unshare.children().findFirst().orElseThrow();
      return new RealBoot(unshare, init, said);
    } catch (IOException | RuntimeException e) {
      unshare.destroyForcibly();
      throw e;
    }
  }

  /** A command to be started in namespaces of its own, where the uptime begins at zero. */
  static ProcessBuilder inNewNamespaces(String... command) throws IOException {
    String uptime = Files.readString(Path.of("/proc/uptime"));
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--mount", "--pid", "--uts", "--ipc", "--net", "--time"));
    words.addAll(List.of("--boottime", "-" + uptime.substring(0, uptime.indexOf('.'))));
    words.addAll(List.of("--fork", "--kill-child"));
    words.addAll(List.of(command));
    return new ProcessBuilder(words);
  }

  /**
   * A command to be started on the machine, beside cloud-init: it sees the machine's files,
   * processes, boot id and uptime, and has only {@code PATH}, {@code LANG} and {@code JAVA_HOME} in
   * its environment. Its network is the real one, so that it reaches a bus on this machine's
   * loopback.
   *
   * @param command as the machine knows it; the distribution is at {@code /opt/bosky}
   */
  public ProcessBuilder command(String... command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("nsenter", "--target", Long.toString(init.pid())));
    words.addAll(List.of("--mount", "--pid", "--uts", "--ipc", "--time"));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /**
   * Waits for the end of the last stage.
   *
   * @param timeout how long to wait at most; only a failing test gets there
   * @return the exit status of each stage that ended; fewer than four if the power was cut
   */
  public Map<Stage, Integer> await(Duration timeout) throws InterruptedException, TimeoutException {
    try {
      return stages.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the machine went silent", e.getCause());
    }
  }

  /**
   * Cuts the power: every process of the machine is killed at once, in whatever it is doing.
   * Returns when all are gone.
   */
  @Override
  public void close() {
    init.destroyForcibly();
    unshare.onExit().join();
  }

  private static Map<Stage, Integer> readStages(BufferedReader said) {
    Map<Stage, Integer> statuses = new EnumMap<>(Stage.class);
    try {
      for (String line = said.readLine();
          line != null && !line.equals("over");
          line = said.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("exit")) {
          statuses.put(Stage.of(words[1]).orElseThrow(), Integer.valueOf(words[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statuses;
  }
}
