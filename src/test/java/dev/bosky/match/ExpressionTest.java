package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExpressionTest {
  /** The one fault that only RE2/J itself finds. */
  private static final String SAME_NAME_TWICE = "(?P<a>x)(?P<a>y)";

  @Test
  void compile_findsWhatOnlyRe2Finds() {
    assertThrows(ExpressionException.class, () -> Expression.compile(SAME_NAME_TWICE));
  }

  @Test
  void parse_leavesThatToTheFirstUse_andMatchesNothingThen() throws ExpressionException {
    Expression wrong = Expression.parse(SAME_NAME_TWICE);
    assertFalse(wrong.foundIn("xy"));
    assertFalse(wrong.foundIn(""));
  }

  @Test
  void names_areThoseOfTheGroups() throws ExpressionException {
    Expression expression = Expression.parse("(?P<one>a)|(?:(?P<two>b)|\\(\\?P<not>)[(?P<no>]");
    assertEquals(Set.of("one", "two"), expression.names());
    assertEquals(expression.names(), expression.groups().keySet());
    assertTrue(expression.foundIn("a"));
  }
}
