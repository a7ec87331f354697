package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdFileTest {
  private static final Instant BOOT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;

  @Test
  void find_readsAFileOfThisBoot() throws IOException {
    assertEquals(Optional.of(InstanceIdentity.of("i-0abc")), find("i-0abc\n", BOOT));
    assertEquals(Optional.of(InstanceIdentity.of("i-0abc")), find("i-0abc\n", BOOT.plusSeconds(9)));
  }

  @Test
  void find_doesNotBelieveAFileThatCameWithTheImage() throws IOException {
    assertEquals(Optional.empty(), find("i-0baked\n", BOOT.minusSeconds(1)));
  }

  @Test
  void find_takesWhatIsNoIdForNotKnownYet() throws IOException {
    assertEquals(Optional.empty(), find("", BOOT));
    assertEquals(Optional.empty(), find("two words\n", BOOT));
    assertEquals(Optional.empty(), find("iid-datasource-none\n", BOOT));
    assertEquals(Optional.empty(), find("i".repeat(257), BOOT));
    assertEquals(Optional.of(InstanceIdentity.of("i".repeat(256))), find("i".repeat(256), BOOT));
  }

  @Test
  void find_takesAnAbsentFileForNotKnownYet() {
    assertEquals(Optional.empty(), new InstanceIdFile(folder.resolve("absent"), BOOT).find());
  }

  private Optional<InstanceIdentity> find(String content, Instant written) throws IOException {
    Path file = Files.writeString(folder.resolve("instance-id"), content);
    Files.setLastModifiedTime(file, FileTime.from(written));
    return new InstanceIdFile(file, BOOT).find();
  }
}
