package dev.bosky.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An RE2 expression with what is known about the lines it can match. One of a pattern file is
 * compiled at once, so that its errors are told; one of our own when it is first tried: most never
 * are, and compiling all takes a third of a one-event call.
 *
 * <p>Linear in the length of the text, whatever the expression; immutable, for any thread. Two with
 * the same text are equal.
 */
public final class Expression {
  /** Longer ones are a mistake, or made by a machine. */
  static final int MAX_LENGTH = 2_000;

  /** Steps of the compiled program: what an expression costs for each byte, at worst. */
  static final long MAX_SIZE = 10_000;

  private static final String NOTHING = "[^\\x00-\\x{10FFFF}]";
  private static final Logger LOG = LoggerFactory.getLogger(Expression.class);

  private final String text;
  private final Requirements requirements;
  private final boolean matchesEmpty;
  private final Set<String> names;

  /** Null until it is first asked for; two threads may both compile it, to the same. */
  private volatile Compiled compiled;

  /** The expression in RE2/J's form, and its named groups with their numbers. */
  private record Compiled(Pattern pattern, Map<String, Integer> groups) {
    static Compiled of(String text) {
      Pattern pattern = Pattern.compile(text);
      return new Compiled(
          pattern, Collections.unmodifiableMap(new TreeMap<>(pattern.namedGroups())));
    }
  }

  private Expression(
      String text, Requirements requirements, boolean matchesEmpty, Set<String> names) {
    this.text = text;
    this.requirements = requirements;
    this.matchesEmpty = matchesEmpty;
    this.names = Set.copyOf(names);
  }

  /**
   * Compiles an expression.
   *
   * @throws ExpressionException if it is no RE2, or too large
   */
  static Expression compile(String text) throws ExpressionException {
    Expression expression = parse(text);
    try {
      expression.compiled = Compiled.of(text);
      return expression;
    } catch (PatternSyntaxException e) {
      String fragment = e.getPattern() == null ? "" : e.getPattern();
      throw new ExpressionException(
          e.getDescription() + (fragment.isEmpty() ? "" : " `" + fragment + "`"),
          fragment.isEmpty() ? text.length() - 1 : text.indexOf(fragment),
          "");
    }
  }

  /** An expression of our own, known to be right. */
  static Expression of(String text) {
    try {
      return parse(text);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }

  /**
   * An expression of which RE2/J's own check is left to its first use: for files that come with
   * Bosky, whose expressions are all used in the gate. Should one be wrong all the same, it matches
   * nothing, and the log says so.
   *
   * @throws ExpressionException if it cannot be RE2, or is too large
   */
  static Expression parse(String text) throws ExpressionException {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          text.length() + " characters",
          MAX_LENGTH,
          "at most " + MAX_LENGTH + ": split the marker");
    }
    ExpressionParser parser = new ExpressionParser(text);
    ExpressionFacts facts = ExpressionFacts.of(parser.parse());
    if (facts.size() > MAX_SIZE) {
      throw new ExpressionException(
          "repetitions that unfold to " + facts.size() + " steps",
          -1,
          "at most " + MAX_SIZE + ": use smaller counts, or * and +");
    }
    return new Expression(text, facts.requirements(), facts.matchesEmpty(), parser.names());
  }

  /** One that was parsed before, with what was found then. */
  static Expression known(
      String text, Requirements requirements, boolean matchesEmpty, Set<String> names) {
    return new Expression(text, requirements, matchesEmpty, names);
  }

  private Compiled compiled() {
    Compiled known = compiled;
    if (known == null) {
      known = compileLate();
      compiled = known;
    }
    return known;
  }

  private Compiled compileLate() {
    try {
      return Compiled.of(text);
    } catch (PatternSyntaxException e) {
      LOG.error("expression {} is no RE2, and matches nothing: {}", text, e.getDescription());
      return Compiled.of(NOTHING);
    }
  }

  /** As written in the file, with the fragments it uses filled in. */
  public String text() {
    return text;
  }

  /** The names of the named groups. */
  Set<String> names() {
    return names;
  }

  /** The named groups with their numbers. */
  Map<String, Integer> groups() {
    return compiled().groups();
  }

  /** What a line has to have to be worth a try. */
  Requirements requirements() {
    return requirements;
  }

  /** A quick check for one thread; empty if the expression is too large for it. */
  Optional<LazyDfa> quickCheck(LazyDfa.Room room) {
    try {
      return LazyDfa.of(new ExpressionParser(text).parse(), room);
    } catch (ExpressionException e) {
      throw new IllegalStateException("it was parsed before", e);
    }
  }

  /** True if it matches the empty text, and with that every line. */
  boolean matchesEmpty() {
    return matchesEmpty;
  }

  Matcher matcher(String line) {
    return compiled().pattern().matcher(line);
  }

  boolean foundIn(String line) {
    return matcher(line).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
