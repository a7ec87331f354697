package dev.bosky.boot;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Chooses among the lines before cloud-init's own failure line the one that a person would want.
 *
 * <p>A heuristic: the nearest line with a word of failure among the last {@link #REACH} lines of
 * sense, else the last line of sense. Lines of sense are those that are not blank, a progress bar,
 * a banner, a table of cloud-init or one of its messages.
 */
final class Words {
  /** So far above cloud-init's failure line the line that a person wants was found in real logs. */
  static final int REACH = 24;

  /** So many lines before the chosen one are shown. */
  static final int BEFORE = 10;

  private static final Pattern NOISE =
      Pattern.compile(
          "[\\s\\p{Punct}]*"
              + "|ci-info: .*|Cloud-init v\\. .*"
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
  private static final Pattern NO_FAILURE =
      Pattern.compile(
          "(?i)\\b(?:0|no|without) (?:errors?|failures?)\\b|\\bfailed[=:] ?0\\b|\\berrors?[=:] ?0\\b");

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
   * Chooses the line to show.
   *
   * @param lines what stood in the log before, oldest first
   * @return the index of the line to show, or -1 if none of them makes sense
   */
  static int choose(List<CleanLine> lines) {
    int last = -1;
    int seen = 0;
    for (int i = lines.size() - 1; i >= 0 && seen < REACH; i--) {
      if (isSense(lines.get(i))) {
        last = last < 0 ? i : last;
        seen++;
        if (isFailure(lines.get(i).text())) {
          return i;
        }
      }
    }
    return last;
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
