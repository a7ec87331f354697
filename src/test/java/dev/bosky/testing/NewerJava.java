package dev.bosky.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java newer than the oldest that Bosky runs on, for what only such a one can do. */
public final class NewerJava {
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  private NewerJava() {}

  /**
   * Its {@code java} command: of the Java that runs this, of {@code BOSKY_JDK} or {@code
   * JAVA_HOME}, or of one where Linux distributions put them.
   *
   * @param version the oldest that will do
   */
  public static Optional<Path> command(int version) throws IOException {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    for (String variable : List.of("BOSKY_JDK", "JAVA_HOME")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(homes::add);
    }
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(usual)) {
        entries.forEach(homes::add);
      }
    }
    for (Path home : homes) {
      if (versionOf(home) >= version) {
        return Optional.of(home.resolve("bin/java"));
      }
    }
    return Optional.empty();
  }

  /** From the file that each JDK has for this; 0 without one. */
  private static int versionOf(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    Matcher version = VERSION.matcher(Files.readString(release, StandardCharsets.UTF_8));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
