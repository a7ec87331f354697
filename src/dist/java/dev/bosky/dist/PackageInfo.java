package dev.bosky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the packages for Debian's and Red Hat's families have in common: the tree, at a place that is
 * the same for all versions. What runs are other folders: see {@code src/dist/package/postinst}.
 *
 * @param tree the unpacked archive
 * @param version as Maven has it
 * @param machine as {@code uname -m} says it
 * @param time of every file
 * @param scripts the folder with what is run at installing and removing
 */
record PackageInfo(Path tree, String version, String machine, Instant time, Path scripts) {
  static final String NAME = "bosky";
  static final String HOME = "/opt/bosky";
  static final String PLACE = HOME + "/package";
  static final String MAINTAINER = "Bosky maintainers";
  static final String SUMMARY = "tells EventBridge how an instance's user data went";
  static final String DESCRIPTION =
      "Follows cloud-init's output on EC2 instances, matches it against pattern files and sends"
          + " events to Amazon EventBridge, with exactly one verdict a boot. Brings its own Java"
          + " runtime.";

  /** Of all that is in it: ours, the libraries', the runtime's; {@code legal/} tells which is whose. */
  static final String LICENCES =
      "MIT AND Apache-2.0 AND BSD-3-Clause AND (GPL-2.0-only WITH Classpath-exception-2.0)";

  static final int FILE = 0100644;
  static final int PROGRAM = 0100755;
  static final int FOLDER = 040755;

  /** A version such as {@code 1.1.0-SNAPSHOT} comes before 1.1.0 for both families. */
  String comparableVersion() {
    return version.replace('-', '~');
  }

  /** All files and folders, folders before what is in them. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  /** Where a file of the tree lies once it is installed. */
  String place(Path file) {
    String name = tree.relativize(file).toString();
    return name.isEmpty() ? PLACE : PLACE + "/" + name;
  }

  static int mode(Path file) {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return FOLDER;
    }
    return Files.isExecutable(file) ? PROGRAM : FILE;
  }

  String script(String name) throws IOException {
    return Files.readString(scripts.resolve(name));
  }
}
