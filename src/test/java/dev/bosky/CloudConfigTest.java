package dev.bosky;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code cloud-config/}, held against cloud-init's own schema by the installed
 * cloud-init.
 */
class CloudConfigTest {
  private static final Path FOLDER = Path.of("cloud-config");
  private static final Path FORMATION = FOLDER.resolve("cloudformation/instance.yaml");

  @BeforeAll
  static void needCloudInit() {
    RealMachine.assumeInstalled("/usr/bin/cloud-init");
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("cloud-config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isValidCloudConfig(Path file) throws Exception {
    assertValid(file);
  }

  private static void assertValid(Path file) throws Exception {
    Process schema = schema(file);

    String said = new String(schema.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, schema.waitFor(), said);
    assertTrue(said.startsWith("Valid cloud-config"), said);
  }

  /** What an image's folder of configuration gets; cloud-init merges it into its own. */
  @Test
  void fileOfTheImage_isValidCloudConfig(@TempDir Path folder) throws Exception {
    String part = Files.readString(Path.of("cloud-config/image/95_bosky.cfg"));
    assertValid(Files.writeString(folder.resolve("image.yaml"), "#cloud-config\n" + part));
  }

  @Test
  void multipart_isTheFileBesideAScript(@TempDir Path folder) throws Exception {
    assertPart(Files.readString(FOLDER.resolve("multipart.txt")), "my-project", folder);
  }

  /** As {@code Fn::Sub} and {@code Fn::Base64} make it of the template. */
  @Test
  void cloudFormation_isTheFileBesideAScript(@TempDir Path folder) throws Exception {
    JsonNode template = new ObjectMapper(new YAMLFactory()).readTree(FORMATION.toFile());
    String userData = template.at("/Resources/Web/Properties/UserData/Fn::Base64").asText();
    assertTrue(userData.contains("${Project}"), userData);
    assertPart(
        userData.replace("${Project}", "a project").replace("${!", "${"), "a project", folder);
    assertTrue("a project".matches(template.at("/Parameters/Project/AllowedPattern").asText()));
  }

  /** The text that the module looks for is in the file, once. */
  @Test
  void terraform_findsTheProjectInTheFile() throws Exception {
    String module = Files.readString(FOLDER.resolve("terraform/main.tf"));
    Matcher replaced =
        Pattern.compile("replace\\(file\\(\"\\$\\{path.module}/(.*?)\"\\), \"(.*?)\", \"(.*?)\"\\)")
            .matcher(module);
    assertTrue(replaced.find(), module);
    String file = Files.readString(FOLDER.resolve("terraform").resolve(replaced.group(1)));
    assertEquals(2, file.split(Pattern.quote(replaced.group(2)), -1).length);
    assertEquals(replaced.group(2).replace("my-project", "${var.project}"), replaced.group(3));
  }

  /** So that a release does not go out with the address of the one before. */
  @Test
  void archive_isOfThisVersion() throws Exception {
    Matcher version =
        Pattern.compile("<artifactId>bosky</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    for (String name :
        List.of("bootcmd.yaml", "runcmd.yaml", "write-files.yaml", "vendor-data.yaml")) {
      String text = Files.readString(FOLDER.resolve(name));
      assertTrue(text.contains("/bosky-" + version.group(1) + "-linux\n"), name);
    }
  }

  /** Line by line, the file is in it, and behind it the script that is not touched. */
  private static void assertPart(String multipart, String project, Path folder) throws Exception {
    String[] parts = multipart.split("--==bosky==\n", -1);
    assertEquals(3, parts.length, multipart);
    assertTrue(parts[0].startsWith("Content-Type: multipart/mixed; boundary=\"==bosky==\"\n"));
    String[] config = parts[1].split("\n\n", 2);
    assertEquals("Content-Type: text/cloud-config; charset=\"utf-8\"", config[0]);
    assertEquals(
        Files.readString(FOLDER.resolve("bootcmd.yaml"))
            .replace("'my-project'", "'" + project + "'"),
        config[1]);
    assertValid(Files.writeString(folder.resolve("part.yaml"), config[1]));
    assertTrue(parts[2].contains("\n\n#!/bin/sh\n"), parts[2]);
    assertTrue(parts[2].endsWith("\n--==bosky==--\n"), parts[2]);
  }

  @Test
  void schema_refusesWrongType(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), "#cloud-config\nruncmd: 3\n");

    assertNotEquals(0, schema(file).waitFor());
  }

  private static Process schema(Path file) throws IOException {
    return new ProcessBuilder("/usr/bin/cloud-init", "schema", "-c", file.toString())
        .redirectErrorStream(true)
        .start();
  }
}
