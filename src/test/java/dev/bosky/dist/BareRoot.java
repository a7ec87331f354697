package dev.bosky.dist;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The root of a machine with next to nothing on it: Debian as {@code debootstrap --variant=minbase}
 * makes it, without Java, Python, curl or systemd, and an empty layer over it that is thrown away.
 *
 * <p>Needs root, overlayfs, {@code debootstrap} and the way to Debian's packages; where one is
 * missing, the test is skipped with the reason, or fails if the environment says {@code
 * BOSKY_REAL_BOOT=required}.
 */
final class BareRoot implements AutoCloseable {
  /** What a root begins with; made once, and left for the next build until {@code mvn clean}. */
  private static final Path BASE = Path.of("target/bare-root").toAbsolutePath();

  private static final String RELEASE = "bookworm";
  private static final long MAX_MINUTES = 10;

  private final Path folder;

  private BareRoot(Path folder) {
    this.folder = folder;
  }

  /** How much the command may do. */
  enum Kind {
    /** What root may. */
    OPEN,
    /** The same, and it runs on this machine; the root is at {@code $ROOT}. */
    BESIDE,
    /** {@code /usr} is read-only, {@code /tmp} is noexec, and 512 MB of memory is all there is. */
    TIGHT
  }

  /** A new root. */
  static BareRoot create() throws IOException, InterruptedException {
    makeBase();
    // In memory: an upper layer must not lie inside the overlay that a container's root may be.
    BareRoot root = new BareRoot(Files.createTempDirectory(Path.of("/dev/shm"), "bosky-bare-"));
    Files.createDirectory(root.folder.resolve("disk"));
    try (InputStream script = BareRoot.class.getResourceAsStream("bare-root.sh")) {
      Files.copy(Objects.requireNonNull(script), root.folder.resolve("bare-root.sh"));
    }
    CommandResult tried = root.run(Kind.TIGHT, Map.of(), "/bin/true");
    if (tried.exitCode() != 0) {
      root.close();
      RealMachine.skip("no root of its own can be mounted: " + tried.err().strip());
    }
    return root;
  }

  /** Puts a file or a folder below the root. */
  BareRoot with(Path file, String path) throws IOException, InterruptedException {
    Files.createDirectories(file(path).getParent());
    CommandResult copied =
        UnpackedArchive.run(folder, Map.of(), "/bin/cp", "-a", file + "", file(path) + "");
    if (copied.exitCode() != 0) {
      throw new IOException(copied.err());
    }
    return this;
  }

  /**
   * Where a file lies when looked at from outside. Only what was written since the beginning is
   * there.
   *
   * @param path as seen from inside, absolute
   */
  Path file(String path) {
    return folder.resolve("disk").resolve(Path.of("/").relativize(Path.of(path)));
  }

  /**
   * Runs a command in it to its end; processes that it leaves behind are killed.
   *
   * @param environment all of it
   */
  CommandResult run(Kind kind, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("/bin/sh", folder + "/bare-root.sh", BASE + "", folder + ""));
    words.add(kind.name().toLowerCase(Locale.ROOT));
    words.addAll(List.of(command));
    return UnpackedArchive.run(folder, environment, words.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private static void delete(Path tree) throws IOException {
    Process rm = new ProcessBuilder("/bin/rm", "-rf", tree.toString()).inheritIO().start();
    if (rm.onExit().join().exitValue() != 0) {
      throw new IOException(tree + ": not deleted");
    }
  }

  private static void makeBase() throws IOException, InterruptedException {
    RealMachine.assumeInstalled("/usr/sbin/debootstrap");
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      RealMachine.skip("only root may make a root");
    }
    if (Files.isDirectory(BASE)) {
      return;
    }
    Path fresh = BASE.resolveSibling("bare-root.new");
    delete(fresh);
    Path log = BASE.resolveSibling("bare-root.log");
    Process debootstrap =
        new ProcessBuilder("/usr/sbin/debootstrap", "--variant=minbase", RELEASE, fresh.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    debootstrap.getOutputStream().close();
    if (!debootstrap.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
      debootstrap.destroyForcibly().waitFor();
    }
    if (debootstrap.exitValue() != 0) {
      RealMachine.skip("debootstrap does not work here: " + log + ": " + lastLine(log));
    }
    Files.move(fresh, BASE, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
  }
}
