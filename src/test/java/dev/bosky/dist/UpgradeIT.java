package dev.bosky.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.dist.BareRoot.Kind;
import dev.bosky.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive and another build of it. Java would take the ahead-of-time cache of the one for the
 * jar of the other, without a word, also if size and time of the jars differ, and run the old code.
 */
@EnabledIfSystemProperty(
    named = "bosky.archives",
    matches = ".+",
    disabledReason = "the archive is made by mvn -Pdist")
class UpgradeIT {
  private static final String OTHER = "0123456789abcdef";

  @TempDir Path folder;

  private UnpackedArchive old;

  @BeforeEach
  void unpack() throws Exception {
    old = UnpackedArchive.unpack(UnpackedArchive.file(".tar.gz"), folder);
    assertTrue(old.usesCache());
  }

  /** As one would mend a machine in a hurry; all archives' files have the same time. */
  @Test
  void jarOfAnotherBuild_copiedOverThisOne_isWhatRuns() throws Exception {
    old.changeProgram(OTHER);

    CommandResult said = old.run(Map.of(), "--version");

    assertTrue(UnpackedArchive.isChanged(said.out()), said.toString());
  }

  /** What was unpacked over it, in the archive's order, up to a power cut. */
  @Test
  void archiveUnpackedOverThisOne_upToAnyFile_runsTheJarThatIsThere() throws Exception {
    UnpackedArchive next = anotherBuild();
    for (String name :
        List.of("lib/aot.id", "lib/bosky.aot", "lib/bosky.jar", "runtime/release.id")) {
      Files.copy(
          next.home().resolve(name),
          old.home().resolve(name),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);

      CommandResult said = old.run(Map.of(), "--version");

      assertEquals(0, said.exitCode(), name + ": " + said.err());
      assertEquals(
          name.compareTo("lib/bosky.jar") >= 0, UnpackedArchive.isChanged(said.out()), name);
    }
  }

  @Test
  void install_ofAnotherBuild_switchesWithoutAGap_andKeepsTheOld() throws Exception {
    UnpackedArchive next = anotherBuild();
    try (BareRoot root = BareRoot.create()) {
      root.with(old.home(), "/srv/old").with(next.home(), "/srv/next");

      CommandResult said =
          root.run(
              Kind.OPEN,
              Map.of("PATH", "/usr/local/bin:/usr/sbin:/usr/bin"),
              "/bin/sh",
              "-ec",
              """
              /srv/old/bin/bosky install --quiet
              readlink /opt/bosky/current
              { until [ -e /srv/done ]; do [ -x /usr/local/bin/bosky ] || echo gap; done; } &
              /srv/next/bin/bosky install --quiet
              touch /srv/done
              wait
              readlink /opt/bosky/current
              bosky --version
              ls /opt/bosky/versions | wc -l
              """);

      assertEquals("", said.err());
      List<String> lines = said.out().lines().toList();
      assertEquals(4, lines.size(), said.out());
      assertNotEquals(lines.get(0), lines.get(1));
      assertTrue(UnpackedArchive.isChanged(lines.get(2)), said.out());
      assertEquals("2", lines.get(3));
    }
  }

  /** With a cache that is as little of use as one for another jar, and says that it fits. */
  private UnpackedArchive anotherBuild() throws IOException, InterruptedException {
    UnpackedArchive next =
        UnpackedArchive.unpack(
            UnpackedArchive.file(".tar.gz"), Files.createDirectories(folder.resolve("next")));
    next.changeProgram(OTHER);
    next.writeId("lib/aot.id", OTHER);
    next.writeId("runtime/release.id", OTHER);
    next.rewriteCache(bytes -> new byte[bytes.length]);
    return next;
  }
}
