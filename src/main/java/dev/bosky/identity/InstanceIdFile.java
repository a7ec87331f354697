package dev.bosky.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The id that cloud-init wrote into {@code /var/lib/cloud/data/instance-id}, if it wrote it in this
 * boot.
 *
 * <p>An image baked from a machine carries that machine's file, so an older one says nothing.
 * Assumes that the wall clock did not go back since; if it did, the file counts as old and the next
 * provider is asked.
 */
public final class InstanceIdFile implements IdentityProvider {
  /** Where cloud-init writes it. */
  public static final String PATH = "/var/lib/cloud/data/instance-id";

  /** Ids are short; what is longer is none. */
  private static final int MAX_BYTES = 256;

  private final Path file;
  private final Instant bootStarted;

  /**
   * The file at that path.
   *
   * @param bootStarted what was written before is not believed
   */
  public InstanceIdFile(Path file, Instant bootStarted) {
    this.file = file;
    this.bootStarted = bootStarted;
  }

  @Override
  public Optional<InstanceIdentity> find() {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(bootStarted)) {
        return Optional.empty();
      }
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      String id = new String(bytes, StandardCharsets.UTF_8).strip();
      boolean isId = bytes.length <= MAX_BYTES && id.matches("\\S+");
      return isId && !id.equals(InstanceDataFile.NO_DATA_SOURCE)
          ? Optional.of(InstanceIdentity.of(id))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
