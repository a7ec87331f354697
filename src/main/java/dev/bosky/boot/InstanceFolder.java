package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The user data as cloud-init has laid it out on this machine:
 *
 * <pre>
 *   /var/lib/cloud/instance/cloud-config.txt       all cloud-config parts, merged
 *   /var/lib/cloud/instance/scripts/part-001, …    the user data's scripts, and runcmd
 *   /var/lib/cloud/instance/scripts/vendor/…       the provider's
 *   /var/lib/cloud/instance/boothooks/…
 *   /var/lib/cloud/scripts/per-{once,boot,instance}/…
 *   /var/lib/cloud/instance/sem/consume_data          written once per instance, in its first init stage
 *   /var/lib/cloud/instance/sem/config_scripts_user   likewise, just before the scripts run
 * </pre>
 *
 * <p>Cloud-init has already taken multi-part and compressed user data apart there; the user data
 * itself need not be read. Most of it is for root only. Nothing is kept between calls.
 */
public final class InstanceFolder implements UserData {
  /**
   * Of a script, a semaphore or a cloud-config no more is read: it is no script of a person then.
   */
  static final int MAX_FILE_BYTES = 1 << 20;

  /** So many scripts are looked at. */
  static final int MAX_SCRIPTS = 200;

  /** Files' times have the clock's resolution, or a second's. */
  private static final int RESOLUTION_SECONDS = 1;

  private final Path cloud;
  private final Supplier<CloudInitSchema> schema;

  /**
   * The folder of one machine.
   *
   * @param cloud {@code /var/lib/cloud}
   * @param schema gives cloud-init's schema; asked for only where there are keys to compare
   */
  public InstanceFolder(Path cloud, Supplier<CloudInitSchema> schema) {
    this.cloud = cloud;
    this.schema = schema;
  }

  @Override
  public Optional<List<Script>> scripts() {
    Path instance = cloud.resolve("instance");
    if (!Files.isDirectory(instance)) {
      return Optional.empty();
    }
    JsonNode config = config();
    List<Script> scripts = new ArrayList<>();
    try {
      read(instance.resolve("boothooks"), Stage.INIT, config, scripts);
      ShellItems.script("bootcmd", Stage.INIT, config).ifPresent(scripts::add);
      Path common = cloud.resolve("scripts");
      for (Path folder :
          List.of(
              instance.resolve("scripts").resolve("vendor"),
              common.resolve("per-once"),
              common.resolve("per-boot"),
              common.resolve("per-instance"),
              instance.resolve("scripts"))) {
        read(folder, Stage.MODULES_FINAL, config, scripts);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(scripts);
  }

  private static void read(Path folder, Stage stage, JsonNode config, List<Script> scripts)
      throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : entries) {
        if (scripts.size() + files.size() < MAX_SCRIPTS) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    }
    files.sort(null);
    for (Path file : files) {
      String name = file.getFileName().toString();
      List<String> lines = text(file).lines().toList();
      scripts.add(new Script(name, stage, lines, ShellItems.starts(name, config, lines.size())));
    }
  }

  @Override
  public Optional<Boolean> ranSince(Instant bootBegan) {
    return wasWritten("instance/sem/config_scripts_user", bootBegan);
  }

  @Override
  public Optional<Boolean> isFirstBoot(Instant bootBegan) {
    if (Files.isDirectory(cloud) && !Files.exists(cloud.resolve("instance"), NOFOLLOW_LINKS)) {
      return Optional.of(true); // cloud-init has not come so far on this disk
    }
    return wasWritten("instance/sem/consume_data", bootBegan);
  }

  private Optional<Boolean> wasWritten(String semaphore, Instant bootBegan) {
    return modified(cloud.resolve(semaphore))
        .map(at -> !at.isBefore(bootBegan.minusSeconds(RESOLUTION_SECONDS)));
  }

  @Override
  public Keys keys() {
    JsonNode config = config();
    return config.isEmpty() ? Keys.UNKNOWN : schema.get().compare(config);
  }

  /** The merged cloud-config; missing if there is none, or it cannot be read. */
  private JsonNode config() {
    try {
      return CloudConfigYaml.read(text(cloud.resolve("instance/cloud-config.txt")));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<Instant> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE_BYTES), UTF_8);
    }
  }
}
