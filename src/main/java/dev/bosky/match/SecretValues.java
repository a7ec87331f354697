package dev.bosky.match;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says whether what stands beside a telling name is a secret, or only speaks of one.
 *
 * <p>Each check takes a line and where in it the value stands. Behind an equals sign or an option
 * nearly everything is a secret. Behind a colon stands ordinary prose too ({@code passwd: all
 * authentication tokens updated}); there a plain word that others follow is none. A variable, a
 * placeholder and the path of a file are none anywhere.
 */
final class SecretValues {
  /** Words that say something about a secret, and are none. */
  private static final Set<String> WORDS =
      Set.of(
          """
              true false yes no on off none null nil undefined required optional present absent
              set unset empty missing invalid expired disabled enabled default auto string
              redacted masked hidden unknown incorrect changed file stdin prompt to or and is was
              are for in with of option options flag instead must cannot eof end found mismatch
              updated created unchanged configured deleted rejected denied failed failure error ok
              success function object not added removed valid verified loaded generated imported
              installed available ready via by from at as the a an this that has been using should
              will can may see
              """
              .trim()
              .split("\\s+"));

  /** A variable, a placeholder, or a call that will be replaced: what it holds is not here. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:[A-Za-z_]\\w*|\\{[^}]*}|\\(.*|\\{\\{.*|[0-9@#?*])|\\{\\{.*|<[^>]*>?|%\\w*%?|%\\(.*"
              + "|(?:os|process|System)\\.\\w.*|arn:aws.*|[*.xX]+|\\[[^\\]]*]?|[({\\[|>]+[-+]?"
              + "|\\((?:sensitive|known|none|null|empty|hidden|unset|unchanged)\\b.*");

  /** The path of a file that holds the secret. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:~|\\.{1,2})?/(?:etc|var|usr|run|opt|home|root|tmp|srv|mnt|dev|proc|sys|data|app|secrets?"
              + "|vault|certs?|keys?)(?:/.*)?|file:.*|https?://[^@]*");

  /** What makes the word before the colon part of a sentence, as in {@code invalid token: x}. */
  private static final Pattern PROSE_BEFORE =
      Pattern.compile(
          "(?i)\\b(?:unexpected|invalid|illegal|unknown|expected|bad|next|wrong|syntax) \\w+: *$");

  /** A secret's name in AWS is no secret. */
  private static final Pattern RESOURCE_NAME = Pattern.compile("\\barn:aws[\\w-]*:\\S*$");

  /** What is told of a password: when it was changed. */
  private static final Pattern TIME = Pattern.compile("[0-9:.,TZ+-]+");

  /** Ports that a container publishes. */
  private static final Pattern PORTS = Pattern.compile("[0-9.]+:[0-9.:]+(?:/[a-z]+)?");

  /** An image's tag. */
  private static final Pattern TAG = Pattern.compile("[a-z0-9._-]+");

  /** The name of the next thing that is told. */
  private static final Pattern NEXT_NAME = Pattern.compile("[A-Za-z_]+:");

  /** Commands that take {@code -u user:password}. */
  private static final Pattern TRANSFER =
      Pattern.compile("\\b(?:curl|wget|https?|svn|smbclient|influx)\\b");

  /** How far the checks look before and behind a value. */
  private static final int WINDOW = 200;

  private SecretValues() {}

  /** Behind an equals sign. */
  static boolean isAssigned(String line, int start, int end) {
    String value = line.substring(start, end);
    boolean folder = value.startsWith("/") && before(line, start).matches(".*\\b(?:OLD)?PWD=\"?");
    boolean comparison = value.startsWith("=");
    return !folder && !comparison && isNoReference(line, start, end) && !isWord(value);
  }

  /** Behind a colon. */
  static boolean isTold(String line, int start, int end) {
    String value = line.substring(start, end);
    if (!isNoReference(line, start, end)
        || isWord(value)
        || value.length() < 3
        || NEXT_NAME.matcher(value).matches()
        || RESOURCE_NAME.matcher(before(line, start)).find()) {
      return false;
    }
    boolean quoted = start > 0 && "\"'".indexOf(line.charAt(start - 1)) >= 0;
    boolean plain = value.matches("\\(?[A-Za-z'-]+");
    boolean wordsFollow = after(line, end).matches(" +[A-Za-z(].*");
    boolean prose = plain && (wordsFollow || PROSE_BEFORE.matcher(before(line, start)).find());
    return quoted || looksRandom(value) || !(prose || value.matches("[0-9]{1,5}[,;)}\\]]?"));
  }

  /** Behind an option. */
  static boolean isArgument(String line, int start, int end) {
    String value = line.substring(start, end);
    return !value.matches("--?[A-Za-z].*")
        && !PORTS.matcher(value).matches()
        && isNoReference(line, start, end)
        && !isWord(value);
  }

  static boolean isHeader(String line, int start, int end) {
    return isNoReference(line, start, end) && !isWord(line.substring(start, end));
  }

  /** A user's password for a transfer; {@code -u 1000:1000} elsewhere names user and group. */
  static boolean isLogin(String line, int start, int end) {
    boolean samba = line.charAt(start - 1) == '%';
    return (samba || TRANSFER.matcher(before(line, start)).find())
        && isNoReference(line, start, end);
  }

  /** Vault's; the id of a secret in AWS is its name. */
  static boolean isSecretId(String line, int start, int end) {
    return !before(line, start).contains("secretsmanager") && isArgument(line, start, end);
  }

  /** False for variables, placeholders and paths: the secret is elsewhere. */
  static boolean isNoReference(String line, int start, int end) {
    String value = line.substring(start, end);
    // What a shell has put in single quotes it does not replace any more.
    boolean literal = start > 0 && line.charAt(start - 1) == '\'' && value.startsWith("$");
    return !value.isBlank()
        && (literal || !REFERENCE.matcher(value).matches())
        && !PATH.matcher(value).matches();
  }

  /** A generated token, not a word. */
  static boolean isRandom(String line, int start, int end) {
    return looksRandom(line.substring(start, end));
  }

  /** A password that a program made up and tells. */
  static boolean isGenerated(String line, int start, int end) {
    String value = line.substring(start, end);
    return looksRandom(value) && !TIME.matcher(value).matches() && isNoReference(line, start, end);
  }

  /** Behind a name that an account and an image may have. */
  static boolean isNoTag(String line, int start, int end) {
    String value = line.substring(start, end);
    return looksRandom(value) && !TAG.matcher(value).matches();
  }

  /** With capitals, small letters and digits, or a long number: where nothing else tells. */
  static boolean isStrong(String line, int start, int end) {
    String value = line.substring(start, end);
    boolean mixed =
        value.chars().anyMatch(Character::isUpperCase)
            && value.chars().anyMatch(Character::isLowerCase)
            && value.chars().anyMatch(Character::isDigit);
    return mixed || value.matches("[0-9a-f]{32,}");
  }

  private static boolean isWord(String value) {
    int end = value.length();
    while (end > 0 && ".,:;!?)]}".indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    return end == 0 || WORDS.contains(value.substring(0, end).toLowerCase(Locale.ROOT));
  }

  /** Letters with digits, long enough, as in a generated token; or very long. */
  static boolean looksRandom(String value) {
    boolean digit = value.chars().anyMatch(Character::isDigit);
    boolean letter = value.chars().anyMatch(Character::isLetter);
    return (value.length() >= 6 && digit && letter) || value.length() >= 24;
  }

  /** The end of what stands before the value: the checks look no further, so they stay quick. */
  private static String before(String line, int start) {
    return line.substring(Math.max(0, start - WINDOW), start);
  }

  private static String after(String line, int end) {
    return line.substring(end, Math.min(line.length(), end + WINDOW));
  }
}
