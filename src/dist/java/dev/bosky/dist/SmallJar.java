package dev.bosky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/**
 * The program's jar without what nobody calls, such as the other clients of the AWS SDK: a third of
 * the classes. Names and instructions stay as they are.
 *
 * @param rules the folder with ProGuard's rules
 * @param work a folder for what comes in between
 */
record SmallJar(Path rules, Path work) {
  /** Libraries whose class files are of another age: slf4j-api and picocli. */
  private static final String OLD = "picocli/**,org/slf4j/**,javax/annotation/**";

  /**
   * Makes it.
   *
   * @param whole the jar with everything
   * @param runtime a jar with the classes of the runtime
   */
  void make(Path whole, Path runtime, Path small) throws Exception {
    Path old = work.resolve("old-classes.jar");
    Path shrunk = work.resolve("shrunk.jar");
    Files.deleteIfExists(old);
    Files.deleteIfExists(shrunk);
    run(
        "old-classes.pro",
        "-injars %s(%s)".formatted(quoted(whole), OLD),
        "-outjars " + quoted(old),
        "-libraryjars " + quoted(runtime));
    run(
        "bosky.pro",
        "-injars %s(%s,!META-INF/maven/**)".formatted(quoted(whole), not(OLD)),
        "-injars " + quoted(old),
        "-outjars " + quoted(shrunk),
        "-libraryjars " + quoted(runtime));
    store(shrunk, small);
  }

  private static String not(String list) {
    return "!" + list.replace(",", ",!");
  }

  private void run(String rulesFile, String... files) throws Exception {
    Configuration configuration = new Configuration();
    try (ConfigurationParser parser =
        new ConfigurationParser(String.join("\n", files), "files", null, System.getProperties())) {
      parser.parse(configuration);
    }
    try (ConfigurationParser parser =
        new ConfigurationParser(rules.resolve(rulesFile).toFile(), System.getProperties())) {
      parser.parse(configuration);
    }
    new ProGuard(configuration).execute();
  }

  private static String quoted(Path file) {
    return "'" + file + "'";
  }

  /** The same entries in the order of their names, the manifest first. */
  private static void store(Path from, Path to) throws IOException {
    try (JarFile in = new JarFile(from.toFile());
        JarWriter out = new JarWriter(to)) {
      TreeMap<String, ZipEntry> entries = new TreeMap<>();
      in.stream().filter(entry -> !entry.isDirectory()).forEach(e -> entries.put(e.getName(), e));
      ZipEntry manifest = entries.remove(JarFile.MANIFEST_NAME);
      for (ZipEntry first : List.of(manifest)) {
        out.add(first.getName(), in.getInputStream(first).readAllBytes());
      }
      for (ZipEntry entry : entries.values()) {
        out.add(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
    }
  }
}
