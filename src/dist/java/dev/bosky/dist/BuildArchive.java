package dev.bosky.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Makes the archive and the packages from the distribution folder: {@code BuildArchive PROJECT
 * VERSION TIME LIBRARIES}.
 *
 * <p>The tree stays in {@code target/dist}, for the tests; the results lie in {@code target}.
 */
final class BuildArchive {
  private static final List<String> ID_FILES =
      List.of("lib/aot.id", "lib/jar.id", "runtime/release.id");

  private BuildArchive() {}

  public static void main(String[] args) throws Exception {
    try {
      new Build(Path.of(args[0]), args[1], Instant.parse(args[2]), args[3]).run();
    } catch (BuildException e) {
      System.err.println("bosky archive: " + e.getMessage());
      System.exit(1);
    }
  }

  private record Build(Path project, String version, Instant time, String libraries) {
    void run() throws Exception {
      Path target = project.resolve("target");
      Path work = Files.createDirectories(target.resolve("dist-work"));
      Path tree = target.resolve("dist/bosky-" + version);
      Jdk jdk = Jdk.find(System.getenv(), Path.of(System.getProperty("java.home")));
      copyTree(target.resolve("bosky"), tree);

      RuntimeImage runtime = RuntimeImage.link(jdk, tree.resolve("runtime"));
      Path classes = work.resolve("runtime-classes.jar");
      runtime.writeClasses(classes);
      new SmallJar(project.resolve("src/dist/shrink"), work)
          .make(target.resolve("bosky/lib/bosky.jar"), classes, tree.resolve("lib/bosky.jar"));
      new Licences(tree.resolve("legal")).write(libraries, target.resolve("sbom.json"));
      writeIds(tree);
      // The cache remembers the times of what it was made from.
      Archive archive = new Archive(tree, time);
      archive.setTimes();
      new Cache(jdk, tree, work.resolve("rehearsal"))
          .train(project.resolve("src/main/resources/dev/bosky/demo/failing-boot"));

      pack(archive, target);
    }

    /**
     * What the launcher reads to see that jar, runtime and cache belong together: the same id three
     * times. In the order of the archive one stands before the cache, one behind the jar, one behind
     * the runtime: where unpacking over another version ended in the middle, they differ.
     */
    private static void writeIds(Path tree) throws IOException {
      String sums =
          Archive.sum(tree.resolve("lib/bosky.jar"))
              + Archive.sum(tree.resolve("runtime/lib/modules"));
      String id = Archive.sum(sums.getBytes(StandardCharsets.US_ASCII)).substring(0, 16);
      for (String name : ID_FILES) {
        Files.writeString(tree.resolve(name), id + "\n");
      }
    }

    private void pack(Archive archive, Path target) throws Exception {
      String name = "bosky-%s-linux-%s".formatted(version, machine());
      Path gz = target.resolve(name + ".tar.gz");
      Path xz = target.resolve(name + ".tar.xz");
      archive.writeGz(gz);
      archive.writeXz(xz);
      PackageInfo info =
          new PackageInfo(
              archive.tree(), version, machine(), time, project.resolve("src/dist/package"));
      Path deb = new DebPackage(info, target.resolve("dist-work")).write(target);
      Path rpm = new RpmPackage(info).write(target);
      for (Path file : List.of(gz, xz, deb, rpm)) {
        Archive.writeSum(file);
        System.out.printf("%s: %.1f MB%n", file.getFileName(), Files.size(file) / 1e6);
      }
    }

    /** As {@code uname -m} says it. */
    private static String machine() {
      String name = System.getProperty("os.arch");
      return name.equals("amd64") ? "x86_64" : name;
    }

    private static void copyTree(Path from, Path to) throws IOException {
      Archive.delete(to);
      for (Path file : Archive.files(from)) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (!file.endsWith("lib/bosky.jar")) {
          Files.copy(file, copy);
          copy.toFile().setExecutable(Files.isExecutable(file), false);
        }
      }
    }
  }
}
