package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretHintsTest {
  @Test
  void all_haveAPieceOfWhatEachRuleRequires() {
    List<String> uncovered =
        MaskRules.ALL.stream()
            .filter(rule -> rule.expression().requirements().allOf().stream().noneMatch(this::has))
            .map(rule -> rule.name() + ": " + rule.expression().requirements().allOf())
            .toList();
    assertEquals(List.of(), uncovered, "rules without a hint of their own in SecretHints.ALL");
  }

  /** A letter beyond ASCII makes the answer yes by itself. */
  private boolean has(List<Literal> alternatives) {
    return alternatives.stream()
        .map(Literal::text)
        .filter(text -> text.chars().allMatch(c -> c < 0x80))
        .allMatch(text -> Arrays.stream(SecretHints.ALL).anyMatch(text::contains));
  }

  @Test
  void anyIn_tellsAMessageFromASecret() {
    assertFalse(SecretHints.anyIn("hello"));
    assertFalse(SecretHints.anyIn("I am an informational event"));
    assertFalse(SecretHints.anyIn("deployed build 4711 in 12 min"));
    assertTrue(SecretHints.anyIn("PASSWORD=x"));
    assertTrue(SecretHints.anyIn("AKIAIOSFODNN7EXAMPLE"));
    assertTrue(SecretHints.anyIn("pa\u017f\u017fword=x"));
  }
}
