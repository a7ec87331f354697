package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDataFileTest {
  private static final Set<String> TAGS = Set.of("team", "service", "env", "Name");

  @TempDir Path folder;

  @Test
  void find_readsAllThatEc2Tells() throws IOException {
    assertEquals(
        new InstanceIdentity(
            Optional.of("i-0abc"),
            Optional.of("eu-west-1"),
            Optional.of("eu-west-1a"),
            Optional.of("123456789012"),
            Optional.of("t3.small"),
            Optional.of("ami-0abc"),
            Optional.of("ip-10-0-0-1"),
            Optional.of("pay-web"),
            Map.of("team", "payments", "Name", "pay-web-7")),
        find("ec2-22.4.json").orElseThrow());
  }

  @Test
  void find_readsOlderVersionsWithOtherSpellings() throws IOException {
    assertEquals(
        new InstanceIdentity(
            Optional.of("i-0abc"),
            Optional.of("eu-west-1"),
            Optional.of("eu-west-1a"),
            Optional.empty(),
            Optional.of("t3.small"),
            Optional.of("ami-0abc"),
            Optional.of("ip-10-0-0-1"),
            Optional.empty(),
            Map.of()),
        find("ec2-18.4.json").orElseThrow());
  }

  @Test
  void find_readsOtherClouds() throws IOException {
    InstanceIdentity identity = find("nocloud.json").orElseThrow();

    assertEquals(Optional.of("vm-17"), identity.instanceId());
    assertEquals(Optional.of("vm"), identity.hostname());
    assertEquals(Optional.empty(), identity.region());
  }

  @Test
  void find_takesThePlaceholderOfNoDataSourceForNoId() throws IOException {
    assertEquals(Optional.empty(), find("none.json"));
  }

  @Test
  void find_takesAFileThatIsAbsentOrBrokenForNotKnownYet() throws IOException {
    Path file = folder.resolve("instance-data.json");
    InstanceDataFile provider = new InstanceDataFile(file, TAGS);
    assertEquals(Optional.empty(), provider.find());

    for (String text : new String[] {"", "{", "[]", "null", "{\"v1\": null}", "{\"v1\": {}}"}) {
      Files.writeString(file, text);
      assertEquals(Optional.empty(), provider.find(), text);
    }

    Files.writeString(file, "{\"v1\": {\"instance_id\": \"i-1\"}}");
    assertEquals(Optional.of(InstanceIdentity.of("i-1")), provider.find());
  }

  @Test
  void find_readsAFileAtTheLimitAndNoneAboveIt() throws IOException {
    Path file = folder.resolve("instance-data.json");
    String json = "{\"v1\": {\"instance_id\": \"i-1\"}}";
    String room = " ".repeat(InstanceDataFile.MAX_BYTES - json.length());

    Files.writeString(file, json + room);
    assertEquals(Optional.of(InstanceIdentity.of("i-1")), new InstanceDataFile(file, TAGS).find());
    Files.writeString(file, json + room + " ");
    assertEquals(Optional.empty(), new InstanceDataFile(file, TAGS).find());
  }

  private Optional<InstanceIdentity> find(String resource) throws IOException {
    Path file = folder.resolve("instance-data.json");
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
    return new InstanceDataFile(file, TAGS).find();
  }
}
