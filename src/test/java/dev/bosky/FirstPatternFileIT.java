package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.PackagedBosky;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's "Write your first pattern file", followed word by word in an empty folder with the
 * packaged program: its log, its file, each of its commands and what each of them prints.
 */
class FirstPatternFileIT {
  private static final String HEAD = "### Write your first pattern file";
  private static final String FENCE = "```";

  @TempDir Path folder;

  @Test
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readme_doesWhatItShows() throws Exception {
    int commands = 0;

    for (String block : blocks()) {
      String body = block.substring(block.indexOf('\n') + 1);
      switch (block.substring(0, block.indexOf('\n'))) {
        case "text" -> Files.writeString(folder.resolve("boot.log"), body);
        case "yaml" -> Files.writeString(folder.resolve("checkout.yaml"), body);
        case "console" -> {
          StringBuilder seen = new StringBuilder();
          for (String line : body.lines().filter(line -> line.startsWith("$ ")).toList()) {
            seen.append(line).append('\n').append(run(line.substring(2)));
            commands++;
          }
          assertEquals(body, seen.toString());
        }
        default -> throw new AssertionError("a block of no known kind: " + block);
      }
    }

    assertTrue(commands >= 10, "commands: " + commands);
  }

  /** The fenced blocks of the section, each with its kind in its first line. */
  private static List<String> blocks() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf(HEAD) + HEAD.length());
    String[] pieces = section.substring(0, section.indexOf("\n### ")).split(FENCE);
    List<String> blocks = new ArrayList<>();
    for (int i = 1; i < pieces.length; i += 2) {
      blocks.add(pieces[i]);
    }
    return blocks;
  }

  /** What a command line prints, in a shell whose {@code PATH} begins with the program. */
  private String run(String command) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    String bin = PackagedBosky.home().toAbsolutePath().resolve("bin").toString();
    shell.environment().clear();
    shell.environment().put("PATH", bin + ":/usr/bin:/bin");
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = shell.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
