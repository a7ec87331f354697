package dev.bosky.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration file says: known keys with checked values.
 *
 * @param values by key
 */
public record ConfigFile(Map<String, Value> values) {
  /** There is no file. */
  public static final ConfigFile EMPTY = new ConfigFile(Map.of());

  /**
   * A key's value.
   *
   * @param texts one for a single value, any number for a list or a map ({@code name=value})
   * @param place such as {@code /etc/bosky/bosky.yaml:3:10}
   */
  public record Value(List<String> texts, String place) {
    public Value {
      texts = List.copyOf(texts);
    }
  }

  public ConfigFile {
    values = Map.copyOf(values);
  }

  public Optional<Value> value(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
