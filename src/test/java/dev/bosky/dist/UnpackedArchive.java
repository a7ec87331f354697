package dev.bosky.dist;

import dev.bosky.testing.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive, unpacked by {@code tar}.
 *
 * @param home its folder {@code bosky-VERSION}
 */
record UnpackedArchive(Path home) {

  /** What the build made of that kind, such as {@code .tar.gz}. */
  static Path file(String kind) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("bosky.archives")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("bosky"))
          .filter(file -> file.toString().endsWith(kind))
          .findFirst()
          .orElseThrow(() -> new IOException("the build made no " + kind));
    }
  }

  static UnpackedArchive unpack(Path archive, Path into) throws IOException, InterruptedException {
    CommandResult tar =
        run(into, Map.of("PATH", "/usr/bin:/bin"), "/bin/tar", "-xf", archive.toString());
    if (tar.exitCode() != 0) {
      throw new IOException(tar.err());
    }
    try (Stream<Path> files = Files.list(into)) {
      return new UnpackedArchive(
          files
              .filter(file -> Files.exists(file.resolve("bin/bosky")))
              .findFirst()
              .orElseThrow(() -> new IOException(archive + ": no bin/bosky in it")));
    }
  }

  /** Runs it in an environment with nothing but these variables. */
  CommandResult run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(home.resolve("bin/bosky").toString()));
    words.addAll(List.of(arguments));
    return run(home.getParent(), environment, words.toArray(String[]::new));
  }

  static CommandResult run(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    CommandResult said = new CommandResult(exitCode, Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return said;
  }

  /** Whether a call gets its classes from the cache; Java lists where each came from. */
  boolean usesCache() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("BOSKY_JAVA_OPTIONS", "-Xlog:class+load:file=classes.log");
    run(environment, "permissions");
    Path log = home.resolveSibling("classes.log");
    try (Stream<String> lines = Files.lines(log)) {
      return lines.anyMatch(line -> line.contains("dev.bosky.cli.Program source: shared objects"));
    } finally {
      Files.deleteIfExists(log);
    }
  }

  Path cache() {
    return home.resolve("lib/bosky.aot");
  }

  /** Changes the cache's bytes, not its time. */
  void rewriteCache(UnaryOperator<byte[]> change) throws IOException {
    FileTime time = Files.getLastModifiedTime(cache());
    Files.write(cache(), change.apply(Files.readAllBytes(cache())));
    Files.setLastModifiedTime(cache(), time);
  }

  /**
   * Makes the program another build, of which {@link #isChanged} tells: by one letter of what it
   * says, so that the jar has the size and the time that it had.
   *
   * @param id of 16 digits
   */
  void changeProgram(String id) throws IOException {
    Path jar = home.resolve("lib/bosky.jar");
    FileTime time = Files.getLastModifiedTime(jar);
    Path changed = jar.resolveSibling("changed.jar");
    try (JarFile from = new JarFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        String text =
            new String(from.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        if (entry.getName().equals("dev/bosky/cli/VersionProvider.class")) {
          text = text.replace("commit ", "Commit ");
        } else if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          text = text.replaceFirst("Bosky-Build: \\w{16}", "Bosky-Build: " + id);
        }
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(content.length);
        copy.setCrc(sum.getValue());
        copy.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(copy);
        to.write(content);
        to.closeEntry();
      }
    }
    Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, time);
  }

  /** Whether what {@code --version} said is the changed program's word. */
  static boolean isChanged(String version) {
    return version.contains("(Commit ");
  }

  /** Lets a part say of which build it is. */
  void writeId(String name, String id) throws IOException {
    Files.writeString(home.resolve(name), id + "\n");
  }

  /** Gives a file another time, as one has that was put there later. */
  void touch(String name) throws IOException {
    Files.setLastModifiedTime(home.resolve(name), FileTime.from(Instant.now()));
  }

  /** A boot that failed, as if just written. */
  Path recordedBoot(Path into) throws IOException {
    Files.createDirectories(into);
    Path recorded = Path.of("src/main/resources/dev/bosky/demo/failing-boot");
    for (String name : List.of("cloud-init-output.log", "result.json", "status.json")) {
      Files.write(into.resolve(name), Files.readAllBytes(recorded.resolve(name)));
    }
    return into;
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
