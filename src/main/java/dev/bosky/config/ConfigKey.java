package dev.bosky.config;

import java.util.Objects;

/**
 * One key that a configuration file may have.
 *
 * @param name such as {@code instance_id}
 * @param shape how its value is written
 * @param check looks at each single text of the value
 */
public record ConfigKey(String name, Shape shape, Check check) {
  /** How a value is written. */
  public enum Shape {
    /** One text, number or truth value. */
    SINGLE,
    /** A list of such; a single one stands for a list of one. */
    LIST,
    /** Names with such values; handed on as {@code name=value}. */
    MAP
  }

  /** Refuses a text that cannot be the key's value. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at one text.
     *
     * @throws IllegalArgumentException if the text will not do; its message says what was found and
     *     what is expected
     */
    void accept(String text);
  }

  public ConfigKey {
    Objects.requireNonNull(name);
    Objects.requireNonNull(shape);
    Objects.requireNonNull(check);
  }
}
