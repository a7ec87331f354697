package dev.bosky.dist;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The JDK whose runtime goes into the archive.
 *
 * @param home its folder
 */
record Jdk(Path home) {
  /** The one whose ahead-of-time cache we know: others write and read it differently. */
  static final int VERSION = 25;

  /** Names a JDK where it is not to be looked for. */
  static final String VARIABLE = "BOSKY_JDK";

  /** Where Linux distributions and installers put JDKs: folders with a JDK each. */
  private static final List<String> FOLDERS =
      List.of("/usr/lib/jvm", "/usr/local", "/opt", "$HOME/.sdkman/candidates/java", "$HOME/.jdks");

  /**
   * The JDK that {@code BOSKY_JDK} names; else {@code JAVA_HOME}, the JDK that runs this, or one in a
   * usual place, whichever first is of the right version.
   *
   * @throws BuildException if there is none
   */
  static Jdk find(Map<String, String> environment, Path running) throws IOException {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      Path home = Path.of(named);
      if (!isRight(home)) {
        throw new BuildException(
            "%s=%s: expected a JDK %d with bin/jlink, found %s"
                .formatted(VARIABLE, named, VERSION, version(home)));
      }
      return new Jdk(home);
    }
    List<Path> candidates = new ArrayList<>();
    if (!environment.getOrDefault("JAVA_HOME", "").isEmpty()) {
      candidates.add(Path.of(environment.get("JAVA_HOME")));
    }
    candidates.add(running);
    String user = environment.getOrDefault("HOME", "/nonexistent");
    for (String folder : FOLDERS) {
      addFolders(candidates, Path.of(folder.replace("$HOME", user)));
    }
    for (Path home : candidates) {
      if (isRight(home)) {
        return new Jdk(home);
      }
    }
    throw new BuildException(
        "the archive needs JDK %d, and there is none in JAVA_HOME, %s: install one, or set %s"
            .formatted(VERSION, String.join(", ", FOLDERS), VARIABLE));
  }

  Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static void addFolders(List<Path> candidates, Path folder) throws IOException {
    if (!Files.isReadable(folder)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    }
    found.sort(null);
    candidates.addAll(found);
  }

  private static boolean isRight(Path home) throws IOException {
    String version = version(home);
    boolean right = version.equals("" + VERSION) || version.startsWith(VERSION + ".");
    return right && Files.isExecutable(home.resolve("bin/jlink"));
  }

  /** The version in the file that each JDK has for this; "nothing of the kind" without one. */
  private static String version(Path home) throws IOException {
    return Files.isReadable(home.resolve("release"))
        ? new Jdk(home).fact("JAVA_VERSION")
        : "nothing of the kind";
  }

  /** What the JDK says of itself under that name, such as {@code IMPLEMENTOR}. */
  String fact(String name) throws IOException {
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      facts.load(reader);
    }
    return facts.getProperty(name, "unknown").replace("\"", "");
  }
}
