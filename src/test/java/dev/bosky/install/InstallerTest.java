package dev.bosky.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.config.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs into the tree of an image, so that nothing of this machine is touched. */
class InstallerTest {
  private static final Installer.Wish PLAIN = new Installer.Wish(Optional.of("shop"), false, false);
  private static final Installer.Wish IMAGE = new Installer.Wish(Optional.empty(), false, true);

  @TempDir private Path folder;
  private Path root;
  private final List<String> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void makeImage() throws IOException {
    Assumptions.assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root may give files to another user");
    root = Files.createDirectories(folder.resolve("image"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nbosky:x:993:992::/:/nologin\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\nadm:x:4:\nbosky:x:992:\n");
  }

  @Test
  void install_makesATreeThatRunsAndAnEnabledUnit() throws Exception {
    installer("one").install(PLAIN, false);
    Path current = root.resolve("opt/bosky/current").toRealPath();
    assertEquals("jar one", Files.readString(current.resolve("lib/bosky.jar")));
    assertTrue(Files.isExecutable(current.resolve("bin/bosky")));
    assertEquals(
        Path.of("/opt/bosky/current/bin/bosky"),
        Files.readSymbolicLink(root.resolve("usr/local/bin/bosky")));
    assertEquals(
        Files.readString(Path.of("src/main/dist/systemd/bosky.service")),
        Files.readString(
            root.resolve("etc/systemd/system/sysinit.target.wants/bosky.service").toRealPath()));
    assertEquals("project: 'shop'\n", Files.readString(root.resolve("etc/bosky/bosky.yaml")));
    Path state = root.resolve("var/lib/bosky");
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    assertEquals(993, Files.getAttribute(state, "unix:uid"));
    assertTrue(
        Files.readString(root.resolve("etc/systemd/system/bosky.service.d/10-machine.conf"))
            .endsWith("\nSupplementaryGroups=adm\n"));
  }

  @Test
  void install_again_changesNothing() throws Exception {
    installer("one").install(PLAIN, false);
    var before = tree();
    steps.clear();
    installer("one").install(PLAIN, false);
    assertEquals(List.of(), steps);
    assertEquals(before, tree());
  }

  @Test
  void install_dryRun_saysWhatTheRealOneDoesAndDoesNothing() throws Exception {
    var before = tree();
    installer("one").install(PLAIN, true);
    List<String> said = List.copyOf(steps);
    assertEquals(before, tree());
    steps.clear();
    installer("one").install(PLAIN, false);
    assertEquals(said, steps);
  }

  @Test
  void install_afterACutInTheMiddle_isComplete() throws Exception {
    installer("one").install(PLAIN, false);
    var whole = tree();
    for (String cut : List.copyOf(whole.keySet())) {
      Disk.deleteTree(root.resolve(cut));
      if (cut.startsWith("etc/passwd") || cut.startsWith("etc/group") || cut.equals("etc")) {
        makeImage();
      }
      boolean insideVersion = cut.matches("opt/bosky/versions/[^/]+/.+");
      if (insideVersion) {
        // A version appears whole; what is lost later is found by the launcher, not mended here.
        Disk.deleteTree(root.resolve("opt/bosky/versions"));
      }
      installer("one").install(PLAIN, false);
      assertEquals(whole, tree(), cut);
    }
  }

  @Test
  void install_ofAnotherBuild_switchesAndKeepsOneOlder() throws Exception {
    installer("one").install(PLAIN, false);
    installer("two").install(PLAIN, false);
    Path second = root.resolve("opt/bosky/current").toRealPath();
    assertEquals("jar two", Files.readString(second.resolve("lib/bosky.jar")));
    assertEquals(2, Disk.children(root.resolve("opt/bosky/versions")).size());
    installer("three").install(PLAIN, false);
    assertEquals(2, Disk.children(root.resolve("opt/bosky/versions")).size());
    assertTrue(Files.isDirectory(second), "the one an agent may still run from");
  }

  @Test
  void install_removesWhatAnotherOneLeftWhenItWasCutShort_andTakesItForNoVersion()
      throws Exception {
    installer("one").install(PLAIN, false);
    Path first = root.resolve("opt/bosky/current").toRealPath();
    Path half = Files.createDirectories(first.resolveSibling(".new-1.0.0-00000000/lib"));
    installer("two").install(PLAIN, false);
    assertTrue(Files.isDirectory(first), "one may want to go back to it");
    assertFalse(Files.exists(half.getParent()));
  }

  @Test
  void install_keepsWhatSomethingRunsFrom() throws Exception {
    installer("one").install(PLAIN, false);
    Path first = root.resolve("opt/bosky/current").toRealPath();
    Process agent =
        new ProcessBuilder("tail", "-f", first.resolve("lib/bosky.jar").toString()).start();
    try {
      installer("two").install(PLAIN, false);
      installer("three").install(PLAIN, false);
      installer("four").install(PLAIN, false);
      assertTrue(Files.isDirectory(first), "an agent runs from there");
    } finally {
      agent.destroyForcibly().waitFor();
    }
    installer("five").install(PLAIN, false);
    assertFalse(Files.exists(first), "nothing does any more");
  }

  @Test
  void install_leavesWhatPeopleWroteIntoTheConfiguration() throws Exception {
    Path config = root.resolve("etc/bosky/bosky.yaml");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "# ours\nteam: pay\nproject: old\nlabels:\n  a: b\n");
    installer("one").install(new Installer.Wish(Optional.of("it's"), false, false), false);
    assertEquals(
        "# ours\nproject: 'it''s'\nteam: pay\nlabels:\n  a: b\n", Files.readString(config));
  }

  @Test
  void install_forAnImage_leavesNoStateBehind() throws Exception {
    installer("one").install(PLAIN, false);
    Path state = root.resolve("var/lib/bosky");
    Files.createDirectories(state.resolve("spool/x"));
    Files.writeString(state.resolve("owner.json"), "{\"instance\":\"i-0a\"}");
    installer("one").install(IMAGE, false);
    assertEquals(List.of(), Disk.children(state));
    assertEquals("project: 'shop'\n", Files.readString(root.resolve("etc/bosky/bosky.yaml")));
  }

  @Test
  void install_whereTheCommandsNameIsTaken_leavesItAndSaysSo() throws Exception {
    Path command = root.resolve("usr/local/bin/bosky");
    Files.createDirectories(command.getParent());
    Files.writeString(command, "the Go tool");
    installer("one").install(PLAIN, false);
    assertEquals("the Go tool", Files.readString(command));
    assertEquals(List.of("/usr/local/bin/bosky is another file, and stays"), notes);

    Files.delete(command);
    Files.createSymbolicLink(command, Path.of("/opt/tools/bosky"));
    installer("one").install(PLAIN, false);
    assertEquals(Path.of("/opt/tools/bosky"), Files.readSymbolicLink(command));
  }

  @Test
  void install_withoutPermission_namesTheStep() throws Exception {
    Path file = root.resolve("etc/bosky");
    Files.writeString(file, "a file where a folder must be");
    IOException e = assertThrows(IOException.class, () -> installer("one").install(PLAIN, false));
    assertTrue(e.getMessage().startsWith("folder /etc/bosky/patterns.d: "), e.getMessage());
  }

  @Test
  void uninstall_leavesNothingBehind() throws Exception {
    var before = tree();
    installer("one").install(PLAIN, false);
    installer("one").uninstall(false, false);
    assertFalse(Files.exists(root.resolve("opt/bosky"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(root.resolve("var/lib/bosky")), "state is kept");
    assertEquals(1, notes.size());
    Disk.deleteTree(root.resolve("var/lib/bosky"));
    Disk.deleteTree(root.resolve("etc/bosky"));
    var after = tree();
    after.keySet().removeAll(emptyFolders());
    before.keySet().removeAll(emptyFolders());
    assertEquals(before, after);
  }

  @Test
  void install_ofTheSameProgramWithANewerJava_isAnotherVersion() throws Exception {
    Path runtime = Files.createDirectories(folder.resolve("unpacked/one/runtime"));
    Files.writeString(runtime.resolve("release.id"), "25.0.3\n");
    installer("one").install(PLAIN, false);
    Files.writeString(runtime.resolve("release.id"), "25.0.4\n");
    installer("one").install(PLAIN, false);
    assertEquals(
        "25.0.4\n", Files.readString(root.resolve("opt/bosky/current/runtime/release.id")));
  }

  /** What is not in the jar may be mended without a new version. */
  @Test
  void install_ofTheSameJarWithOtherPatternsOrLauncher_isAnotherVersion() throws Exception {
    installer("one").install(PLAIN, false);
    Path home = folder.resolve("unpacked/one");
    for (String changed : List.of("bin/bosky", "patterns/apt.yaml", "systemd/stopping")) {
      Files.createDirectories(home.resolve(changed).getParent());
      Files.writeString(home.resolve(changed), "#!/bin/sh\n# changed\n");
      installer("one").install(PLAIN, false);
      assertEquals(
          "#!/bin/sh\n# changed\n",
          Files.readString(root.resolve("opt/bosky/current").resolve(changed)));
    }
  }

  /** A package's manager changes and removes its files while an agent may still run. */
  @Test
  void install_fromAPackage_outlivesThePackagesFiles() throws Exception {
    Path packaged = root.resolve("opt/bosky/package");
    installer(packaged, "one").install(PLAIN, false);
    Path current = root.resolve("opt/bosky/current").toRealPath();
    assertEquals(
        Files.getAttribute(packaged.resolve("lib/bosky.jar"), "unix:ino"),
        Files.getAttribute(current.resolve("lib/bosky.jar"), "unix:ino"),
        "no byte is there twice");
    Disk.deleteTree(packaged);
    assertEquals("jar one", Files.readString(current.resolve("lib/bosky.jar")));
  }

  @Test
  void uninstall_purging_takesStateConfigurationAndTheDetachedAgentsLog() throws Exception {
    var before = tree();
    installer("one").install(PLAIN, false);
    Files.createDirectories(root.resolve("var/log"));
    Files.writeString(root.resolve("var/log/bosky.log"), "talk");
    // Not useradd's to delete here: no such program runs in an empty image.
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
    installer("one").uninstall(true, false);
    var after = tree();
    after.keySet().removeAll(emptyFolders());
    before.keySet().removeAll(emptyFolders());
    after.remove("etc/passwd");
    before.remove("etc/passwd");
    assertEquals(before, after);
  }

  @Test
  void uninstall_leavesThePackagesFilesToThePackage() throws Exception {
    Path packaged = root.resolve("opt/bosky/package");
    installer(packaged, "one").install(PLAIN, false);
    installer("one").uninstall(true, false);
    assertEquals(List.of(packaged), Disk.children(root.resolve("opt/bosky")));
    assertEquals(List.of("/opt/bosky/package is kept; it goes when the package is removed"), notes);
  }

  private Installer installer(String build) throws IOException {
    return installer(folder.resolve("unpacked").resolve(build), build);
  }

  private Installer installer(Path home, String build) throws IOException {
    if (!Files.exists(home.resolve("bin"))) {
      Files.createDirectories(home.resolve("bin"));
      Files.createDirectories(home.resolve("lib"));
      Files.createDirectories(home.resolve("systemd"));
      Files.writeString(home.resolve("lib/bosky.jar"), "jar " + build);
      Files.writeString(home.resolve("bin/bosky"), "#!/bin/sh\n");
      home.resolve("bin/bosky").toFile().setExecutable(true);
      Files.copy(
          Path.of("src/main/dist/systemd/bosky.service"), home.resolve("systemd/bosky.service"));
    }
    return new Installer(
        root,
        new Distribution(home),
        new Installer.Report() {
          @Override
          public void step(String says) {
            steps.add(says);
          }

          @Override
          public void note(String text) {
            notes.add(text);
          }
        });
  }

  /** Every file with its mode and owner, and what is in it or where it leads. */
  private TreeMap<String, String> tree() throws IOException {
    TreeMap<String, String> tree = new TreeMap<>();
    for (Path path : Disk.tree(root)) {
      String what =
          Files.isSymbolicLink(path)
              ? "-> " + Files.readSymbolicLink(path)
              : Files.isDirectory(path) ? "folder" : Files.readString(path);
      tree.put(
          root.relativize(path).toString(),
          Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS)
              + " "
              + Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
              + " "
              + what);
    }
    tree.remove("");
    return tree;
  }

  private List<String> emptyFolders() throws IOException {
    List<String> empty = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        try (Stream<Path> files = Files.walk(path)) {
          if (files.allMatch(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))) {
            empty.add(root.relativize(path).toString());
          }
        }
      }
    }
    return empty;
  }
}
