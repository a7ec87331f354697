package dev.bosky.match;

import java.util.List;

/**
 * Secrets that are known by the name beside them: {@code PASSWORD=…}, {@code "token": "…"}, {@code
 * --api-key …}, {@code Authorization: …}.
 *
 * <p>What stands beside the name may be no secret; {@link SecretValues} says so.
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
          + "(?:[_.-]?(?:key|value|string|base|base64|b64|hash|plain|text|old|new|prod|dev"
          + "|test)){0,2}(?:[_.-]?[0-9]{1,3})?";

  /** A space, perhaps escaped by a shell. */
  private static final String SPACE = "(?:\\\\?\\s)";

  /** A quote, perhaps itself quoted within a JSON text. */
  private static final String QUOTE = "\\\\?[\"']?";

  private static final String DOUBLE_QUOTED =
      "\\\\?\"(?P<secret1>(?:[^\"\\\\]|\\\\[^\"])*)(?:\\\\?\"|$)";
  private static final String SINGLE_QUOTED = "\\$?'(?P<secret2>[^']*)(?:'|$)";
  private static final String BARE =
      "(?P<secret3>(?:[^\\s\"'\\\\&;<>|`]|\\\\[^\"'\\s]|\\|[\\w-]{20})+)";
  private static final String VALUE =
      "(?:" + DOUBLE_QUOTED + "|" + SINGLE_QUOTED + "|" + BARE + ")";

  static final List<MaskRules.Rule> RULES =
      List.of(
          rule(
              "named-value",
              "(?i)" + NAME + QUOTE + "\\s*(?:=>|:=|=)\\s*" + VALUE,
              SecretValues::isAssigned),
          rule("named-colon", "(?i)" + NAME + QUOTE + "\\s*:\\s*" + VALUE, SecretValues::isTold),
          // {"name": "DB_PASSWORD", "value": "…"}, <add key="DbPassword" value="…"/>
          rule(
              "name-and-value",
              "(?i)\\b(?:name|key|id)"
                  + QUOTE
                  + "\\s*[:=]\\s*\\\\?[\"'][\\w.:/-]*"
                  + NAME
                  + "\\\\?[\"']\\s*,?\\s*"
                  + QUOTE
                  + "value"
                  + QUOTE
                  + "\\s*[:=]\\s*"
                  + VALUE,
              SecretValues::isAssigned),
          // BUNDLE_GEMS__INTERNAL=user:password
          rule("bundler", "\\bBUNDLE_\\w+__\\w+=(?P<secret>\\S+)", SecretValues::isAssigned),
          rule(
              "sidekiq",
              "://(?P<secret>[^\\s/@]+)@(?:gems|enterprise)\\.contribsys\\.com",
              SecretValues::isNoReference),
          // Environment="DB_PASSWORD=two words"
          rule(
              "quoted-assignment",
              "(?i)[\"'][\\w.-]*" + NAME + "=(?P<secret>[^\"']+)[\"']",
              SecretValues::isAssigned),
          rule(
              "option",
              "(?i)(?:^|\\s)--?(?:[a-z0-9]+[-_])*(?:passw(?:or)?d|passwd|pass|passphrase|token|secret"
                  + "|api-?key|access-?key|secret-?key|private-?key|certificate-key|auth-?key|authkey"
                  + "|storepass|keypass|credentials?|license-?key|secret-?id)\\s+"
                  + VALUE,
              SecretValues::isArgument),
          rule("literal", "--from-literal[= ][\"']?[\\w.-]+=" + VALUE, SecretValues::isAssigned),
          rule(
              "header",
              "(?i)\\bauthorization"
                  + QUOTE
                  + "\\s*[:=]"
                  + SPACE
                  + "*"
                  + QUOTE
                  + "(?:(?:basic|bearer|token|apikey|negotiate|ntlm|splunk|key|genie\\s?key|digest"
                  + "|aws4-hmac-sha256|hawk|oauth)"
                  + SPACE
                  + "+)?"
                  + "(?P<secret>[^\\s\"'\\\\]+)",
              SecretValues::isHeader),
          // username="app", nonce="…", response="…"
          rule(
              "header-parts",
              "(?i)\\bauthorization"
                  + QUOTE
                  + "\\s*[:=]"
                  + SPACE
                  + "*"
                  + QUOTE
                  + "(?:digest|aws4-hmac-sha256|hawk|oauth)"
                  + SPACE
                  + "+"
                  + "(?P<secret>(?:[\\w-]+=(?:\\\\?\"[^\"\\\\]*\\\\?\"|[^\\s,\"'\\\\]+),?\\s*)+)",
              SecretValues::isNoReference),
          rule(
              "bearer",
              "(?i)\\bbearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,})",
              SecretValues::isRandom),
          rule(
              "cookie",
              "(?i)\\b(?:set-)?cookie:\\s*(?P<secret>[^\"'\\s][^\"']*)",
              SecretValues::isNoReference),
          rule(
              "user-password",
              "(?:^|\\s)(?:-u|-U|--user|--proxy-user)(?:\\s+|=)[\"']?[^\\s:\"'/]+[:%]"
                  + "(?P<secret>[^\\s\"']+)",
              SecretValues::isLogin),
          rule(
              "short-password",
              "\\b(?:mysql\\w*|mariadb\\w*|sshpass|login)\\b.*?\\s-p\\s?[\"']?(?P<secret>[^\\s\"'-][^\\s\"']*)",
              SecretValues::isArgument),
          rule(
              "redis",
              "\\bredis-cli\\b.*?\\s-a\\s+[\"']?(?P<secret>[^\\s\"']+)",
              SecretValues::isArgument),
          rule(
              "ldap",
              "\\bldap\\w+\\b.*?\\s-w\\s+[\"']?(?P<secret>[^\\s\"']+)",
              SecretValues::isArgument),
          rule("openssl", "\\bpass:(?P<secret>[^\\s\"']+)", SecretValues::isNoReference),
          // [file] user password: what follows the first of them
          rule(
              "htpasswd",
              "\\bhtpasswd\\s+(?:-\\w+\\s+)*-\\w*b\\w*\\s+(?:-\\w+\\s+)*\\S+\\s+(?P<secret>[^|;&>]+)",
              SecretValues::isNoReference),
          rule(
              "chpasswd",
              "\\b(?:echo|printf)\\s.*?[\"'\\s][^\\s:\"']+:(?P<secret>[^\\s\"'|]+)[\"']?\\s*\\|.*\\bchpasswd\\b",
              SecretValues::isNoReference),
          rule(
              "piped",
              "\\b(?:echo|printf)\\s+(?:-\\w+\\s+)*[\"']?(?P<secret>[^\\s\"'|]+)[\"']?\\s*\\|.*"
                  + "(?:--password-stdin|--stdin|\\bsudo -\\w*S|--token-stdin)",
              SecretValues::isNoReference),
          rule(
              "aws-configure",
              "(?i)\\baws_(?:secret_access_key|session_token)\\s+[\"']?(?P<secret>[^\\s\"'=:][^\\s\"']*)",
              SecretValues::isNoReference),
          rule(
              "netrc",
              "\\blogin\\s+\\S+\\s+password\\s+(?P<secret>\\S+)",
              SecretValues::isNoReference),
          rule(
              "sql",
              "(?i)\\b(?:identified\\s+(?:with\\s+\\S+\\s+)?(?:by|as)|password)\\s*\\(?\\s*'(?P<secret>[^']+)'",
              SecretValues::isNoReference),
          rule(
              "xml",
              "(?i)<[\\w:.-]*" + NAME + "(?:\\s[^>]*)?>(?P<secret>[^<]+)<",
              SecretValues::isNoReference),
          rule(
              "secure-string",
              "(?i)ConvertTo-SecureString\\s+(?:-String\\s+)?[\"']?(?P<secret>[^\\s\"']+)",
              SecretValues::isArgument));

  private NamedSecrets() {}

  private static MaskRules.Rule rule(String name, String expression, MaskRules.Check check) {
    return MaskRules.Rule.of(name, expression, check);
  }
}
