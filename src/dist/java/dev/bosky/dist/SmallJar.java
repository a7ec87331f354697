package dev.bosky.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  /** Before the id, in a line of the manifest: near the jar's beginning, where the launcher reads it. */
  private static final String ID = "Bosky-Build: ";

  /**
   * Makes it.
   *
   * @param whole the jar with everything
   * @param runtime a jar with the classes of the runtime
   * @param runtimeSum tells this runtime from others
   * @return what tells this jar, for this runtime, from others; it stands in the jar, so that none
   *     can take another one's place
   */
  String make(Path whole, Path runtime, String runtimeSum, Path small) throws Exception {
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
    return store(shrunk, runtimeSum, small);
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
  private static String store(Path from, String runtimeSum, Path to) throws IOException {
    try (JarFile in = new JarFile(from.toFile());
        JarWriter out = new JarWriter(to)) {
      TreeMap<String, byte[]> entries = new TreeMap<>();
      StringBuilder sums = new StringBuilder(runtimeSum);
      for (ZipEntry entry : in.stream().filter(entry -> !entry.isDirectory()).toList()) {
        entries.put(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
      entries.forEach((name, content) -> sums.append(name).append(Archive.sum(content)));
      String id = Archive.sum(sums.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
      String manifest =
          new String(entries.remove(JarFile.MANIFEST_NAME), StandardCharsets.UTF_8)
              .replaceFirst("\r\n", "\r\n" + ID + id + "\r\n");
      out.add(JarFile.MANIFEST_NAME, manifest.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.add(entry.getKey(), entry.getValue());
      }
      return id;
    }
  }
}
