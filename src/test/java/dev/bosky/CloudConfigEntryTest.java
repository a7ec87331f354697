package dev.bosky;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpServer;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one entry of the files in {@code cloud-config/}, run by each shell that {@code sh} may be, on
 * a machine with few programs. Only the folders that it writes to are others, and what it installs
 * is an archive whose program tells how it was called.
 */
@ParameterizedClass
@ValueSource(strings = {"/bin/dash", "/bin/bash --posix", "/bin/busybox ash"})
class CloudConfigEntryTest {
  private static final List<String> FILES =
      List.of("bootcmd.yaml", "runcmd.yaml", "write-files.yaml", "vendor-data.yaml");
  private static final String NOT_INSTALLED = "bosky: not installed, the boot goes on without it\n";
  private static final String PROJECT = "it's a $project";

  @Parameter String shell;
  @TempDir Path folder;

  private Path programs;
  private byte[] archive;
  private HttpServer server;

  @BeforeEach
  void makeMachine() throws Exception {
    RealMachine.assumeInstalled(shell.split(" ")[0]);
    programs = Files.createDirectories(folder.resolve("programs"));
    program("sh", "exec " + shell + " \"$@\"");
    for (String name : List.of("timeout", "sha256sum", "tar", "gzip", "rm", "mkdir", "uname")) {
      has(name);
    }
    Path bin = Files.createDirectories(folder.resolve("tree/bosky-1/bin"));
    executable(bin.resolve("bosky"), "printf '<%s>' \"$@\" >" + folder + "/called");
    Process tar =
        new ProcessBuilder("tar", "-czf", folder + "/x.tar.gz", "-C", folder + "/tree", "bosky-1")
            .start();
    assertEquals(0, tar.waitFor());
    archive = Files.readAllBytes(folder.resolve("x.tar.gz"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean there = exchange.getRequestURI().getPath().startsWith("/bosky-");
          exchange.sendResponseHeaders(there ? 200 : 404, there ? archive.length : -1);
          if (there) {
            exchange.getResponseBody().write(archive);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void entries_areTheSame() throws Exception {
    String script = script("bootcmd.yaml", "bootcmd");
    String guard = script.lines().skip(1).findFirst().orElseThrow() + "\n";
    assertEquals(script, script("write-files.yaml", "bootcmd"));
    assertEquals(script, script("vendor-data.yaml", "bootcmd"));
    assertTrue(guard.contains("sysinit.target.wants"), guard);
    assertEquals(script.replace(guard, ""), script("runcmd.yaml", "runcmd"));
  }

  @Test
  void entry_takesTheFirstProgramThatIsThere() throws Exception {
    for (String program : List.of("python3", "wget", "curl")) {
      // Those before it in the list are there, and are not asked.
      has(program);
      Files.deleteIfExists(folder.resolve("called"));

      assertEquals(new CommandResult(0, "", ""), run(base()));

      assertInstalled();
    }
  }

  @Test
  void entry_fetchesFromS3() throws Exception {
    program(
        "aws",
        "[ \"$*\" = \"s3 cp --quiet s3://mine/bosky-$(uname -m).tar.gz archive\" ] && cp "
            + folder
            + "/x.tar.gz archive");
    has("cp");
    assertEquals(new CommandResult(0, "", ""), run("s3://mine/bosky"));
    assertInstalled();
  }

  @Test
  void entry_thatCannotFetch_saysSoAndEndsWell() throws Exception {
    for (String base : List.of(base(), "s3://mine/bosky")) {
      assertSkipped(run(base), "");
    }
    for (String program : List.of("python3", "wget", "curl")) {
      has(program);
      assertSkipped(run(base().replace("/bosky", "/nothing")), "");
    }
    archive = "not what was meant".getBytes(UTF_8);
    assertSkipped(run(base()), "has another checksum");
  }

  @Test
  void entry_whereItIsInstalledAlready_fetchesNothing() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("opt/bosky/current/bin"));
    executable(bin.resolve("bosky"), "printf '<%s>' \"$@\" >" + folder + "/called");
    assertEquals(new CommandResult(0, "", ""), run(base()));
    assertInstalled();

    Files.delete(folder.resolve("called"));
    Path wants = Files.createDirectories(folder.resolve("systemd/sysinit.target.wants"));
    Files.createFile(wants.resolve("bosky.service"));
    assertEquals(new CommandResult(0, "", ""), run(base()));
    assertFalse(Files.exists(folder.resolve("called")), "systemd starts it");
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/bosky";
  }

  private void assertInstalled() throws IOException {
    assertEquals(
        "<install><--quiet><--now><--project><" + PROJECT + ">",
        Files.readString(folder.resolve("called")));
    assertFalse(Files.exists(folder.resolve("opt/bosky/.fetched")));
  }

  private void assertSkipped(CommandResult result, String word) {
    assertEquals(0, result.exitCode(), result.toString());
    assertTrue(result.err().endsWith(NOT_INSTALLED), result.toString());
    assertTrue(result.err().contains(word), result.toString());
    assertFalse(Files.exists(folder.resolve("called")), result.toString());
    assertFalse(Files.exists(folder.resolve("opt/bosky/.fetched")), "nothing is left");
  }

  private CommandResult run(String base) throws Exception {
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("x.tar.gz")));
    String script =
        script("bootcmd.yaml", "bootcmd")
            .replace("https://downloads.example.com/bosky/bosky-1.0.0-linux", base)
            .replace("0".repeat(64), HexFormat.of().formatHex(sum))
            .replace("'my-project'", "'it'\\''s a $project'")
            .replace("/opt/bosky", folder + "/opt/bosky")
            .replace("/etc/systemd/system", folder + "/systemd");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(programs + "/sh", "-c", script)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    int exitCode = builder.start().waitFor();
    return new CommandResult(exitCode, Files.readString(out), Files.readString(err));
  }

  /** Gives the machine a program of this one. */
  private void has(String name) throws IOException {
    for (String place : List.of("/usr/bin/", "/bin/")) {
      if (Files.exists(Path.of(place + name))) {
        program(name, "exec " + place + name + " \"$@\"");
        return;
      }
    }
    RealMachine.skip(name + " is not installed");
  }

  private void program(String name, String script) throws IOException {
    executable(programs.resolve(name), script);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private static String script(String file, String key) throws IOException {
    assertTrue(FILES.contains(file));
    JsonNode yaml =
        new ObjectMapper(new YAMLFactory()).readTree(Path.of("cloud-config", file).toFile());
    return yaml.path(key).path(0).asText();
  }
}
