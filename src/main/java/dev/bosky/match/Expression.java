package dev.bosky.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An RE2 expression, compiled, with what is known about the lines it can match.
 *
 * <p>Linear in the length of the text, whatever the expression; immutable, for any thread. Two with
 * the same text are equal.
 */
public final class Expression {
  /** Longer ones are a mistake, or made by a machine. */
  static final int MAX_LENGTH = 2_000;

  /** Steps of the compiled program: what an expression costs for each byte, at worst. */
  static final long MAX_SIZE = 10_000;

  private final String text;
  private final Pattern pattern;
  private final Requirements requirements;
  private final boolean matchesEmpty;
  private final Map<String, Integer> groups;

  private Expression(String text, Pattern pattern, ExpressionFacts facts) {
    this.text = text;
    this.pattern = pattern;
    this.requirements = facts.requirements();
    this.matchesEmpty = facts.matchesEmpty();
    this.groups = Collections.unmodifiableMap(new TreeMap<>(pattern.namedGroups()));
  }

  /**
   * Compiles an expression.
   *
   * @throws ExpressionException if it is no RE2, or too large
   */
  static Expression compile(String text) throws ExpressionException {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          text.length() + " characters",
          MAX_LENGTH,
          "at most " + MAX_LENGTH + ": split the marker");
    }
    ExpressionFacts facts = ExpressionFacts.of(new ExpressionParser(text).parse());
    if (facts.size() > MAX_SIZE) {
      throw new ExpressionException(
          "repetitions that unfold to " + facts.size() + " steps",
          -1,
          "at most " + MAX_SIZE + ": use smaller counts, or * and +");
    }
    try {
      return new Expression(text, Pattern.compile(text), facts);
    } catch (PatternSyntaxException e) {
      String fragment = e.getPattern() == null ? "" : e.getPattern();
      throw new ExpressionException(
          e.getDescription() + (fragment.isEmpty() ? "" : " `" + fragment + "`"),
          fragment.isEmpty() ? text.length() - 1 : text.indexOf(fragment),
          "");
    }
  }

  /** Compiles an expression of our own, known to be right. */
  static Expression of(String text) {
    try {
      return compile(text);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }

  /** As written in the file, with the fragments it uses filled in. */
  public String text() {
    return text;
  }

  /** The named groups with their numbers. */
  Map<String, Integer> groups() {
    return groups;
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
    return pattern.matcher(line);
  }

  boolean foundIn(String line) {
    return pattern.matcher(line).find();
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
