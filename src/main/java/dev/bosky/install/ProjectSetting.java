package dev.bosky.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The project in the configuration file. Only its own line is touched: what people wrote beside it,
 * comments too, stays as it is.
 */
final class ProjectSetting {
  private static final String KEY = "project:";

  private final Path file;
  private final String line;

  /**
   * What is to stand in the file.
   *
   * @param project any text; written as a quoted YAML string
   */
  ProjectSetting(Path file, String project) {
    this.file = file;
    this.line = KEY + " '" + project.replace("'", "''") + "'";
  }

  boolean isDone() throws IOException {
    return lines().contains(line);
  }

  void apply() throws IOException {
    List<String> lines = lines();
    lines.removeIf(other -> other.startsWith(KEY));
    // Ahead of all: behind a list or a map it might become a part of that.
    int first = 0;
    while (first < lines.size() && isBeforeKeys(lines.get(first))) {
      first++;
    }
    lines.add(first, line);
    Disk.write(file, String.join("\n", lines) + "\n");
  }

  /** Comments and {@code ---} at the head of the file. */
  private static boolean isBeforeKeys(String line) {
    return line.isBlank() || line.startsWith("#") || line.startsWith("---");
  }

  private List<String> lines() throws IOException {
    try {
      return new ArrayList<>(Files.readAllLines(file, UTF_8));
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    }
  }
}
