package dev.bosky.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged agent as a process. All it reads and writes is in one folder: {@code log}, {@code
 * result.json}, {@code state}; what it says is appended to {@code err}.
 */
public final class PackagedAgent implements AutoCloseable {
  private final Path folder;
  private final Process process;

  private PackagedAgent(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** The options that every agent in that folder is started with. */
  public static List<String> options(Path folder, URI bus, String instanceId) {
    return List.of(
        "--project=my-project",
        "--instance-id=" + instanceId,
        "--log=" + folder.resolve("log"),
        "--result=" + folder.resolve("result.json"),
        "--status-file=" + folder.resolve("status.json"),
        "--state=" + folder.resolve("state"),
        "--endpoint-url=" + bus);
  }

  /**
   * Starts it.
   *
   * @param before what runs the program, such as {@code nice}; empty for none
   */
  public static PackagedAgent start(Path folder, List<String> before, List<String> options)
      throws IOException {
    return start(folder, before, options, "");
  }

  /**
   * Starts it.
   *
   * @param javaOptions for the Java that runs it, such as {@code -XX:SharedArchiveFile=FILE}
   */
  public static PackagedAgent start(
      Path folder, List<String> before, List<String> options, String javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(PackagedBosky.home().resolve("bin/bosky").toAbsolutePath().toString());
    command.add("agent");
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()));
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "example");
    builder.environment().put("AWS_REGION", "eu-west-1");
    builder.environment().put("BOSKY_JAVA_OPTIONS", javaOptions);
    return new PackagedAgent(folder, builder.start());
  }

  public long pid() {
    return process.pid();
  }

  /** Waits for the end of the process; false if it lives on. */
  public boolean ended(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The exit code of the process; it has to come within a minute. */
  public int exitCode() throws InterruptedException {
    if (!ended(Duration.ofMinutes(1))) {
      throw new AssertionError("still running: " + talk());
    }
    return process.exitValue();
  }

  /** SIGTERM: it may end in order. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL: nothing more is done by it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What all agents of this folder have said so far. */
  public String talk() {
    try {
      return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** cloud-init says that it is done, without an error. */
  public static void finish(Path folder) throws IOException {
    Path temp =
        Files.writeString(
            folder.resolve("result.tmp"),
            "{\"v1\":{\"datasource\":\"DataSourceEc2Local\",\"errors\":[]}}");
    Files.move(temp, folder.resolve("result.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
