package dev.bosky.match;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Secrets that are known by the name beside them: {@code PASSWORD=…}, {@code "token": "…"}, {@code
 * --api-key …}, {@code Authorization: …}.
 *
 * <p>Behind an equals sign or an option nearly everything is masked. Behind a colon stands ordinary
 * prose too ({@code passwd: all authentication tokens updated}); there a plain word that others
 * follow stays readable.
 */
final class NamedSecrets {
  /** What a name ends with, before what may come behind it. */
  private static final String NAME =
      "(?:passw(?:or)?d|passphrase|passwd|[_.-]pass|userpass|dbpass|_pwd|pwd|secret[_.-]?id|secret"
          + "|token|_auth|api[ _.-]?key|access[ _.-]?key|private[ _.-]?key|client-key-data"
          + "|pre-?shared[_.-]?key|psk|credentials?|connection[_.-]?string"
          + "|(?:auth|encryption|master|signing|license|account|storage|webhook|service|deploy|admin"
          + "|app|application|ingest|ingestion|join|hmac|shared|certificate|session|jwt"
          + "|integration|datadog)[ _.-]?key)"
          + "(?:[_.-]?(?:key|value|string|base|base64|b64|hash|plain|text|old|new|prod|dev|test"
          + "|[0-9]{1,3}))?";

  /** A quote, perhaps itself quoted within a JSON text. */
  private static final String QUOTE = "\\\\?[\"']?";

  private static final String DOUBLE_QUOTED =
      "\\\\?\"(?P<secret1>(?:[^\"\\\\]|\\\\[^\"])*)(?:\\\\?\"|$)";
  private static final String SINGLE_QUOTED = "\\$?'(?P<secret2>[^']*)(?:'|$)";
  private static final String BARE = "(?P<secret3>(?:[^\\s\"'\\\\&;<>|`]|\\\\[^\"'\\s])+)";
  private static final String VALUE =
      "(?:" + DOUBLE_QUOTED + "|" + SINGLE_QUOTED + "|" + BARE + ")";

  /** Words that say something about a secret, and are none. */
  private static final Set<String> NO_SECRETS =
      Set.of(
          "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "required",
          "optional", "present", "absent", "set", "unset", "empty", "missing", "invalid", "expired",
          "disabled", "enabled", "default", "auto", "string", "redacted", "masked", "hidden",
          "unknown", "incorrect", "changed", "file", "stdin", "prompt", "to", "or", "and", "is",
          "was", "are", "for", "in", "with", "of", "option", "options", "flag", "instead", "must",
          "cannot", "eof", "end", "found", "mismatch", "updated", "created", "unchanged",
          "configured", "deleted", "rejected", "denied", "failed", "failure", "error", "ok",
          "success", "function", "object", "not", "added", "removed", "valid", "verified", "loaded",
          "generated", "imported", "installed", "available", "ready");

  /** A variable, a placeholder, or a call that will be replaced: what it holds is not here. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:[A-Za-z_]\\w*|\\{[^}]*}|\\(.*|\\{\\{.*|[0-9@#?*])|\\{\\{.*|<[^>]*>?|%\\w*%?|%\\(.*"
              + "|(?:os|process|System)\\.\\w.*|arn:aws.*|[*.xX]+|\\[[^\\]]*]?|[({\\[|>]+[-+]?");

  /** The path of a file that holds the secret. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:~|\\.{1,2})?/(?:etc|var|usr|run|opt|home|root|tmp|srv|mnt|dev|proc|sys|data|app|secrets?"
              + "|vault|certs?|keys?)(?:/.*)?|file:.*|https?://[^@]*");

  /** What makes the word before the colon part of a sentence, as in {@code invalid token: x}. */
  private static final Pattern PROSE_BEFORE =
      Pattern.compile(
          "(?i)\\b(?:unexpected|invalid|illegal|unknown|expected|bad|next|wrong|syntax) \\w+: *$");

  /** Commands that take {@code -u user:password}. */
  private static final Pattern TRANSFER =
      Pattern.compile("\\b(?:curl|wget|https?|svn|smbclient|influx)\\b");

  /** How far the checks look before and behind a value. */
  private static final int WINDOW = 200;

  static final List<MaskRules.Rule> RULES =
      List.of(
          rule("named-value", "(?i)" + NAME + QUOTE + "\\s*(?:=>|:=|=)\\s*" + VALUE,
              NamedSecrets::isAssigned),
          rule("named-colon", "(?i)" + NAME + QUOTE + "\\s*:\\s*" + VALUE, NamedSecrets::isTold),
          // Environment="DB_PASSWORD=two words"
          rule("quoted-assignment",
              "(?i)[\"'][\\w.-]*" + NAME + "=(?P<secret>[^\"']+)[\"']", NamedSecrets::isAssigned),
          rule("option",
              "(?i)(?:^|\\s)--?(?:[a-z0-9]+[-_])*(?:passw(?:or)?d|passwd|pass|passphrase|token|secret"
                  + "|api-?key|access-?key|secret-?key|private-?key|certificate-key|auth-?key|authkey"
                  + "|storepass|keypass|credentials?|license-?key|secret-?id)\\s+" + VALUE,
              NamedSecrets::isArgument),
          rule("literal", "--from-literal[= ][\"']?[\\w.-]+=" + VALUE, NamedSecrets::isAssigned),
          rule("header",
              "(?i)\\bauthorization" + QUOTE + "\\s*[:=]\\s*" + QUOTE
                  + "(?:(?:basic|bearer|token|apikey|negotiate|ntlm|splunk|key|genie\\s?key)\\s+)?"
                  + "(?P<secret>[^\\s\"'\\\\]+)",
              NamedSecrets::isHeader),
          rule("header-parts",
              "(?i)\\bauthorization" + QUOTE + "\\s*[:=]\\s*" + QUOTE
                  + "(?:digest|aws4-hmac-sha256|hawk|oauth)\\s+(?P<secret>[^\"'\\\\]+)",
              NamedSecrets::isNoReference),
          rule("bearer", "(?i)\\bbearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,})",
              (line, start, end) -> looksRandom(line.substring(start, end))),
          rule("cookie", "(?i)\\b(?:set-)?cookie:\\s*(?P<secret>[^\"'\\s][^\"']*)",
              NamedSecrets::isNoReference),
          rule("user-password",
              "(?:^|\\s)(?:-u|-U|--user|--proxy-user)(?:\\s+|=)[\"']?[^\\s:\"'/]+[:%]"
                  + "(?P<secret>[^\\s\"']+)",
              NamedSecrets::isLogin),
          rule("short-password",
              "\\b(?:mysql\\w*|mariadb\\w*|sshpass|login)\\b.*?\\s-p\\s?[\"']?(?P<secret>[^\\s\"'-][^\\s\"']*)",
              NamedSecrets::isArgument),
          rule("redis", "\\bredis-cli\\b.*?\\s-a\\s+[\"']?(?P<secret>[^\\s\"']+)",
              NamedSecrets::isArgument),
          rule("ldap", "\\bldap\\w+\\b.*?\\s-w\\s+[\"']?(?P<secret>[^\\s\"']+)",
              NamedSecrets::isArgument),
          rule("openssl", "\\bpass:(?P<secret>[^\\s\"']+)", NamedSecrets::isNoReference),
          rule("htpasswd", "\\bhtpasswd\\s+-\\w*b\\w*\\s+(?:-\\w+\\s+)*\\S+\\s+\\S+\\s+[\"']?(?P<secret>[^\\s\"']+)",
              NamedSecrets::isNoReference),
          rule("chpasswd",
              "\\b(?:echo|printf)\\s.*?[\"'\\s][^\\s:\"']+:(?P<secret>[^\\s\"'|]+)[\"']?\\s*\\|.*\\bchpasswd\\b",
              NamedSecrets::isNoReference),
          rule("piped",
              "\\b(?:echo|printf)\\s+(?:-\\w+\\s+)*[\"']?(?P<secret>[^\\s\"'|]+)[\"']?\\s*\\|.*"
                  + "(?:--password-stdin|--stdin|\\bsudo -\\w*S|--token-stdin)",
              NamedSecrets::isNoReference),
          rule("aws-configure",
              "(?i)\\baws_(?:secret_access_key|session_token)\\s+[\"']?(?P<secret>[^\\s\"'=:][^\\s\"']*)",
              NamedSecrets::isNoReference),
          rule("netrc", "\\blogin\\s+\\S+\\s+password\\s+(?P<secret>\\S+)", NamedSecrets::isNoReference),
          rule("sql",
              "(?i)\\b(?:identified\\s+(?:with\\s+\\S+\\s+)?(?:by|as)|password)\\s*\\(?\\s*'(?P<secret>[^']+)'",
              NamedSecrets::isNoReference),
          rule("xml", "(?i)<[\\w:.-]*" + NAME + "(?:\\s[^>]*)?>(?P<secret>[^<]+)<",
              NamedSecrets::isNoReference),
          rule("secure-string", "(?i)ConvertTo-SecureString\\s+(?:-String\\s+)?[\"']?(?P<secret>[^\\s\"']+)",
              NamedSecrets::isArgument));

  private NamedSecrets() {}

  private static MaskRules.Rule rule(String name, String expression, MaskRules.Check check) {
    return MaskRules.Rule.of(name, expression, check);
  }

  /** Behind an equals sign. */
  private static boolean isAssigned(String line, int start, int end) {
    String value = line.substring(start, end);
    boolean folder = value.startsWith("/") && before(line, start).matches(".*\\b(?:OLD)?PWD=\"?");
    boolean comparison = value.startsWith("=");
    return !folder && !comparison && isNoReference(line, start, end) && !isWord(value);
  }

  /** Behind a colon. */
  private static boolean isTold(String line, int start, int end) {
    String value = line.substring(start, end);
    if (!isNoReference(line, start, end) || isWord(value) || value.length() < 3) {
      return false;
    }
    boolean quoted = start > 0 && "\"'".indexOf(line.charAt(start - 1)) >= 0;
    boolean plain = value.matches("[A-Za-z'-]+");
    boolean wordsFollow = after(line, end).matches(" +[A-Za-z(].*");
    boolean prose = plain && (wordsFollow || PROSE_BEFORE.matcher(before(line, start)).find());
    return quoted || looksRandom(value) || !(prose || value.matches("[0-9]{1,5}"));
  }

  /** Behind an option. */
  private static boolean isArgument(String line, int start, int end) {
    String value = line.substring(start, end);
    return !value.matches("--?[A-Za-z].*") && isNoReference(line, start, end) && !isWord(value);
  }

  private static boolean isHeader(String line, int start, int end) {
    return isNoReference(line, start, end) && !isWord(line.substring(start, end));
  }

  /** A user's password for a transfer; {@code -u 1000:1000} elsewhere names user and group. */
  private static boolean isLogin(String line, int start, int end) {
    return TRANSFER.matcher(before(line, start)).find() && isNoReference(line, start, end);
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

  private static boolean isWord(String value) {
    int end = value.length();
    while (end > 0 && ".,:;!?)]}".indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    return end == 0 || NO_SECRETS.contains(value.substring(0, end).toLowerCase(Locale.ROOT));
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
