package dev.bosky.boot;

import java.util.regex.Pattern;

/**
 * Words by which a script says, right after something failed, that it goes on without it: what
 * stands behind {@code ||} in {@code cp old new || echo "nothing to migrate"}.
 *
 * <p>Where the script cannot be read, as in a replay, they are the only sign that the failure was
 * one it had reckoned with. They count in the few lines after a failure only: further down they are
 * about something else. A program's own words of this kind are no sign.
 */
final class Tolerated {
  /** A longer line is no sentence of a script, and would take long to look at. */
  private static final int MAX_CHARS = 300;

  /** What begins like a program's words about what it leaves out itself, be it before it fails. */
  private static final Pattern OF_A_PROGRAM =
      Pattern.compile(
          "^(?!(?i:warn(?:ing)?|note|notice|info|bootstrap|set-?up|user-?data|\\S+\\.sh): )[a-z][\\w.+-]*: .*"
              + "|^(?:NOTICE|IO error|WARNING: Skipping)\\b.*|^(?:[WNE]|psql:\\S+): .*|^npm (?i:warn|err).*"
              + "|^(?:Warning|Notice): (?:/Stage|Scope).*|^\\[INFO\\] (?:\\S+ \\.+|Tests are) .*"
              + "|^\\s+\\S.*|^Reversed \\(or previously applied\\) patch.*",
          Pattern.DOTALL);

  private static final Pattern GOES_ON =
      Pattern.compile(
          "(?i)[,;:(–—-]\\s*(?:so |but |and )?(?:(?:this|that|it|which)(?: is|'s) |we are |we're )?"
              + "(?:skipp(?:ed|ing)|ignor(?:ed|ing)|harmless|carrying on|going on|moving on|continuing"
              + "|proceeding)\\b(?![:=])"
              + "|[,;(–—-]\\s*(?:(?:this|that|it|which) is )?(?:fine|ok(?:ay)?|normal)\\b"
              + "|(?<!\\d )\\b(?:skipped|ignored|skipping|(?:skipping|ignoring) (?:it|this|that))\\W*$"
              + "|\\boptional\\b.{0,40}\\b(?:not|no|skipp(?:ed|ing)|missing|absent|unavailable|failed|ignored)\\b"
              + "|\\b(?:is|are|was) (?:only )?optional\\b|\\bnot (?:fatal|critical)\\b|\\bnon-(?:fatal|critical)\\b"
              + "|\\b(?:can|may) be ignored\\b|(?<!\\bnot .{0,40})\\bas expected\\b|\\bexpected (?:here|before|until|on first)\\b"
              + "|\\bnothing to (?:migrate|clean|remove|restore|copy|import|stop|delete|undo|move|back|roll|convert"
              + "|unmount|load|merge)\\b"
              + "|\\balready (?:there|applied|present|in place)\\b|\\b(?:there|applied|present|in place) already\\b"
              + "|\\bno (?:previous|old|existing|earlier|cached|legacy|stale|leftover|saved) \\w+"
              + "|^first (?:start|boot|run|install\\w*)[:,]"
              + "|\\b(?:continuing|going on|carrying on|proceeding) (?:without|anyway|with)\\b"
              + "|\\b(?:us(?:e|ed|ing)|tak(?:e|ing)|try(?:ing)?|writing|creating|switch(?:ing)? to|f[ae]ll(?:ing|s)? back to)"
              + " (?:the |a |an |its )?(?:\\w+ )?(?:defaults?|fallback|mirror|slow|cached (?:copy|version|file)"
              + "|bundled|local copy|existing|secondary|backup|alternative|other one)\\b"
              + "|\\bcop(?:y|ies) used\\b|\\bnot (?:needed|required|necessary)\\b"
              + "|^(?:starting|going on|running|working|continuing) with(?:out)? ");

  /** Two calm halves: what there is not, and what follows from it. */
  private static final Pattern CALM =
      Pattern.compile(
          "^(?:\\W{0,2}(?i:warn(?:ing)?|info|note)\\W+)?(?![\\w.+-]+: )(?=[a-z])"
              + "(?!.*(?i:error|fail|fatal|abort|giv(?:e|ing) up|exit|cannot|can't|unable|must|denied|refused|broken|please))"
              + ".*\\b(?:no|not|isn't|missing|unavailable|absent|without|empty|offline|unset|none)\\b"
              + "[^,;:–—]*(?:[,;:–—]| -) \\S.*"
              + "|^no (?:\\w+ ){1,3}to [a-z]+$");

  private static final Pattern TRIES_AGAIN =
      Pattern.compile(
          "(?i)\\bretry(?:ing)?\\b|\\btry(?:ing)? again\\b|\\battempt \\d+\\b|\\btry (?:#?\\d+|again)\\b");

  private Tolerated() {}

  /** Whether the line, which came after a failure, says that the failure does not matter. */
  static boolean isSaidBy(String line) {
    return isOfAScript(line) && (GOES_ON.matcher(line).find() || CALM.matcher(line).matches());
  }

  /** Whether the line says that what failed will be, or was, tried once more. */
  static boolean isTriedAgainBy(String line) {
    return isOfAScript(line) && TRIES_AGAIN.matcher(line).find();
  }

  private static boolean isOfAScript(String line) {
    return line.length() <= MAX_CHARS && !OF_A_PROGRAM.matcher(line).matches();
  }
}
