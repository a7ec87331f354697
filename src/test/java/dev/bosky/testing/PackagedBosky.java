package dev.bosky.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program as a process of its own, in an environment with nothing but what is told.
 */
public final class PackagedBosky {
  private static final long MAX_SECONDS = 60;

  private PackagedBosky() {}

  /** The distribution folder that the build made. */
  public static Path home() {
    return Path.of(System.getProperty("bosky.distribution"));
  }

  /**
   * Runs a command line to its end.
   *
   * @param folder for its output
   * @param environment all of it: as under {@code env -i}
   */
  public static CommandResult run(
      Path folder, Map<String, String> environment, byte[] in, String... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command =
        Stream.concat(Stream.of(home().resolve("bin/bosky").toString()), Stream.of(args)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(in);
    }
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("still running after " + MAX_SECONDS + " s: " + command);
    }
    return new CommandResult(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
