package dev.bosky.boot;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where cloud-init sends an output, as {@code output:} in its configuration says:
 *
 * <pre>
 *   | tee -a /var/log/cloud-init-output.log     a command of a shell
 *   {@literal >>} /var/log/own.log, {@literal >} /var/log/own.log          append, or begin anew at each stage
 *   /var/log/own.log                            append
 *   &amp;1                                          the errors go where the output goes
 * </pre>
 *
 * @param text the target as written; empty or {@code None} if nothing is redirected
 */
public record OutputTarget(String text) {
  private static final Pattern TEE =
      Pattern.compile("\\btee((?:\\s++-[a-zA-Z-]++)*+)((?:\\s++[^|<>&;()\\s]++)++)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern APPEND = Pattern.compile(">>?\\s*([^|<>&;()\\s]+)");

  /** The files in which the words can be read, absolute ones only. */
  public List<Path> files() {
    String target = text.strip();
    List<Path> files = new ArrayList<>();
    if (target.startsWith("|")) {
      Matcher tee = TEE.matcher(target);
      while (tee.find()) {
        BLANKS.splitAsStream(tee.group(2).strip()).forEach(name -> add(name, files));
      }
      Matcher append = APPEND.matcher(target);
      while (append.find()) {
        add(append.group(1), files);
      }
    } else if (!target.startsWith("&")) {
      add(target.replaceFirst("^>{1,2}\\s*", ""), files);
    }
    return files;
  }

  private static void add(String name, List<Path> files) {
    String bare = name.replaceAll("^[\"']|[\"']$", "");
    try {
      Path path = Path.of(bare);
      if (path.isAbsolute() && !path.startsWith("/dev") && !files.contains(path)) {
        files.add(path);
      }
    } catch (InvalidPathException e) {
      // A name with a NUL byte: there is no such file to follow.
    }
  }
}
