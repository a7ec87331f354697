package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that cloud-init itself has written, and what it says.
 *
 * <p>The file name before the level changes from version to version and is never looked at.
 *
 * @param kind what it tells
 * @param name the module, the script, the stage, or where the output goes; empty for others
 * @param detail the exit code, or where the errors go; empty for others
 * @param text cloud-init's words without date and file
 */
record CloudInitLine(Kind kind, String name, String detail, String text) {

  enum Kind {
    /** A module raised an error; it is in result.json too. */
    MODULE_FAILED,
    /** A script ended with another code than 0; {@link #MODULE_FAILED} follows. */
    SCRIPTS_FAILED,
    /** A script and its exit code: up to 20.2 in the output log, later in cloud-init.log only. */
    SCRIPT_EXIT,
    /** A stage died outside of a module, or there is no data source. */
    STAGE_FAILED,
    /** User data was dropped; result.json does not know. */
    IGNORED,
    /** {@code output:} of the user data is in force from here. */
    OUTPUT_MOVED,
    /** A script is started (cloud-init.log only). */
    SCRIPT_STARTED,
    /** A failure of a part of a module; {@link #MODULE_FAILED} may follow or not. */
    TROUBLE,
    /** Any other warning, deprecation, or line of cloud-init.log. */
    OTHER
  }

  private static final byte[] STAGE_DEATH = "failed run of stage ".getBytes(US_ASCII);

  /** Date, file and level stand within so many bytes. */
  private static final int MAX_HEAD = 100;

  /** What follows the name is not looked at: a console may have wrapped the line there. */
  private static final Pattern MODULE =
      Pattern.compile("Running (?:module ([\\w-]+)|([\\w-]+) \\(<module )");

  private static final Pattern SCRIPTS_MODULE = Pattern.compile("Failed to run module ([\\w-]+)");
  private static final Pattern SCRIPT = Pattern.compile("Failed running (/\\S+) \\[(-?\\d+)\\]");
  private static final Pattern STAGE =
      Pattern.compile(
          "failed (?:run of )?stage (\\S+)|.*[Ll]ikely bad things to come!|Failed to initialize,.*");
  private static final Pattern DROPPED =
      Pattern.compile(
          "Unhandled (?:non-multipart|unknown content-type) \\(.*"
              + "|Failed loading yaml blob.*"
              + "|Failed at merging in cloud config part from [^\\s:]+"
              + "|Failed to shellify .*"
              + "|Failed calling handler .*"
              + "|Ignoring jinja template for .*"
              + "|Consuming user data failed!.*",
          Pattern.DOTALL);
  private static final Pattern MOVED =
      Pattern.compile("Stdout, stderr changing to \\((.*), (.*)\\)");
  private static final Pattern STARTED =
      Pattern.compile("Running command \\['(/[^']*/scripts/[^']*)'");
  private static final Pattern BOOTHOOK =
      Pattern.compile("Boothooks (?:script|unknown error when running) (/\\S+)");
  private static final Pattern TROUBLES =
      Pattern.compile(
          "Failed to (?:run|install|create|lock|set|add|resize|mount).*|Failure when .*"
              + "|Package (?:update|upgrade) failed.*|\\d+ failed with exceptions.*"
              + "|Activate mounts: FAIL:.*|Failed (?:partitioning|during filesystem) .*");

  /** What the line says, if cloud-init wrote it. */
  static Optional<CloudInitLine> of(CleanLine line) {
    int words = wordsAt(line.bytes(), line.start(), line.end());
    if (words < 0) {
      return Optional.empty();
    }
    String all = line.text();
    int bracket = all.indexOf("]: ");
    if (bracket < 0) {
      return Optional.of(read("", all));
    }
    int open = all.lastIndexOf('[', bracket);
    return Optional.of(read(all.substring(open + 1, bracket), all.substring(bracket + 3)));
  }

  /** As {@link #of(CleanLine)}, for a text. */
  static Optional<CloudInitLine> of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return of(new CleanLine("", 0, 0, 0, bytes, 0, bytes.length, false));
  }

  /** Whether one of the lines of a text tells that user data was dropped. */
  static boolean isOfDroppedUserData(String text) {
    return text.lines()
        .anyMatch(line -> of(line).filter(own -> own.kind() == Kind.IGNORED).isPresent());
  }

  /** Where the words begin behind {@code FILE.py[LEVEL]: }; 0 for a stage's death; -1 if none. */
  private static int wordsAt(byte[] bytes, int start, int end) {
    int stop = Math.min(end, start + MAX_HEAD) - 4;
    for (int i = start; i < stop; i++) {
      byte b = bytes[i];
      if (b == '.' && bytes[i + 1] == 'p' && bytes[i + 2] == 'y' && bytes[i + 3] == '[') {
        return i;
      }
      if (!Ascii.isWord(b) && b != '-' && b != ':' && b != ',' && b != ' ') {
        return -1;
      }
    }
    return Ascii.has(bytes, start, end, STAGE_DEATH) ? start : -1;
  }

  private static CloudInitLine read(String level, String words) {
    boolean warns = !level.equals("DEBUG") && !level.equals("INFO");
    Matcher m = SCRIPT.matcher(words);
    if (m.lookingAt()) {
      return new CloudInitLine(Kind.SCRIPT_EXIT, base(m.group(1)), m.group(2), words);
    }
    if (!warns) {
      m = STARTED.matcher(words);
      return m.lookingAt()
          ? new CloudInitLine(Kind.SCRIPT_STARTED, base(m.group(1)), "", words)
          : plain(Kind.OTHER, words);
    }
    return warning(words);
  }

  /** What a warning says, without date and file, as in status.json. */
  static CloudInitLine warning(String words) {
    Matcher m = MODULE.matcher(words);
    if (m.lookingAt()) {
      String module = m.group(1) == null ? m.group(2) : m.group(1);
      return new CloudInitLine(Kind.MODULE_FAILED, module, "", words);
    }
    m = SCRIPTS_MODULE.matcher(words);
    if (m.lookingAt()) {
      return new CloudInitLine(Kind.SCRIPTS_FAILED, m.group(1), "", words);
    }
    m = STAGE.matcher(words);
    if (m.lookingAt()) {
      return new CloudInitLine(Kind.STAGE_FAILED, m.group(1) == null ? "" : m.group(1), "", words);
    }
    m = MOVED.matcher(words);
    if (m.lookingAt()) {
      return new CloudInitLine(Kind.OUTPUT_MOVED, m.group(1), m.group(2), words);
    }
    m = BOOTHOOK.matcher(words);
    if (m.lookingAt()) {
      return new CloudInitLine(Kind.TROUBLE, base(m.group(1)), "", words);
    }
    if (DROPPED.matcher(words).matches()) {
      return plain(Kind.IGNORED, words);
    }
    return plain(TROUBLES.matcher(words).matches() ? Kind.TROUBLE : Kind.OTHER, words);
  }

  private static CloudInitLine plain(Kind kind, String words) {
    return new CloudInitLine(kind, "", "", words);
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
