package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes lines that a log may or may not hold: texts that expressions match, examples, and what
 * comes of them by cutting, repeating, joining and spoiling. The same seed gives the same lines.
 */
final class RandomLines {
  /** Longer than any line that is looked at whole. */
  private static final int LONG = 120_000;

  private static final String[] SPOILERS = {
    "\u0000",
    "\u001b[31m",
    "\r",
    "\t",
    "😀",
    "\ufffd",
    "é",
    "\"",
    "'",
    "\\",
    "$(",
    "{",
    "=",
    ":",
    "-----BEGIN ",
    "PRIVATE KEY-----",
    "-----END ",
    "password",
    "token",
    "Authorization: ",
    "://",
    "@",
    " "
  };

  private final Random random;
  private final List<Syntax> trees = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  RandomLines(long seed, List<Marker> markers, List<String> further) {
    this.random = new Random(seed);
    for (Marker marker : markers) {
      trees.add(tree(marker.match().text()));
      marker.examples().match().forEach(line -> texts.add(line.text()));
      marker.examples().ignore().forEach(line -> texts.add(line.text()));
    }
    texts.addAll(EverydayLines.ALL);
    texts.addAll(further);
  }

  private static Syntax tree(String expression) {
    try {
      return new ExpressionParser(expression).parse();
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(expression, e);
    }
  }

  /** The next line, as bytes: one in ten is no UTF-8. */
  byte[] next() {
    String line = random.nextInt(3) == 0 ? texts.get(random.nextInt(texts.size())) : matching();
    for (int i = random.nextInt(4); i > 1; i--) {
      line = changed(line);
    }
    byte[] bytes = line.replace("\n", " ").getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(10) == 0 ? 3 : 0; i > 0 && bytes.length > 0; i--) {
      byte spoiled = (byte) random.nextInt(256);
      bytes[random.nextInt(bytes.length)] = spoiled == '\n' ? 0 : spoiled;
    }
    return bytes;
  }

  /** What one of the expressions matches, nearly always; perhaps with words around it. */
  private String matching() {
    StringBuilder text = new StringBuilder();
    append(trees.get(random.nextInt(trees.size())), text);
    return random.nextInt(4) == 0 ? "word " + text + " word" : text.toString();
  }

  private void append(Syntax tree, StringBuilder text) {
    if (tree instanceof Syntax.Characters characters) {
      text.append(character(characters));
    } else if (tree instanceof Syntax.Sequence sequence) {
      sequence.parts().forEach(part -> append(part, text));
    } else if (tree instanceof Syntax.Either either) {
      append(either.parts().get(random.nextInt(either.parts().size())), text);
    } else if (tree instanceof Syntax.Repeat repeat) {
      int more = repeat.max() < 0 ? 4 : Math.min(4, repeat.max() - repeat.min());
      for (int i = repeat.min() + random.nextInt(more + 1); i > 0; i--) {
        append(repeat.part(), text);
      }
    }
  }

  private String character(Syntax.Characters characters) {
    Set<String> few = characters.few().orElse(Set.of());
    if (!few.isEmpty()) {
      return List.copyOf(few).get(random.nextInt(few.size()));
    }
    BitSet bytes = (BitSet) characters.bytes().clone();
    bytes.clear('\n');
    boolean beyondAscii = bytes.get(0x80);
    bytes.clear(0x80, 256);
    if (bytes.isEmpty() || (beyondAscii && random.nextInt(20) == 0)) {
      return "é";
    }
    int from = bytes.nextSetBit(random.nextInt(0x80));
    return String.valueOf((char) (from < 0 ? bytes.nextSetBit(0) : from));
  }

  private String changed(String line) {
    int at = random.nextInt(line.length() + 1);
    int to = at + random.nextInt(line.length() - at + 1);
    return switch (random.nextInt(7)) {
      case 0 -> line.substring(0, at);
      case 1 -> line.substring(0, at) + line.substring(to);
      case 2 -> line.substring(0, at) + spoiler() + line.substring(at);
      case 3 -> line + texts.get(random.nextInt(texts.size()));
      case 4 -> line.substring(0, at) + matching() + line.substring(to);
      case 5 -> line.toUpperCase(java.util.Locale.ROOT);
      default -> repeated(line, at, to);
    };
  }

  private String spoiler() {
    return SPOILERS[random.nextInt(SPOILERS.length)];
  }

  /** A piece of it again and again; once in a while so often that the line is very long. */
  private String repeated(String line, int at, int to) {
    String piece = line.substring(at, to) + (random.nextBoolean() ? spoiler() : "");
    int length = random.nextInt(500) == 0 ? LONG : 200;
    return piece.isEmpty()
        ? line
        : line.substring(0, at) + piece.repeat(length / piece.length() + 1);
  }
}
