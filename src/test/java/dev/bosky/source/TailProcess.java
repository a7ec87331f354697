package dev.bosky.source;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@link TailProgram} in a process of its own, started by whatever command comes before it. */
final class TailProcess implements Closeable {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private TailProcess(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts it on a log.
   *
   * @param classes a folder that the program's user can read: the classes are copied there
   * @param prefix what becomes the program by {@code exec}, such as {@code setpriv}
   */
  static TailProcess start(Path classes, Path log, String... prefix) throws IOException {
    copyClasses(LogTailer.class, classes);
    copyClasses(TailProgram.class, classes);
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classes.toString(), TailProgram.class.getName()));
    command.add(log.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new TailProcess(builder.start());
  }

  /** The user may not be able to read the build's own folder. */
  private static void copyClasses(Class<?> from, Path to) throws IOException {
    Path root;
    try {
      root = Path.of(from.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    try (Stream<Path> files = Files.walk(root.resolve("dev/bosky/source"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(root.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  long pid() {
    return process.pid();
  }

  /** What one poll gives: lines, and sentences of notices. */
  List<String> poll() {
    return command("poll");
  }

  void restart() {
    command("restart");
  }

  private List<String> command(String command) {
    List<String> answer = new ArrayList<>();
    try {
      in.write(command + "\n");
      in.flush();
      for (String line = out.readLine(); !".".equals(line); line = out.readLine()) {
        if (line == null) {
          throw new AssertionError("the process ended: " + answer);
        }
        answer.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
