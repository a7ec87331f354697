package dev.bosky.dist;

import dev.bosky.dist.BuildArchive.Build;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Makes the tree once more, elsewhere and later, and fails where it is not the same: same sources, same
 * bytes. Only the cache is not made again; no two runs of Java give the same one.
 */
final class BuildAgain {
  private BuildAgain() {}

  /** Takes the arguments of {@link BuildArchive}. */
  public static void main(String[] args) throws Exception {
    Build first = Build.of(args, "dist");
    Build again = Build.of(args, "dist-again");
    again.makeTree();
    Files.copy(
        first.tree().resolve(Cache.FILE),
        again.tree().resolve(Cache.FILE),
        StandardCopyOption.REPLACE_EXISTING);
    TreeSet<String> different = different(first.tree(), again.tree());
    if (!different.isEmpty()) {
      System.err.println("bosky archive: built twice, it is not the same in " + different);
      System.exit(1);
    }
    // Names, order, modes, owners, times.
    if (!Arrays.equals(sum(first.archive()), sum(again.archive()))) {
      System.err.println("bosky archive: the same tree gives two archives");
      System.exit(1);
    }
    Archive.delete(again.tree());
  }

  private static TreeSet<String> different(Path one, Path other) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Path tree : new Path[] {one, other}) {
      Archive.files(tree).forEach(file -> names.add(tree.relativize(file).toString()));
    }
    TreeSet<String> different = new TreeSet<>();
    for (String name : names) {
      Path first = one.resolve(name);
      Path second = other.resolve(name);
      if (!Files.exists(first)
          || !Files.exists(second)
          || !Files.isDirectory(first) && Files.mismatch(first, second) >= 0) {
        different.add(name);
      }
    }
    return different;
  }

  private static byte[] sum(Archive archive) throws Exception {
    MessageDigest sum = MessageDigest.getInstance("SHA-256");
    archive.write(new DigestOutputStream(OutputStream.nullOutputStream(), sum));
    return sum.digest();
  }
}
