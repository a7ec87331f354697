package dev.bosky.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A throw-away machine on which the installed, real cloud-init boots: the root of this machine with
 * an empty layer over it.
 *
 * <p>Nothing that a boot does reaches this machine: it writes to its own layer (in memory), and
 * runs in namespaces of its own (mounts, processes, host name, network with {@code lo} only,
 * control groups, uptime) with a {@code /dev} that has no disk. It needs root, overlayfs and the
 * packages cloud-init, util-linux and iproute2; where one is missing, the test is skipped with the
 * reason, or fails if the environment says {@code BOSKY_REAL_BOOT=required}.
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
          "/usr/bin/unshare",
          "/usr/bin/nsenter",
          "/usr/bin/setpriv",
          "/sbin/pivot_root",
          "/sbin/ip");

  private final Path folder;
  private final Path distribution;
  private final String place;
  private final String instanceId;
  private RealBoot boot;

  private RealMachine(Path folder, Path distribution, String place, String instanceId) {
    this.folder = folder;
    this.distribution = distribution;
    this.place = place;
    this.instanceId = instanceId;
  }

  /**
   * A new machine with an empty disk, not booted yet.
   *
   * @param instanceId as the metadata would give it, such as {@code i-0123456789abcdef0}
   */
  public static RealMachine create(String instanceId) throws IOException {
    return create(instanceId, "/opt/bosky");
  }

  /**
   * As {@link #create(String)}, with the distribution where nothing else expects it.
   *
   * @param place the folder of the machine where the packaged distribution is, read-only
   */
  public static RealMachine create(String instanceId, String place) throws IOException {
    return create(
        instanceId, place, Path.of(System.getProperty("bosky.distribution", "target/bosky")));
  }

  /**
   * As {@link #create(String, String)}, with another distribution than the packaged folder.
   *
   * @param distribution such as the archive, unpacked
   */
  public static RealMachine create(String instanceId, String place, Path distribution)
      throws IOException {
    missing().ifPresent(RealMachine::skip);
    Path folder = Files.createTempDirectory(MEMORY, "bosky-machine-");
    RealMachine machine = new RealMachine(folder, distribution.toAbsolutePath(), place, instanceId);
    try {
      Files.createDirectory(folder.resolve("seed"));
      copyResource("real-machine.sh", folder);
      copyResource("real-boot.sh", folder);
      copyResource("harmless.cfg", folder);
      machine.start(RealBoot.Mode.TRY);
    } catch (IOException e) {
      machine.close();
      skip(e.getMessage());
    }
    return machine;
  }

  /**
   * Boots with this user data: cloud-init's four stages, one after the other, and nothing else.
   * What is running is cut off first.
   */
  public RealBoot boot(String userData) throws IOException {
    RealBoot started = powerOn(userData);
    started.begin();
    return started;
  }

  /**
   * As {@link #boot}, but cloud-init waits for {@link RealBoot#begin}, so that something can be
   * there before it.
   */
  public RealBoot powerOn(String userData) throws IOException {
    return powerOn(userData.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #powerOn(String)}, with user data that need not be text. */
  public RealBoot powerOn(byte[] userData) throws IOException {
    plant(userData);
    return start(RealBoot.Mode.STAGES);
  }

  /**
   * Boots with this user data under the machine's own systemd, which starts cloud-init's units as
   * on a real one. Skips the test where there is no systemd, or no second version of control groups
   * for it.
   */
  public RealBoot bootUnderSystemd(String userData) throws IOException {
    assumeSystemd();
    RealBoot started = powerOnUnderSystemd(userData.getBytes(StandardCharsets.UTF_8));
    started.begin();
    return started;
  }

  /** As {@link #bootUnderSystemd}, but systemd waits for {@link RealBoot#begin}. */
  public RealBoot powerOnUnderSystemd(byte[] userData) throws IOException {
    plant(userData);
    return start(RealBoot.Mode.SYSTEMD);
  }

  /**
   * Boots again, in the same way: the same disk and user data, a new boot id, an uptime from zero,
   * an empty {@code /run}.
   */
  public RealBoot reboot() throws IOException {
    RealBoot started = start(boot.mode());
    started.begin();
    return started;
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

  /** The id of the latest boot, as the machine's kernel gives it. */
  public Path bootId() {
    return folder.resolve("boot_id");
  }

  /** Cuts the power and throws the disk away. */
  @Override
  public void close() throws IOException {
    if (boot != null) {
      boot.close();
    }
    deleteTree(folder);
  }

  /** Skips the test where this program is missing, with the same strictness as for a machine. */
  public static void assumeInstalled(String program) {
    if (!Files.isExecutable(Path.of(program))) {
      skip(program + " is not installed");
    }
  }

  /** Skips the test where a machine cannot boot under systemd. */
  public static void assumeSystemd() throws IOException {
    assumeInstalled("/lib/systemd/systemd");
    if (!Files.readString(Path.of("/proc/self/mounts")).contains(" cgroup2 rw")) {
      skip("no cgroup2 is mounted");
    }
  }

  /** What the provider of the machine adds to the user data of its next boots. */
  public void vendorData(String vendorData) throws IOException {
    Files.writeString(folder.resolve("seed/vendor-data"), vendorData);
  }

  private void plant(byte[] userData) throws IOException {
    Files.write(folder.resolve("seed/user-data"), userData);
    Files.writeString(
        folder.resolve("seed/meta-data"),
        "instance-id: " + instanceId + "\nlocal-hostname: ip-10-0-0-17\n");
  }

  private RealBoot start(RealBoot.Mode mode) throws IOException {
    if (boot != null) {
      boot.close();
    }
    Files.writeString(folder.resolve("boot_id"), UUID.randomUUID() + "\n");
    boot = RealBoot.start(mode, folder, distribution, place);
    return boot;
  }

  /** What keeps a machine from being made here, as far as it can be told without trying. */
  private static Optional<String> missing() throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self) || !Files.isDirectory(MEMORY)) {
      return Optional.of("this is no Linux with " + MEMORY);
    }
    if (!Files.getAttribute(self, "unix:uid").equals(0)) {
      return Optional.of("only root may make namespaces and mounts");
    }
    return TOOLS.stream()
        .filter(tool -> !Files.isExecutable(Path.of(tool)))
        .map(tool -> tool + " is not installed")
        .findFirst();
  }

  /**
   * Opens nothing on its way: the disk may have a named pipe, which would wait for a writer for
   * ever.
   */
  private static void deleteTree(Path folder) throws IOException {
    List<Path> parentsFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      parentsFirst = tree.toList();
    }
    for (int i = parentsFirst.size() - 1; i >= 0; i--) {
      Files.delete(parentsFirst.get(i));
    }
  }

  /** Skips the test with that reason, or fails it where the environment requires the real thing. */
  public static void skip(String reason) {
    if ("required".equals(System.getenv("BOSKY_REAL_BOOT"))) {
      Assertions.fail("not possible here, but BOSKY_REAL_BOOT=required: " + reason);
    }
    Assumptions.abort("not possible here: " + reason);
  }

  private static void copyResource(String name, Path folder) throws IOException {
    try (InputStream resource = RealMachine.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(resource, name), folder.resolve(name));
    }
  }
}
