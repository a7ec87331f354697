package dev.bosky.match;

import java.util.List;

/**
 * Secrets that are known by the name beside them: {@code PASSWORD=…}, {@code "token": "…"}, {@code
 * Authorization: …}.
 *
 * <p>What stands beside the name may be no secret; {@link SecretValues} says so.
 */
final class NamedSecrets {
  /** What a name ends with, before what may come behind it. */
  static final String NAME =
      "(?:passw(?:or)?d|passphrase|passwd|[_.-]pass|[_.-]pw|[_.-]cookie|(?:j|php)sess(?:ion)?id|userpass|dbpass|_pwd|pwd|secret[_.-]?id|secret"
          + "|token|_auth|api[ _.-]?key|access[ _.-]?key|private[ _.-]?key|client-key-data"
          + "|pre-?shared[_.-]?key|psk|credentials?|connection[_.-]?string"
          + "|(?:auth|encryption|master|signing|license|account|storage|webhook|service|deploy|admin"
          + "|app|application|ingest|ingestion|join|hmac|shared|activation|registration|functions"
          + "|subscription|certificate|session|jwt"
          + "|integration|datadog)[ _.-]?key)"
          + "(?:[_.-]?(?:key|value|string|base|base64|b64|hash|plain|text|old|new|prod|dev"
          + "|test)){0,2}(?:[_.-]?[0-9]{1,3})?";

  /** A space, perhaps escaped by a shell. */
  private static final String SPACE = "(?:\\\\?\\s)";

  /** A quote, perhaps itself quoted within a JSON text. */
  private static final String QUOTE = "\\\\?[\"']?";

  private static final String DOUBLE_QUOTED =
      "[bru]?\\\\?\"(?P<secret1>(?:[^\"\\\\]|\\\\[^\"])*)(?:\\\\?\"|$)";
  private static final String SINGLE_QUOTED = "[$bru]?'(?P<secret2>[^']*)(?:'|$)";
  private static final String BARE =
      "(?P<secret3>(?:[^\\s\"'\\\\&;<>|`]|\\\\[^\"'\\s]|\\|[\\w-]{20})+)";

  /** A word, or a text in quotes. */
  static final String VALUE = "(?:" + DOUBLE_QUOTED + "|" + SINGLE_QUOTED + "|" + BARE + ")";

  static final List<MaskRules.Rule> RULES =
      List.of(
          rule(
              "named-value",
              "(?i)" + NAME + QUOTE + "\\s*(?:=>|:=|=)\\s*" + VALUE,
              SecretValues::isAssigned),
          rule("named-colon", "(?i)" + NAME + QUOTE + "\\s*::?\\s*" + VALUE, SecretValues::isTold),
          // A bare "pass" means a password where it is a key, and mostly a test elsewhere.
          rule(
              "pass",
              "(?:\\bpass=|[\"']pass" + QUOTE + "\\s*(?::|=>)\\s*)" + VALUE,
              SecretValues::isTold),
          // Docker's config.json
          rule(
              "registry-auth",
              "\"auth\\\\?\"\\s*:\\s*\\\\?\"(?P<secret>[A-Za-z0-9+/]{16,}={0,2})\\\\?\"",
              SecretValues::isRandom),
          // The generated password of root is: …
          rule(
              "told-password",
              "(?i)\\bpassword\\s+(?:(?:\\[|(?:is|for|of|was|has|set|generated)\\b)[^:=]{0,80}(?:=>|[:=])"
                  + "|[a-z]{1,20}\\s*=|is\\s)\\s*[\"'`]?(?P<secret>[^\\s\"'`]+)",
              SecretValues::isGenerated),
          rule(
              "told-without-a-sign",
              "(?i)\\b(?:password|passphrase|token) [\"']?(?P<secret>[\\w!#$%^*+~@=-]{12,})",
              SecretValues::isStrong),
          rule(
              "vault-key",
              "\\b(?:Unseal|Recovery) Key [0-9]+:\\s*(?P<secret>[A-Za-z0-9+/=]{20,})",
              SecretValues::isNoReference),
          rule("ipsec", "\\bPSK\\s+[\"'](?P<secret>[^\"']+)[\"']", SecretValues::isNoReference),
          // Consul, Nomad, Serf
          rule(
              "gossip-key",
              "\\bencrypt[\"']?\\s*[:=]\\s*[\"'](?P<secret>[A-Za-z0-9+/]{21,}={1,2})[\"']",
              SecretValues::isNoReference),
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
              "netrc",
              "\\blogin\\s+\\S+\\s+password\\s+(?P<secret>\\S+)",
              SecretValues::isNoReference),
          rule(
              "sql",
              "(?i)\\b(?:identified\\s+(?:with\\s+\\S+\\s+)?(?:by|as)|password)\\s*\\(?\\s*(?:'(?P<secret1>[^'\\s=:,][^']*)'"
                  + "|\"(?P<secret2>[^\"\\s=:,][^\"]*)\")",
              SecretValues::isNoReference),
          rule(
              "xml",
              "(?i)<[\\w:.-]*" + NAME + "(?:\\s[^>]*)?>(?P<secret>[^<]+)<",
              SecretValues::isNoReference));

  private NamedSecrets() {}

  private static MaskRules.Rule rule(String name, String expression, MaskRules.Check check) {
    return MaskRules.Rule.of(name, expression, check);
  }
}
