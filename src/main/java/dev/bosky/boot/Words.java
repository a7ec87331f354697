package dev.bosky.boot;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Chooses among the lines before cloud-init's own failure line the one that a person would want.
 *
 * <p>A heuristic over the last {@link #REACH} lines of sense: the nearest line that says at its
 * beginning that it is an error, if it is one of the last {@link #NEAR}; else the nearest with a
 * word of failure anywhere; else the last. Of a block of such lines that begin alike ({@code npm
 * ERR! …}) it is the first. Lines of sense are those that are not blank, a progress bar, a banner,
 * a table of cloud-init or one of its messages, the making of host keys; lines that only point
 * elsewhere for more are not errors. Of a text about usage it is the first line, or the complaint
 * before it.
 */
final class Words {
  /** So far above cloud-init's failure line the line that a person wants was found in real logs. */
  static final int REACH = 24;

  /** An error so near is the cause; one further up may have been harmless. */
  static final int NEAR = 8;

  /** So many lines before the chosen one are shown. */
  static final int BEFORE = 10;

  private static final Pattern NOISE =
      Pattern.compile(
          "[\\s\\p{Punct}]*"
              + "|ci-info: .*|Cloud-init v\\. .*"
              + "|\\+-+\\[[\\w ]+\\]-+\\+|\\|[ .o+=*BOX@%&#/^SE]{17}\\|"
              + "|Generating public/private .*|Your (?:identification|public key) has been saved in .*"
              + "|The key fingerprint is:|The key's randomart image is:|SHA256:\\S+ .*"
              + "|[\\w.]+: DEPRECATED: .*"
              + "|\\(Reading database .*"
              + "|.*\\b\\d{1,3}%\\s*[\\[(|#=.>-].*|\\s*\\d{1,3}(?:\\.\\d+)?%.*"
              + "|[\\s\\d:.%kMGT-]*--:--:--.*|\\s*% Total .*|\\s*Dload .*"
              + "|\\+{1,9} (?:exit|set|trap|true)\\b.*",
          Pattern.DOTALL);
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?i)\\b(?:\\w*errors?|fatal|failed|failure|fails|cannot|can't|couldn't|could not|unable|not found"
              + "|no such|denied|refused|\\w*exception|undefined|unbound|invalid|abort(?:ed|ing)?|killed"
              + "|timed out|unknown|missing|does not exist|permission|panic|required|unexpected)\\b");
  private static final Pattern ERROR =
      Pattern.compile(
          "^\\s*(?:[\\w./+-]+:\\s+(?:line \\d+: )?){0,8}(?:\\[?(?:E|ERR|ERROR|FATAL|CRITICAL)\\]?[:! ]|\\w+ ERR!|npm ERR"
              + "|(?i:(?:fatal |syntax )?error|fatal|panic|abort)(?:\\[\\w+\\])?:)"
              + "|^(?:\\w+\\.){0,30}\\w+(?:Error|Exception)(?:: |$)"
              + "|: (?:fatal )?error: |command not found$|: No such file or directory$|: Permission denied$");
  private static final Pattern NO_FAILURE =
      Pattern.compile(
          "(?i)\\b(?:0|no|without) (?:errors?|failures?)\\b|\\bfailed[=:] ?0\\b|\\berrors?[=:] ?0\\b"
              + "|\\b(?:more|further) (?:information|details?|help)\\b|\\bsee (?:above|below|also|the)\\b"
              + "|^\\s*(?:hint|note|tip)\\b|\\b(?:complete|debug|full) log\\b|\\bmay mean\\b|some index files failed to download|^\\s*warning\\b"
              + "|(?-i:\\bDEPRECATED\\b)");
  private static final Pattern USAGE = Pattern.compile("\\s*[Uu]sage:? \\S");

  /** What stands below it: lines that are indented, or begin with an option or a place for one. */
  private static final Pattern OPTIONS = Pattern.compile("[\\s\\[<({|/-]|.*:$");

  private static final Pattern LACKS_INPUT =
      Pattern.compile(
          "(?i)\\bno such file\\b|cannot find or open|unable to access jarfile|: (?:command )?not found$"
              + "|unexpected end of file|not in gzip format|no valid openpgp data|does not look like a tar"
              + "|expecting value: line 1 column 1 \\(char 0\\)|interactive login from a non TTY"
              + "|could not read from remote repository|\\(0 bytes received so far\\)");

  private Words() {}

  static boolean isSense(CleanLine line) {
    return line.length() > 0
        && CloudInitLine.of(line).isEmpty()
        && !NOISE.matcher(line.text()).matches();
  }

  /** Whether the text has a word of failure in it. */
  static boolean isFailure(String text) {
    return FAILURE.matcher(text).find() && !NO_FAILURE.matcher(text).find();
  }

  /**
   * Whether a program complains of a file that is not there or of input that is empty: so does each
   * one that was to go on with what an earlier one should have made.
   */
  static boolean lacksInput(String line) {
    return LACKS_INPUT.matcher(line).find();
  }

  /**
   * Chooses the line to show.
   *
   * @param lines what stood in the log before, oldest first
   * @return the index of the line to show, or -1 if none of them makes sense
   */
  static int choose(List<CleanLine> lines) {
    int last = -1;
    int failure = -1;
    int seen = 0;
    boolean onlyOptions = true;
    for (int i = lines.size() - 1; i >= 0 && seen < REACH; i--) {
      if (isSense(lines.get(i))) {
        last = last < 0 ? i : last;
        String text = lines.get(i).text();
        if (seen < NEAR && isError(text)) {
          return firstAlike(lines, i);
        }
        if (onlyOptions && USAGE.matcher(text).lookingAt()) {
          last = i;
          failure = -1;
        }
        onlyOptions &= OPTIONS.matcher(text).lookingAt();
        failure = failure < 0 && isFailure(text) ? i : failure;
        seen++;
      }
    }
    return failure < 0 ? last : failure;
  }

  private static boolean isError(String text) {
    return ERROR.matcher(text).find() && !NO_FAILURE.matcher(text).find();
  }

  /** Goes up from an error to the first of the errors that stand together and begin alike. */
  private static int firstAlike(List<CleanLine> lines, int error) {
    String beginning = beginning(lines.get(error).text());
    int first = error;
    for (int i = error - 1; i >= 0; i--) {
      String text = lines.get(i).text();
      if (!beginning(text).equals(beginning)) {
        break;
      }
      first = isError(text) ? i : first;
    }
    return first;
  }

  /** The first word, with blanks before it. */
  static String beginning(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The lines as texts, masked together so that a secret of several lines is seen whole. */
  static List<String> masked(List<CleanLine> lines, UnaryOperator<String> mask) {
    if (lines.isEmpty()) {
      return List.of();
    }
    StringBuilder all = new StringBuilder();
    for (CleanLine line : lines) {
      all.append(all.isEmpty() ? "" : "\n").append(line.text());
    }
    return Arrays.asList(mask.apply(all.toString()).split("\n", -1));
  }
}
