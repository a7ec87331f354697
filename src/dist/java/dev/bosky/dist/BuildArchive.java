package dev.bosky.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the archive and the packages from the distribution folder: {@code BuildArchive PROJECT
 * VERSION TIME LIBRARIES}.
 *
 * <p>The tree stays in {@code target/dist}, for the tests; the results lie in {@code target}.
 */
final class BuildArchive {
  private static final List<String> ID_FILES =
      List.of("lib/aot.id", "runtime/release.id");

  private BuildArchive() {}

  public static void main(String[] args) throws Exception {
    try {
      Build build = Build.of(args, "dist");
      build.makeTree();
      build.trainCache();
      build.pack();
    } catch (BuildException e) {
      System.err.println("bosky archive: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * One build.
   *
   * @param target where Maven's results lie, and ours
   * @param work a folder for what comes in between
   * @param tree what becomes the archive
   */
  record Build(
      Path project, String version, Instant time, String libraries, Path target, Path work, Path tree) {

    /**
     * With the arguments of the program.
     *
     * @param folder where the tree is made, below {@code target}
     */
    static Build of(String[] args, String folder) {
      Path project = Path.of(args[0]);
      Path target = project.resolve("target");
      return new Build(
          project,
          args[1],
          Instant.parse(args[2]),
          args[3],
          target,
          target.resolve(folder + "-work"),
          target.resolve(folder).resolve("bosky-" + args[1]));
    }

    /** Makes all of the tree but the cache. */
    void makeTree() throws Exception {
      Files.createDirectories(work);
      copyTree(target.resolve("bosky"), tree);
      Jdk jdk = findJdk();
      RuntimeImage runtime = RuntimeImage.link(jdk, tree.resolve("runtime"));
      Path classes = work.resolve("runtime-classes.jar");
      runtime.writeClasses(classes);
      String id =
          new SmallJar(project.resolve("src/dist/shrink"), work)
              .make(
                  target.resolve("bosky/lib/bosky.jar"),
                  classes,
                  Archive.sum(tree.resolve("runtime/lib/modules")),
                  tree.resolve("lib/bosky.jar"));
      List<Path> jars =
          Stream.of(libraries.split(File.pathSeparator))
              .filter(name -> name.endsWith(".jar"))
              .map(Path::of)
              .toList();
      new Licences(tree.resolve("legal"), project.resolve("src/dist/licences"))
          .write(jars, target.resolve("sbom.json"), tree.resolve("lib/bosky.jar"), jdk);
      writeIds(tree, id);
    }

    private void trainCache() throws Exception {
      // The cache remembers the times of what it was made from.
      archive().setTimes();
      new Cache(findJdk(), tree, work.resolve("rehearsal"))
          .train(project.resolve("src/main/resources/dev/bosky/demo/failing-boot"));
    }

    /** The tree in the form of an archive. */
    Archive archive() {
      return new Archive(tree, time);
    }

    private static Jdk findJdk() throws IOException {
      return Jdk.find(System.getenv(), Path.of(System.getProperty("java.home")));
    }

    /**
     * What the launcher reads to see that jar, runtime and cache belong together: the jar's id twice
     * more. In the order of the archive one stands before the cache, one behind the runtime: where
     * unpacking over another version ended in the middle, they differ.
     */
    private static void writeIds(Path tree, String id) throws IOException {
      for (String name : ID_FILES) {
        Files.writeString(tree.resolve(name), id + "\n");
      }
    }

    private void pack() throws Exception {
      String name = "bosky-%s-linux-%s".formatted(version, machine());
      Path gz = target.resolve(name + ".tar.gz");
      Path xz = target.resolve(name + ".tar.xz");
      archive().writeGz(gz);
      archive().writeXz(xz);
      PackageInfo info =
          new PackageInfo(tree, version, machine(), time, project.resolve("src/dist/package"));
      Path deb = new DebPackage(info, work).write(target);
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
