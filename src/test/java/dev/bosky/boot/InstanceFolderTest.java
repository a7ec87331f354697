package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFolderTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");

  private static final String SCHEMA =
      """
      {"$defs": {"cc_runcmd": {"properties": {"runcmd": {}}},
                 "cc_users": {"allOf": [{"properties": {"users": {}}}], "properties": {"user": {}}}},
       "allOf": [{"$ref": "#/$defs/cc_runcmd"}, {"$ref": "#/$defs/cc_users"}]}
      """;

  @TempDir Path cloud;

  private InstanceFolder folder() {
    return new InstanceFolder(cloud, InstanceFolderTest::schema);
  }

  private static CloudInitSchema schema() {
    try {
      return CloudInitSchema.of(new ObjectMapper().readTree(SCHEMA));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, String text) throws IOException {
    Path file = cloud.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void writeAt(String name, String text, Instant modified) throws IOException {
    Files.setLastModifiedTime(write(name, text), FileTime.from(modified));
  }

  @Test
  void scripts_areUnreadableWithoutAnInstance() {
    assertEquals(Optional.empty(), folder().scripts());
  }

  @Test
  void scripts_areNoneForAnInstanceWithoutUserData() throws IOException {
    Files.createDirectories(cloud.resolve("instance"));

    assertEquals(Optional.of(List.of()), folder().scripts());
  }

  @Test
  void scripts_comeInTheOrderInWhichTheyRun() throws IOException {
    write(
        "instance/cloud-config.txt", "#cloud-config\nbootcmd: [echo early]\nruncmd: [echo late]\n");
    write("instance/boothooks/part-002", "#!/bin/sh\n");
    write("instance/scripts/runcmd", "#!/bin/sh\necho late\n");
    write("instance/scripts/part-001", "#!/bin/bash\nset -e\n");
    write("instance/scripts/vendor/setup", "#!/bin/sh\n");
    write("scripts/per-boot/always", "#!/bin/sh\n");

    List<Script> scripts = folder().scripts().orElseThrow();

    assertEquals(
        List.of("part-002", "bootcmd", "setup", "always", "part-001", "runcmd"),
        scripts.stream().map(Script::name).toList());
    assertEquals(Stage.INIT, scripts.get(1).stage());
    assertEquals(Stage.MODULES_FINAL, scripts.get(5).stage());
    assertTrue(folder().script("part-001").orElseThrow().stopsAtFailure());
    assertEquals(Optional.of("echo late"), folder().line("runcmd", OptionalInt.of(2)));
  }

  @Test
  void scripts_knowTheItemsOfRuncmd() throws IOException {
    write(
        "instance/cloud-config.txt",
        """
        #cloud-config
        # from 1 files
        # part-001

        ---
        runcmd:
        - echo one
        - |
          echo two a
          echo two b
        - [sh, -c, "echo three"]
        - null
        - echo four
        ...
        """);
    write(
        "instance/scripts/runcmd",
        "#!/bin/sh\necho one\necho two a\necho two b\n\n'sh' '-c' 'echo three'\necho four\n");

    Script runcmd = folder().script("runcmd").orElseThrow();

    assertEquals(OptionalInt.empty(), runcmd.item(1));
    assertEquals(OptionalInt.of(1), runcmd.item(2));
    assertEquals(OptionalInt.of(2), runcmd.item(4));
    assertEquals(OptionalInt.of(3), runcmd.item(6));
    assertEquals("echo four", runcmd.line(7).orElseThrow());
  }

  @Test
  void scripts_claimNoItemWhereTheScriptDoesNotFitTheList() throws IOException {
    write("instance/cloud-config.txt", "#cloud-config\nruncmd: [echo one]\n");
    write("instance/scripts/runcmd", "#!/bin/sh\necho one\necho by somebody else\n");

    assertEquals(OptionalInt.empty(), folder().script("runcmd").orElseThrow().item(2));
  }

  @Test
  void ranSince_comparesTheSemaphoreWithThisBoot() throws IOException {
    assertEquals(Optional.empty(), folder().ranSince(BEGAN));

    writeAt("instance/sem/config_scripts_user", "1", BEGAN.plusSeconds(40));
    assertEquals(Optional.of(true), folder().ranSince(BEGAN));

    writeAt("instance/sem/config_scripts_user", "1", BEGAN.minusSeconds(40));
    assertEquals(Optional.of(false), folder().ranSince(BEGAN));
  }

  @Test
  void isFirstBoot_comparesTheFirstInitStagesSemaphoreWithThisBoot() throws IOException {
    assertEquals(Optional.of(true), folder().isFirstBoot(BEGAN), "none has been here");

    write("instance/user-data.txt", "");
    assertEquals(Optional.empty(), folder().isFirstBoot(BEGAN), "it may be of another instance");

    writeAt("instance/sem/consume_data", "1", BEGAN.plusSeconds(4));
    assertEquals(Optional.of(true), folder().isFirstBoot(BEGAN));

    writeAt("instance/sem/consume_data", "1", BEGAN.minusSeconds(900));
    assertEquals(Optional.of(false), folder().isFirstBoot(BEGAN));
  }

  @Test
  void keys_areThoseThatTheSchemaDoesNotKnow() throws IOException {
    write(
        "instance/cloud-config.txt",
        "#cloud-config\nruncmds: [x]\nusers: []\nuser: y\noutput: {}\n");

    assertEquals(List.of("runcmds"), folder().keys().unknown());
    assertFalse(folder().keys().noneKnown());
  }

  @Test
  void keys_areAllUnknown() throws IOException {
    write("instance/cloud-config.txt", "#cloud-config\nruncmds: [x]\npackage: [y]\n");

    assertEquals(List.of("runcmds", "package"), folder().keys().unknown());
    assertTrue(folder().keys().noneKnown());
  }

  @Test
  void keys_sayNothingWithoutConfigOrSchema() throws IOException {
    assertEquals(UserData.Keys.UNKNOWN, folder().keys());

    write("instance/cloud-config.txt", "");
    assertEquals(UserData.Keys.UNKNOWN, folder().keys());

    write("instance/cloud-config.txt", "#cloud-config\nruncmds: [x]\n");
    assertEquals(
        UserData.Keys.UNKNOWN, new InstanceFolder(cloud, () -> CloudInitSchema.NONE).keys());
  }

  @Test
  void keys_readWhatPythonTwoWrote() throws IOException {
    write(
        "instance/cloud-config.txt",
        "#cloud-config\n---\n!!python/unicode 'runcmd': [!!python/unicode 'x']\n...\n");

    assertEquals(List.of(), folder().keys().unknown());
  }

  @Test
  void find_looksInEachPythonsPackages() throws IOException {
    write("lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json", SCHEMA);
    CloudInitSchema found =
        CloudInitSchema.find(List.of(cloud.resolve("absent"), cloud.resolve("lib")));

    assertEquals(
        List.of("bogus"), found.compare(CloudConfigYaml.read("{runcmd: [x], bogus: 1}")).unknown());
    assertEquals(
        UserData.Keys.UNKNOWN,
        CloudInitSchema.find(List.of(cloud.resolve("absent")))
            .compare(CloudConfigYaml.read("{a: 1}")));
  }
}
