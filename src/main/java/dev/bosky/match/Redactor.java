package dev.bosky.match;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks secrets in text that is going to leave the machine.
 *
 * <p>Each character of a secret becomes {@code *}, so that the shape stays visible and positions
 * stay the same: {@code AKIA****************}. What is a secret is said by {@link MaskRules} and by
 * the {@code mask:} expressions of pattern files. It looks for known forms and known names; a
 * secret of no known form that a program prints without a name beside it passes. It rather masks
 * too much after a word like {@code password} than too little.
 *
 * <p>Linear in the length of the text. For any thread, one at a time.
 */
public final class Redactor {
  /** For the automata of all rules together; they need about a fifth of it. */
  private static final long MAX_AUTOMATA_BYTES = 4L << 20;

  /** A line is asked for up to so many times: as itself, and as what stood around others. */
  private static final int MAX_REMEMBERED = 64;

  private static final int MAX_REMEMBERED_CHARS = 1_000;

  /** A bound, so that the cost stays linear. */
  private static final int MAX_SECOND_LOOKS = 8;

  private final List<Expression> further;
  private final Prefilter.Room room = new Prefilter.Room();

  /** Null until a text comes that may have a secret. */
  private Rules rules;

  /** What became of the lines masked last. */
  private final Map<String, String> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** All rules, and what tells quickly that most of them find nothing. */
  private static final class Rules {
    private final List<MaskRules.Rule> list;
    private final Prefilter prefilter;
    private final QuickCheck[] quickChecks;

    Rules(List<MaskRules.Rule> list) {
      this.list = list;
      this.prefilter =
          new Prefilter(list.stream().map(rule -> rule.expression().requirements()).toList());
      LazyDfa.Room automataRoom = new LazyDfa.Room(MAX_AUTOMATA_BYTES);
      this.quickChecks =
          list.stream()
              .map(rule -> new QuickCheck(rule.expression(), automataRoom))
              .toArray(QuickCheck[]::new);
    }
  }

  private Redactor(List<Expression> further) {
    this.further = List.copyOf(further);
  }

  /** Knows what is secret to everybody. */
  public static Redactor standard() {
    return with(List.of());
  }

  /** Knows further secrets: the group {@code secret} of each expression, else the whole match. */
  static Redactor with(List<Expression> further) {
    return new Redactor(further);
  }

  /** Made late: it takes longer than all else that sending one event takes of us. */
  private Rules rules() {
    if (rules == null) {
      List<MaskRules.Rule> all = new ArrayList<>(MaskRules.ALL);
      further.forEach(
          expression ->
              all.add(new MaskRules.Rule("mask", expression, (line, start, end) -> end > start)));
      rules = new Rules(all);
    }
    return rules;
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
      masked.add(secrets.next(bytes, 0, bytes.length).orElseGet(() -> maskLine(line)));
    }
    return String.join("\n", masked);
  }

  private synchronized String maskLine(String line) {
    String known = remembered.get(line);
    if (known != null) {
      return known;
    }
    String masked = masked(line);
    if (line.length() <= MAX_REMEMBERED_CHARS) {
      remembered.put(line, masked);
    }
    return masked;
  }

  private String masked(String line) {
    if (rules == null && further.isEmpty() && !SecretHints.anyIn(line)) {
      return line;
    }
    Rules known = rules();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    BitSet candidates = known.prefilter.scan(bytes, 0, bytes.length, room);
    BitSet secret = new BitSet();
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (known.quickChecks[i].perhaps(bytes, 0, bytes.length)) {
        find(known.list.get(i), line, secret);
      }
    }
    if (secret.isEmpty()) {
      return line;
    }
    char[] masked = line.toCharArray();
    secret.stream().forEach(i -> masked[i] = '*');
    return new String(masked);
  }

  /** What was found and is none may hold the name of one: {@code token: password: x}. */
  private static void find(MaskRules.Rule rule, String line, BitSet secret) {
    Matcher matcher = rule.expression().matcher(line);
    List<Integer> groups = rule.groups();
    int secondLooks = MAX_SECOND_LOOKS;
    boolean found = matcher.find();
    while (found) {
      int refused = -1;
      for (int group : groups) {
        int start = matcher.start(group);
        if (start >= 0 && rule.check().isSecret(line, start, matcher.end(group))) {
          secret.set(start, matcher.end(group));
        } else if (start > matcher.start()) {
          refused = start;
        }
      }
      found = (refused >= 0 && secondLooks-- > 0) ? matcher.find(refused) : matcher.find();
    }
  }
}
