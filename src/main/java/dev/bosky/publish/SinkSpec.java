package dev.bosky.publish;

import java.nio.file.Path;

/** What {@code --sink} may say. */
public sealed interface SinkSpec {
  /** {@code eventbridge}: the default. */
  record EventBridge() implements SinkSpec {}

  /** {@code stdout}. */
  record Stdout() implements SinkSpec {}

  /** {@code file:PATH}. */
  record File(Path path) implements SinkSpec {}

  /**
   * The sink of that word.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static SinkSpec parse(String text) {
    if (text.equals("eventbridge")) {
      return new EventBridge();
    }
    if (text.equals("stdout")) {
      return new Stdout();
    }
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new File(Path.of(text.substring("file:".length())));
    }
    throw new IllegalArgumentException(
        "sink: expected eventbridge, stdout or file:PATH, found \"%s\"".formatted(text));
  }
}
