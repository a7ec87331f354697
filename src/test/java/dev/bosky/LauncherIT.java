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

  @Test
  void bosky_tellsThatJavaIsTooOld() throws Exception {
    for (String version : List.of("11.0.22", "1.8.0_392")) {
      Path java = java(folder.resolve("jdk-" + version), version);

      Said said = run(folder, Map.of("JAVA_HOME", jdk(java).toString()), BOSKY, "--version");
      Said inPath = run(folder, Map.of("PATH", java.getParent().toString()), BOSKY, "--version");

      String expected =
          "bosky: "
              + java
              + " is Java "
              + version
              + ": install Java 17 or later, or set JAVA_HOME\n";
      assertEquals(new Said(1, "", expected), said);
      assertEquals(said, inPath);
    }
  }

  @Test
  void bosky_startsAJavaThatIsNewOrSaysNothingOfItsVersion() throws Exception {
    for (String version : List.of("17", "17.0.1", "21-ea", "25.0.1", "")) {
      Path java = java(folder.resolve("jdk-" + version), version);

      Said said = run(folder, Map.of("JAVA_HOME", jdk(java).toString()), BOSKY, "--version");

      assertEquals(new Said(0, "java of " + version + "\n", ""), said);
    }
  }

  @Test
  void bosky_prefersTheJavaThatIsNamed() throws Exception {
    Path java = java(folder.resolve("other"), "25");
    Map<String, String> named = Map.of("JAVA_HOME", JAVA_HOME, "BOSKY_JAVA", java.toString());

    assertEquals("java of 25\n", run(folder, named, BOSKY, "--version").out());
  }

  @Test
  void bosky_doesNotTakeAnotherJavaThanTheOneThatIsNamed() throws Exception {
    Path notExecutable = Files.writeString(folder.resolve("java"), "#!/bin/sh\n");
    // A home where its java should be named.
    for (Path unfit : List.of(Path.of("/nonexistent"), notExecutable, Path.of(JAVA_HOME))) {
      Map<String, String> named = Map.of("JAVA_HOME", JAVA_HOME, "BOSKY_JAVA", unfit.toString());
      assertEquals(
          new Said(
              1,
              "",
              "bosky: BOSKY_JAVA: no program at "
                  + unfit
                  + "; name a java command, such as /usr/lib/jvm/jre-17/bin/java\n"),
          run(folder, named, BOSKY, "--version"));
    }

    Path old = java(folder.resolve("jdk-11"), "11.0.22");
    Map<String, String> named = Map.of("JAVA_HOME", JAVA_HOME, "BOSKY_JAVA", old.toString());
    assertEquals(
        new Said(
            1, "", "bosky: " + old + " is Java 11.0.22: let BOSKY_JAVA name a Java 17 or later\n"),
        run(folder, named, BOSKY, "--version"));
  }

  @Test
  void bosky_handsOnFurtherOptions() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", JAVA_HOME, "BOSKY_JAVA_OPTIONS", "-Xmx200m -Dx=y -showversion");

    Said said = run(folder, environment, BOSKY, "--version");

    assertEquals(0, said.exitCode());
    assertTrue(said.err().contains(System.getProperty("java.version")), said.err());
  }

  @Test
  void bosky_withoutItsFolder_saysSo() throws Exception {
    Path alone = Files.createDirectories(folder.resolve("bin")).resolve("bosky");
    Files.copy(BOSKY, alone);

    Said said = run(folder, Map.of("JAVA_HOME", JAVA_HOME), alone, "--version");

    assertEquals(
        new Said(
            1,
            "",
            "bosky: "
                + folder
                + "/lib/bosky.jar: not there, or not to be read; bin/bosky works within its folder\n"),
        said);
  }

  @Test
  void bosky_findsFilesWithAnyNameWithoutALocale() throws Exception {
    // The shell makes the name, so that the test does not depend on its own locale.
    String script =
        """
        file=$(printf 'gr\\303\\266\\303\\237e \\360\\237\\232\\200.yaml')
        echo 'project: checkout' > "$file"
        exec "$0" permissions --config "$file"
        """;

    for (String locale : List.of("", "POSIX", "xx_XX.UTF-8")) {
      Map<String, String> environment = Map.of("JAVA_HOME", JAVA_HOME, "LC_ALL", locale);
      Said said = run(folder, environment, Path.of("/bin/sh"), "-c", script, BOSKY.toString());

      assertEquals("", said.err());
      assertTrue(said.out().contains("\"checkout\""), said.out());
    }
  }

  /** A program that only tells its name, in a folder that looks like that version of Java. */
  private static Path java(Path home, String version) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'java of " + version + "'\n");
    assertTrue(java.toFile().setExecutable(true));
    if (!version.isEmpty()) {
      Files.writeString(
          home.resolve("release"),
          "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x86_64\"\n");
    }
    return java;
  }

  private static Path jdk(Path java) {
    return java.getParent().getParent();
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
