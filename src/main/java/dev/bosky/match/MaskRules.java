package dev.bosky.match;

import java.util.List;
import java.util.function.Predicate;

/** What is secret to everybody: forms that only secrets have, and values with a telling name. */
final class MaskRules {
  /** The group that is masked; the whole match if an expression has no such group. */
  static final String SECRET = "secret";

  /**
   * One kind of secret.
   *
   * @param name such as {@code github-token}
   * @param group the number of the group that is masked
   * @param check whether what was found is a secret indeed
   */
  record Rule(String name, Expression expression, int group, Predicate<String> check) {
    static Rule of(String name, Expression expression) {
      return new Rule(
          name, expression, expression.groups().getOrDefault(SECRET, 0), secret -> true);
    }
  }

  static final List<Rule> ALL =
      List.of(
          rule("aws-access-key", "\\b(?:AKIA|ASIA|ABIA|ACCA)(?P<secret>[A-Z0-9]{16})\\b"),
          rule(
              "private-key",
              "-----BEGIN[A-Z ]*PRIVATE KEY[A-Z ]*-----(?P<secret>.*?)(?:-----END|$)"),
          rule("jwt", "\\beyJ(?P<secret>[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*)"),
          rule("github-token", "\\bgh[pousr]_(?P<secret>[A-Za-z0-9]{30,})"),
          rule("url-password", "://[^\\s/:@\"'<>]*:(?P<secret>[^\\s/@\"'<>]+)@"),
          rule("bearer", "(?i)\\bbearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]{16,})"),
          rule(
              "named-value",
              "(?i)(?:password|passwd|passphrase|secret|token|api_?key|access_key)[\"']?"
                  + "\\s*[=:]\\s*[\"']?(?P<secret>[^\\s\"']{4,})"));

  private MaskRules() {}

  private static Rule rule(String name, String expression) {
    return Rule.of(name, Expression.of(expression));
  }
}
