package dev.bosky.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a configuration file: YAML, a mapping of known keys to texts, lists of texts or mappings of
 * texts. Tells all problems at once, each with file, line and column.
 */
public final class ConfigLoader {
  /** Far above any real configuration; a mistaken path to a log must not fill the memory. */
  static final int MAX_FILE_BYTES = 1_000_000;

  private final Map<String, ConfigKey> known;

  public ConfigLoader(Collection<ConfigKey> known) {
    this.known = known.stream().collect(Collectors.toMap(ConfigKey::name, Function.identity()));
  }

  /**
   * The file's content; an empty file is an empty configuration.
   *
   * @throws ConfigException if anything in the file is wrong
   * @throws IOException if the file cannot be read
   */
  public ConfigFile load(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    if (bytes.length > MAX_FILE_BYTES) {
      throw new ConfigException(
          file + ": more than " + MAX_FILE_BYTES + " bytes is no configuration file");
    }
    Reading reading = new Reading(file);
    try (JsonParser parser = new YAMLFactory().createParser(new ByteArrayInputStream(bytes))) {
      reading.document(parser);
    } catch (JsonProcessingException e) {
      reading.problem(e.getLocation(), "no valid YAML: " + words(e.getOriginalMessage()));
    }
    if (!reading.problems.isEmpty()) {
      throw new ConfigException(reading.problems);
    }
    return new ConfigFile(reading.values);
  }

  /** The parser's sentence without the drawing of the place, which is indented. */
  private static String words(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .collect(Collectors.joining(", "));
  }

  /** One pass over one file. */
  private final class Reading {
    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, ConfigFile.Value> values = new HashMap<>();

    Reading(Path file) {
      this.file = file;
    }

    void document(JsonParser parser) throws IOException {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        problem(parser, "expected a mapping of keys to values, found " + name(first));
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonLocation place = parser.currentTokenLocation();
        parser.nextToken();
        ConfigKey expected = known.get(key);
        if (expected == null) {
          problem(place, unknown(key));
          parser.skipChildren();
        } else if (values.containsKey(key)) {
          problem(place, key + " stands here a second time");
          parser.skipChildren();
        } else {
          value(parser, expected);
        }
      }
      if (parser.nextToken() != null) {
        problem(parser, "expected one document, found a second");
      }
    }

    private String unknown(String key) {
      Optional<String> nearest = Nearest.to(key, known.keySet());
      return nearest
          .map(n -> "unknown key '" + key + "'; did you mean '" + n + "'?")
          .orElseGet(
              () ->
                  "unknown key '"
                      + key
                      + "'; known are "
                      + known.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }

    private void value(JsonParser parser, ConfigKey key) throws IOException {
      String place = place(parser.currentTokenLocation());
      List<String> texts = new ArrayList<>();
      JsonToken token = parser.currentToken();
      if (token.isScalarValue()) {
        if (key.shape() == ConfigKey.Shape.MAP) {
          problem(parser, key.name() + ": expected a mapping of names to values, found a text");
        } else if (token != JsonToken.VALUE_NULL) {
          single(parser, key, "", texts);
        }
      } else if (token == JsonToken.START_ARRAY && key.shape() == ConfigKey.Shape.LIST) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          single(parser, key, "", texts);
        }
      } else if (token == JsonToken.START_OBJECT && key.shape() == ConfigKey.Shape.MAP) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          single(parser, key, name + "=", texts);
        }
      } else {
        problem(
            parser, key.name() + ": expected " + expected(key.shape()) + ", found " + name(token));
        parser.skipChildren();
      }
      if (token != JsonToken.VALUE_NULL) {
        values.put(key.name(), new ConfigFile.Value(texts, place));
      }
    }

    private void single(JsonParser parser, ConfigKey key, String prefix, List<String> texts)
        throws IOException {
      JsonToken token = parser.currentToken();
      if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
        problem(parser, key.name() + ": expected a text, found " + name(token));
        parser.skipChildren();
        return;
      }
      String text = prefix + parser.getText();
      try {
        key.check().accept(text);
        texts.add(text);
      } catch (IllegalArgumentException e) {
        problem(parser, key.name() + ": " + e.getMessage());
      }
    }

    private void problem(JsonParser parser, String text) {
      problem(parser.currentTokenLocation(), text);
    }

    void problem(JsonLocation location, String text) {
      problems.add(place(location) + ": " + text);
    }

    private String place(JsonLocation location) {
      return location == null
          ? file.toString()
          : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
  }

  private static String expected(ConfigKey.Shape shape) {
    return switch (shape) {
      case SINGLE -> "a text";
      case LIST -> "a list of texts";
      case MAP -> "a mapping of names to values";
    };
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "a mapping";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "nothing";
      default -> "a text";
    };
  }
}
