package dev.bosky.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.boot.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One boot of a {@link RealMachine}, and room for an agent beside it.
 *
 * <p>The machine stays up after cloud-init's last stage, until {@link #close}. It ends with this
 * process too, in whatever way this process ends: see {@code real-machine.sh}.
 */
public final class RealBoot implements AutoCloseable {

  /** What runs cloud-init's stages; the words of {@code real-boot.sh}. */
  enum Mode {
    TRY,
    STAGES,
    SYSTEMD
  }

  private final Mode mode;
  private final Process machine;
  private final ProcessHandle init;
  private final CompletableFuture<Map<Stage, Integer>> stages;

  private RealBoot(Mode mode, Process machine, ProcessHandle init, BufferedReader said) {
    this.mode = mode;
    this.machine = machine;
    this.init = init;
    this.stages =
        CompletableFuture.supplyAsync(
            () -> readStages(said), reading -> new Thread(reading, "real-boot").start());
  }

  /**
   * Returns when the machine's root is mounted and it is about to boot; throws with what it said if
   * it does not come so far.
   */
  static RealBoot start(Mode mode, Path folder, Path distribution, String place)
      throws IOException {
    Process machine =
        new ProcessBuilder(
                "sh",
                folder + "/real-machine.sh",
                mode.name().toLowerCase(Locale.ROOT),
                folder.toString(),
                distribution.toString(),
                place)
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader said = machine.inputReader(UTF_8);
      List<String> complaints = new ArrayList<>();
      for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
        if (line == null) {
          throw new IOException("the machine did not come up: " + String.join("; ", complaints));
        }
        complaints.add(line);
      }
      ProcessHandle unshare = machine.children().findFirst().orElseThrow();
      return new RealBoot(mode, machine, unshare.children().findFirst().orElseThrow(), said);
    } catch (IOException | RuntimeException e) {
      end(machine);
      throw e;
    }
  }

  /** Lets cloud-init's first stage start. */
  public void begin() throws IOException {
    machine.getOutputStream().write("begin\n".getBytes(UTF_8));
    machine.getOutputStream().flush();
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
    List<String> words = new ArrayList<>(enter());
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
   * The same command as a child of the machine's first process; what is started here ends at once.
   * So must run whatever is to see the machine switch itself off: systemd then stops all processes
   * for a moment, {@code nsenter} stops with the one that it waits for, and nobody lets it go on.
   */
  public ProcessBuilder detached(ProcessBuilder command) {
    command.command().addAll(enter().size(), List.of("sh", "-c", "\"$@\" &", "sh"));
    return command;
  }

  private List<String> enter() {
    String target = Long.toString(init.pid());
    return List.of("nsenter", "--target", target, "--mount", "--pid", "--uts", "--ipc", "--time");
  }

  /**
   * The packaged agent, to be started on the machine beside cloud-init, for the project {@code
   * my-project} and a bus on this machine's loopback. What it says goes to its standard output.
   *
   * @param options more of them
   */
  public ProcessBuilder agent(URI bus, String instanceId, String... options) {
    List<String> words = new ArrayList<>(List.of("/opt/bosky/bin/bosky", "agent"));
    words.addAll(List.of("--project", "my-project", "--instance-id", instanceId));
    words.addAll(List.of("--region", "eu-west-1", "--endpoint-url", bus.toString()));
    words.addAll(List.of(options));
    ProcessBuilder agent = command(words.toArray(String[]::new)).redirectErrorStream(true);
    agent.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    agent.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    agent.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    return agent;
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
   * Waits until the machine has switched itself off, as {@code reboot} and {@code poweroff} do
   * here.
   *
   * @param timeout how long to wait at most; only a failing test gets there
   */
  public void awaitOff(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    init.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Cuts the power: every process of the machine is killed in whatever it is doing. Returns when
   * all are gone.
   */
  @Override
  public void close() throws IOException {
    init.destroyForcibly();
    end(machine);
  }

  Mode mode() {
    return mode;
  }

  private static void end(Process machine) throws IOException {
    machine.getOutputStream().close();
    machine.onExit().join();
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
