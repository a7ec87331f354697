package dev.bosky.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine: found where administrators' programs lie, run to their end. */
final class SystemCommand {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

  /** None of them has a reason to take longer; a boot must not wait for one that hangs. */
  private static final long MAX_SECONDS = 30;

  private SystemCommand() {}

  /** The program's path; cloud-init's scripts have not always a full {@code PATH}. */
  static Optional<String> find(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * Runs a program to its end.
   *
   * @param name looked for in the usual folders
   * @throws IOException if it is not there, fails or takes longer than 30 s; with what it said
   */
  static void run(String name, String... words) throws IOException, InterruptedException {
    String program =
        find(name).orElseThrow(() -> new IOException(name + ": this machine has no such program"));
    List<String> command = Stream.concat(Stream.of(program), Stream.of(words)).toList();
    String shown = String.join(" ", command);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    // What these programs say fits into a pipe, so they can end without a reader.
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("%s: no end after %d s".formatted(shown, MAX_SECONDS));
    }
    if (process.exitValue() != 0) {
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      throw new IOException("%s: exit status %d: %s".formatted(shown, process.exitValue(), said));
    }
  }
}
