package dev.bosky.match;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Masks secrets in text that is going to leave the machine.
 *
 * <p>Each character of a secret becomes {@code *}, so that the shape stays visible and positions
 * stay the same: {@code AKIA****************}. What is a secret is said by {@link MaskRules} and by
 * the {@code mask:} expressions of pattern files. It looks for known forms and known names; a
 * secret of no known form that a program prints without a name beside it passes. It rather masks
 * too much after a word like {@code password} than too little.
 *
 * <p>Linear in the length of the text. Immutable, for any thread.
 */
public final class Redactor {
  private final List<MaskRules.Rule> rules;
  private final Prefilter prefilter;

  private Redactor(List<MaskRules.Rule> rules) {
    this.rules = List.copyOf(rules);
    this.prefilter =
        new Prefilter(rules.stream().map(rule -> rule.expression().requirements()).toList());
  }

  /** Knows what is secret to everybody. */
  public static Redactor standard() {
    return with(List.of());
  }

  /** Knows further secrets: the group {@code secret} of each expression, else the whole match. */
  static Redactor with(List<Expression> further) {
    List<MaskRules.Rule> rules = new ArrayList<>(MaskRules.ALL);
    further.forEach(
        expression ->
            rules.add(new MaskRules.Rule("mask", expression, (line, start, end) -> end > start)));
    return new Redactor(rules);
  }

  /**
   * The text with its secrets masked, as long as before. Several lines are joined by {@code \n}.
   */
  public String mask(String text) {
    if (text.indexOf('\n') < 0) {
      return maskLine(text);
    }
    SecretLines secrets = new SecretLines();
    List<String> masked = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      SecretLines.Kind kind = secrets.next(bytes, 0, bytes.length);
      masked.add(kind == SecretLines.Kind.ORDINARY ? maskLine(line) : SecretLines.mask(kind, line));
    }
    return String.join("\n", masked);
  }

  private String maskLine(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    BitSet candidates = prefilter.scan(bytes, 0, bytes.length, new Prefilter.Room());
    if (candidates.isEmpty()) {
      return line;
    }
    BitSet secret = new BitSet();
    candidates.stream().forEach(i -> find(rules.get(i), line, secret));
    if (secret.isEmpty()) {
      return line;
    }
    char[] masked = line.toCharArray();
    secret.stream().forEach(i -> masked[i] = '*');
    return new String(masked);
  }

  private static void find(MaskRules.Rule rule, String line, BitSet secret) {
    Matcher matcher = rule.expression().matcher(line);
    List<Integer> groups = rule.groups();
    while (matcher.find()) {
      for (int group : groups) {
        int start = matcher.start(group);
        if (start >= 0 && rule.check().isSecret(line, start, matcher.end(group))) {
          secret.set(start, matcher.end(group));
        }
      }
    }
  }
}
