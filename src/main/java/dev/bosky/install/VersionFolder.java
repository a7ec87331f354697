package dev.bosky.install;

import dev.bosky.config.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one version: complete under its name, and never changed again.
 *
 * <p>An ahead-of-time cache goes on working with a jar that was replaced under it, by running the
 * old code; so a jar is never replaced. The name tells two builds of one version apart.
 */
final class VersionFolder {
  private static final int ID_BYTES = 4;

  /**
   * What is of one build, and small enough to be read at each start of a boot. In the archive,
   * {@code release.id} changes with the Java that comes with it.
   */
  private static final List<String> TOLD_BY =
      List.of("lib/bosky.jar", "runtime/release.id", "bin", "systemd", "patterns");

  private final Places places;
  private final Distribution from;
  private final String name;

  private VersionFolder(Places places, Distribution from, String name) {
    this.places = places;
    this.from = from;
    this.name = name;
  }

  /** The folder that this tree belongs into. */
  static VersionFolder of(Places places, Distribution from) throws IOException {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (String part : TOLD_BY) {
        if (Files.exists(from.home().resolve(part))) {
          add(hash, from.home(), part);
        }
      }
      String id = HexFormat.of().formatHex(hash.digest(), 0, ID_BYTES);
      return new VersionFolder(places, from, Distribution.version() + "-" + id);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest hash, Path home, String part) throws IOException {
    for (Path file : Disk.tree(home.resolve(part)).stream().sorted().toList()) {
      if (Files.isRegularFile(file)) {
        hash.update(home.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        hash.update(Files.readAllBytes(file));
      }
    }
  }

  /** Such as {@code 1.0.0-3f2a91c0}. */
  String name() {
    return name;
  }

  Step copied() {
    Path target = places.versions().resolve(name);
    boolean share = from.home().startsWith(places.at(Places.HOME));
    return Step.of(
        "folder %s/versions/%s".formatted(Places.HOME, name),
        () -> Files.isDirectory(target),
        () -> Disk.copyTree(from.home(), target, share));
  }

  /** Whether it is what runs. */
  boolean isCurrent() throws IOException {
    return Disk.leadsTo(places.current(), Path.of("versions", name));
  }

  /**
   * Removes all versions but this one, the newest of the others, to which one may want to go back,
   * and those from which something still runs: an agent may outlive several upgrades. A copy that
   * was cut short is none.
   */
  void removeOlder() throws IOException {
    List<Path> others = new ArrayList<>(Disk.children(places.versions()));
    others.removeIf(other -> other.endsWith(name) || from.home().startsWith(other));
    for (Path half : others.stream().filter(Disk::isHalf).toList()) {
      Disk.deleteTree(half);
      others.remove(half);
    }
    others.sort(Comparator.comparing(VersionFolder::changed));
    for (Path other : others.subList(0, Math.max(0, others.size() - 1))) {
      if (!isRunning(other)) {
        Disk.deleteTree(other);
      }
    }
  }

  /** Whether a process runs a program of that folder, or has it in its command line. */
  private static boolean isRunning(Path folder) throws IOException {
    String inside = folder.toRealPath() + "/";
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .flatMap(info -> Stream.concat(info.command().stream(), info.commandLine().stream()))
        .anyMatch(words -> words.contains(inside));
  }

  private static FileTime changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
