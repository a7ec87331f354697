package dev.bosky.testing;

import dev.bosky.cli.Machine;
import dev.bosky.cli.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A machine whose file system is a temporary folder, described step by step. */
public final class TestMachine {
  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final AtomicLong waited = new AtomicLong();
  private byte[] in = {};

  /** A machine with nothing on it that cannot reach a metadata service. */
  public TestMachine(Path root) {
    this.root = root;
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  public TestMachine variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A file at a path that begins with a slash. */
  public TestMachine file(String path, String content) {
    Path file = root.resolve(path.substring(1));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What a file holds at a path that begins with a slash. */
  public String read(String path) {
    try {
      return Files.readString(root.resolve(path.substring(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestMachine in(byte[] bytes) {
    this.in = bytes.clone();
    return this;
  }

  public TestMachine in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs a command line on it. */
  public CommandResult run(String... args) {
    return CommandResult.of(machine(), args);
  }

  /** Runs a command line that goes on, and is watched meanwhile; returns its exit code. */
  public int run(PrintWriter out, PrintWriter err, String... args) {
    return Program.run(machine(), out, err, args);
  }

  /** What a command sees of it, as it is now. */
  public Machine machine() {
    return new Machine(
        environment,
        new ByteArrayInputStream(in),
        root,
        InstantSource.system(),
        waited::get,
        duration -> waited.addAndGet(duration.toNanos()));
  }

  /** How long commands waited; nobody really does. */
  public Duration waited() {
    return Duration.ofNanos(waited.get());
  }
}
