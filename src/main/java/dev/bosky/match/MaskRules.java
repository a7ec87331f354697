package dev.bosky.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is secret to everybody.
 *
 * <p>Three kinds: forms that only secrets have ({@link TokenForms}), values with a telling name
 * beside them ({@link NamedSecrets}), and places in commands ({@link CommandSecrets}).
 */
final class MaskRules {
  /** The groups that are masked begin with this; if there is none, the whole match is. */
  static final String SECRET = "secret";

  static final List<Rule> ALL = all();

  private MaskRules() {}

  /** Says of something found whether it is a secret indeed. */
  interface Check {
    /**
     * Whether that part of the line is one.
     *
     * @param start where the value begins in the line
     * @param end where it ends
     */
    boolean isSecret(String line, int start, int end);
  }

  /**
   * One kind of secret.
   *
   * @param name such as {@code github-token}
   */
  record Rule(String name, Expression expression, Check check) {
    static Rule of(String name, String expression, Check check) {
      return new Rule(name, Expression.of(expression), check);
    }

    /** The numbers of the groups that are masked, those that took part in the match. */
    List<Integer> groups() {
      List<Integer> groups = new ArrayList<>();
      for (Map.Entry<String, Integer> group : expression.groups().entrySet()) {
        if (group.getKey().startsWith(SECRET)) {
          groups.add(group.getValue());
        }
      }
      return groups.isEmpty() ? List.of(0) : groups;
    }
  }

  private static List<Rule> all() {
    List<Rule> all = new ArrayList<>(TokenForms.RULES);
    all.addAll(NamedSecrets.RULES);
    all.addAll(CommandSecrets.RULES);
    return List.copyOf(all);
  }
}
