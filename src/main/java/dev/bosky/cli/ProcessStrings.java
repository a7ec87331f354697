package dev.bosky.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments and the environment of a process as the kernel keeps them, read as UTF-8.
 *
 * <p>Java decodes both by the locale, and cloud-init's scripts often run without one: what is not
 * ASCII would arrive as question marks. Where {@code /proc} has nothing to say, Java's own decoding
 * must do.
 */
public final class ProcessStrings {
  /** This process. */
  public static final Path SELF = Path.of("/proc/self");

  private final Path proc;

  /**
   * The strings of the process with this folder.
   *
   * @param proc {@code /proc/self} but in tests
   */
  public ProcessStrings(Path proc) {
    this.proc = proc;
  }

  /**
   * The arguments after the main class.
   *
   * @param decoded as Java handed them over; tells how many there are
   */
  public String[] arguments(String[] decoded) {
    List<String> raw = read("cmdline");
    boolean same = Arrays.stream(decoded).allMatch(ProcessStrings::isAscii);
    return same || raw.size() < decoded.length
        ? decoded
        : raw.subList(raw.size() - decoded.length, raw.size()).toArray(String[]::new);
  }

  /**
   * The environment's variables.
   *
   * @param decoded as Java handed them over
   */
  public Map<String, String> environment(Map<String, String> decoded) {
    Map<String, String> environment = new HashMap<>();
    for (String entry : read("environ")) {
      int equals = entry.indexOf('=');
      if (equals > 0 && decoded.containsKey(entry.substring(0, equals))) {
        environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment.size() < decoded.size() ? decoded : environment;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  /** Strings that each end with a NUL; none if the file cannot be read. */
  private List<String> read(String file) {
    try {
      String text = new String(Files.readAllBytes(proc.resolve(file)), StandardCharsets.UTF_8);
      String[] parts = text.split("\0", -1);
      return List.of(parts).subList(0, parts.length - 1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
