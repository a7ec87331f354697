package dev.bosky;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/bosky} of the packaged folder: whatever the caller's folder, environment and way of
 * calling it.
 */
class LauncherIT {

  private static final Path DISTRIBUTION = Path.of(System.getProperty("bosky.distribution"));
  private static final Path BOSKY = DISTRIBUTION.resolve("bin/bosky");
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir Path folder;

  @Test
  void bosky_needsNeitherPathNorHome() throws Exception {
    // Without a PATH every other program that the launcher called would be missing.
    Said said =
        run(folder, Map.of("JAVA_HOME", JAVA_HOME, "PATH", "/nonexistent"), BOSKY, "--version");

    assertEquals(0, said.exitCode(), said.err());
    assertTrue(said.out().contains("bosky"), said.out());
    assertEquals("", said.err());
  }

  @Test
  void bosky_isFoundThroughLinks() throws Exception {
    Path copy = copyOfDistribution(folder.resolve("opt/bosky"));
    Path there = Files.createSymbolicLink(folder.resolve("there"), copy.resolve("bin/bosky"));
    Files.createDirectories(folder.resolve("usr/bin"));
    Path here = Files.createSymbolicLink(folder.resolve("usr/bin/bosky"), Path.of("../../there"));

    Said direct = run(folder, Map.of("JAVA_HOME", JAVA_HOME), there, "--version");
    Said twice = run(folder, Map.of("JAVA_HOME", JAVA_HOME), here, "--version");

    assertEquals(0, direct.exitCode(), direct.err());
    assertEquals(direct, twice);
  }

  @Test
  void bosky_worksBelowAFolderWithSpacesAndFromWithinIt() throws Exception {
    Path copy = copyOfDistribution(folder.resolve("opt dir/bosky 1"));

    Said relative =
        run(copy.resolve("bin"), Map.of("JAVA_HOME", JAVA_HOME), Path.of("./bosky"), "--version");
    Said withoutSlash =
        run(
            copy.resolve("bin"),
            Map.of("JAVA_HOME", JAVA_HOME),
            Path.of("/bin/sh"),
            "bosky",
            "--version");

    assertEquals(0, relative.exitCode(), relative.err());
    assertEquals(relative, withoutSlash);
  }

  @Test
  void bosky_prefersTheRuntimeBesideIt() throws Exception {
    Path copy = copyOfDistribution(folder.resolve("bosky"));
    Path java = Files.createDirectories(copy.resolve("runtime/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho the runtime beside it\n");
    assertTrue(java.toFile().setExecutable(true));

    Said said = run(folder, Map.of("JAVA_HOME", JAVA_HOME), copy.resolve("bin/bosky"), "--version");

    assertEquals("the runtime beside it\n", said.out());
  }

  @Test
  void bosky_withoutJava_saysWhereItLooked() throws Exception {
    Said said = run(folder, Map.of("PATH", "/nonexistent"), BOSKY, "--version");

    assertEquals(1, said.exitCode());
    assertEquals("", said.out());
    assertEquals(
        "bosky: no Java: "
            + DISTRIBUTION
            + "/runtime, JAVA_HOME and PATH have none;"
            + " install Java 17 or later, or set JAVA_HOME\n",
        said.err());
  }

  private record Said(int exitCode, String out, String err) {}

  /** Runs it in that folder with these environment variables and no others. */
  private Said run(
      Path workingFolder, Map<String, String> environment, Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(workingFolder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return new Said(process.exitValue(), out, Files.readString(err));
  }

  private static Path copyOfDistribution(Path target) throws IOException {
    for (String name : List.of("bin/bosky", "lib/bosky.jar")) {
      Files.createDirectories(target.resolve(name).getParent());
      Files.copy(DISTRIBUTION.resolve(name), target.resolve(name));
    }
    return target;
  }
}
