package dev.bosky.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A throw-away machine on which the installed, real cloud-init boots: the root of this machine with
 * an empty layer over it.
 *
 * <p>Nothing that a boot does reaches this machine: it writes to its own layer (in memory), and
 * runs in namespaces of its own (mounts, processes, host name, network with {@code lo} only,
 * uptime) with a {@code /dev} that has no disk. It needs root, overlayfs and the packages
 * cloud-init, util-linux and iproute2; where one is missing, the test is skipped with the reason,
 * or fails if the environment says {@code BOSKY_REAL_BOOT=required}.
 *
 * <pre>{@code
 * try (RealMachine machine = RealMachine.create("i-0123456789abcdef0")) {
 *   RealBoot boot = machine.boot("#!/bin/sh\nexit 3\n");
 *   boot.await(Duration.ofMinutes(2));
 *   String log = Files.readString(machine.log());
 * }
 * }</pre>
 */
public final class RealMachine implements AutoCloseable {

  /**
   * In memory, and so not on the file system of the root: an upper layer must not lie inside its
   * own lower one.
   */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final List<String> TOOLS =
      List.of(
          "/usr/bin/cloud-init",
          "/usr/bin/unshare",
          "/usr/bin/nsenter",
          "/usr/bin/setpriv",
          "/sbin/pivot_root",
          "/sbin/ip");

  private final Path folder;
  private final Path distribution;
  private final String instanceId;
  private RealBoot boot;

  private RealMachine(Path folder, Path distribution, String instanceId) {
    this.folder = folder;
    this.distribution = distribution;
    this.instanceId = instanceId;
  }

  /**
   * A new machine with an empty disk, not booted yet.
   *
   * @param instanceId as the metadata would give it, such as {@code i-0123456789abcdef0}
   */
  public static RealMachine create(String instanceId) throws IOException, InterruptedException {
    missing().ifPresent(RealMachine::skip);
    Path folder = Files.createTempDirectory(MEMORY, "bosky-machine-");
    try {
      Files.createDirectory(folder.resolve("seed"));
      copyResource("real-boot.sh", folder);
      copyResource("harmless.cfg", folder);
    } catch (IOException e) {
      FileUtils.deleteDirectory(folder.toFile());
      throw e;
    }
    Path distribution = Path.of(System.getProperty("bosky.distribution", "target/bosky"));
    return new RealMachine(folder, distribution.toAbsolutePath(), instanceId);
  }

  /**
   * Boots with this user data; what is running is cut off first. Returns when the first stage is
   * about to start.
   */
  public RealBoot boot(String userData) throws IOException {
    Files.writeString(folder.resolve("seed/user-data"), userData);
    Files.writeString(
        folder.resolve("seed/meta-data"),
        "instance-id: " + instanceId + "\nlocal-hostname: ip-10-0-0-17\n");
    return reboot();
  }

  /**
   * Boots from the same disk with the same user data: a new boot id, an uptime from zero, an empty
   * {@code /run}.
   */
  public RealBoot reboot() throws IOException {
    if (boot != null) {
      boot.close();
    }
    Files.writeString(folder.resolve("boot_id"), UUID.randomUUID() + "\n");
    boot = RealBoot.start(folder, distribution);
    return boot;
  }

  /**
   * Where a file of the machine lies when looked at from outside, also after its power was cut.
   * Only what the machine itself wrote is there; do not follow links with an absolute target, they
   * lead into the real root.
   *
   * @param path as the machine sees it, absolute
   */
  public Path file(String path) {
    return folder.resolve("disk").resolve(Path.of("/").relativize(Path.of(path)));
  }

  /** cloud-init's output log, seen from outside. */
  public Path log() {
    return file("/var/log/cloud-init-output.log");
  }

  /** cloud-init's result of the latest boot, seen from outside. */
  public Path result() {
    return file("/run/cloud-init/result.json");
  }

  /** Cuts the power and throws the disk away. */
  @Override
  public void close() throws IOException {
    if (boot != null) {
      boot.close();
    }
    FileUtils.deleteDirectory(folder.toFile());
  }

  /** Skips the test where this program is missing, with the same strictness as for a machine. */
  public static void assumeInstalled(String program) {
    if (!Files.isExecutable(Path.of(program))) {
      skip(program + " is not installed");
    }
  }

  private static void skip(String reason) {
    if ("required".equals(System.getenv("BOSKY_REAL_BOOT"))) {
      Assertions.fail("no real cloud-init here, but BOSKY_REAL_BOOT=required: " + reason);
    }
    Assumptions.abort("no real cloud-init here: " + reason);
  }

  /** What keeps a machine from being made here, if anything. */
  private static Optional<String> missing() throws IOException, InterruptedException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self) || !Files.isDirectory(MEMORY)) {
      return Optional.of("this is no Linux with " + MEMORY);
    }
    if (!Files.getAttribute(self, "unix:uid").equals(0)) {
      return Optional.of("only root may make namespaces and mounts");
    }
    Optional<String> tool =
        TOOLS.stream().filter(path -> !Files.isExecutable(Path.of(path))).findFirst();
    if (tool.isPresent()) {
      return Optional.of(tool.get() + " is not installed");
    }
    return overlayRefused();
  }

  /**
   * Tries the two things that a container may forbid: new namespaces, and an overlay over the root.
   */
  private static Optional<String> overlayRefused() throws IOException, InterruptedException {
    Path probe = Files.createTempDirectory(MEMORY, "bosky-probe-");
    try {
      for (String name : List.of("disk", "work", "root")) {
        Files.createDirectory(probe.resolve(name));
      }
      String layers =
          "lowerdir=/,upperdir=" + probe.resolve("disk") + ",workdir=" + probe.resolve("work");
      Process mount =
          RealBoot.inNewNamespaces(
                  "mount", "-t", "overlay", "overlay", "-o", layers, probe + "/root")
              .redirectErrorStream(true)
              .start();
      mount.getOutputStream().close();
      String said = new String(mount.getInputStream().readAllBytes(), UTF_8).strip();
      return mount.waitFor() == 0
          ? Optional.empty()
          : Optional.of("no overlay over the root in new namespaces: " + said);
    } finally {
      FileUtils.deleteDirectory(probe.toFile());
    }
  }

  private static void copyResource(String name, Path folder) throws IOException {
    try (InputStream resource = RealMachine.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(resource, name), folder.resolve(name));
    }
  }
}
