package dev.bosky.cli;

import dev.bosky.config.ByteSize;
import dev.bosky.config.ConfigKey;
import dev.bosky.config.DurationText;
import dev.bosky.event.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Texts to values: on the command line, in the environment and in the file by the same rules. */
final class Converters {
  private static final Map<Class<?>, ITypeConverter<?>> BY_TYPE =
      Map.of(
          Duration.class, DurationText::parse,
          ByteSize.class, ByteSize::parse,
          URI.class, Converters::url,
          Path.class, Converters::path,
          Status.class, Converters::status,
          int.class, Converters::wholeNumber,
          boolean.class, Converters::truth);

  private Converters() {}

  static void register(CommandLine commandLine) {
    BY_TYPE.forEach((type, converter) -> register(commandLine, type, converter));
  }

  /** Any {@code IllegalArgumentException} is the sentence that the user reads. */
  @SuppressWarnings("unchecked")
  private static <T> void register(
      CommandLine commandLine, Class<T> type, ITypeConverter<?> converter) {
    commandLine.registerConverter(
        type,
        text -> {
          try {
            return (T) converter.convert(text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
  }

  /** What looks at each value of the option's key in the configuration file. */
  static ConfigKey.Check check(OptionSpec option) {
    Class<?>[] types = option.auxiliaryTypes();
    if (!option.typeInfo().isMap()) {
      return text -> check(types[0], text);
    }
    return text -> {
      check(types[0], text.substring(0, text.indexOf('=')));
      check(types[1], text.substring(text.indexOf('=') + 1));
    };
  }

  private static void check(Class<?> type, String text) {
    ITypeConverter<?> converter = BY_TYPE.get(type);
    if (converter == null) {
      if (type.isEnum()) {
        checkEnum(type, text);
      }
      return;
    }
    try {
      converter.convert(text);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkEnum(Class<?> type, String text) {
    boolean known =
        Arrays.stream(type.getEnumConstants()).anyMatch(c -> c.toString().equalsIgnoreCase(text));
    if (!known) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is none of "
              + Arrays.stream(type.getEnumConstants())
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below, in the same words
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no URL; write one such as http://127.0.0.1:4010");
  }

  /** A process without a locale may not be able to name every file. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no path in this locale; set LC_ALL=C.UTF-8", e);
    }
  }

  /** The statuses' names; those who renamed one may say either. */
  private static Status status(String name) {
    return Status.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is no status; write info, fail or success"));
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no whole number");
    }
  }

  private static Boolean truth(String text) {
    return switch (ConfiguredDefaults.truth(text)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }
}
