package dev.bosky.match;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads a class of an expression, such as {@code [a-f\d[:punct:]]}. */
final class ClassReader {
  /** Classes of more characters are any character, to the search for literals. */
  private static final int MAX_CHARACTERS = 4;

  /** What bytes that are no UTF-8 are decoded to. */
  private static final int REPLACEMENT = 0xfffd;

  private final ExpressionCursor in;
  private final boolean fold;

  /** The characters one by one, while they are few. */
  private final Set<String> characters = new LinkedHashSet<>();

  private BitSet bytes = Bytes.none();
  private boolean many;

  /**
   * @param in stands behind the {@code [}
   */
  ClassReader(ExpressionCursor in, boolean fold) {
    this.in = in;
    this.fold = fold;
  }

  Syntax read(int start) throws ExpressionException {
    boolean negated = in.peeks("^");
    if (negated) {
      in.at++;
    }
    boolean atFirst = true;
    while (in.more() && (in.peek() != ']' || atFirst)) {
      atFirst = false;
      member(start);
    }
    if (!in.more()) {
      throw unclosed(start);
    }
    in.at++;
    BitSet all = fold ? Bytes.folded(bytes) : bytes;
    if (negated) {
      return new Syntax.Characters(Bytes.negated(all), Optional.empty());
    }
    boolean few = !many && characters.size() <= MAX_CHARACTERS;
    return new Syntax.Characters(all, few ? Optional.of(characters) : Optional.empty());
  }

  private void member(int start) throws ExpressionException {
    if (in.peeks("[:") && in.text.indexOf(":]", in.at) > 0) {
      in.at = in.text.indexOf(":]", in.at) + 2;
      addMany(Bytes.any());
    } else if (in.peek() == '\\'
        && in.at + 1 < in.text.length()
        && "dDsSwWpP".indexOf(in.text.charAt(in.at + 1)) >= 0) {
      int escape = in.at++;
      if (in.peek() == 'p' || in.peek() == 'P') {
        in.unicodeClass(escape);
        addMany(Bytes.any());
      } else {
        addMany(Bytes.perl(in.next()));
      }
    } else {
      range(start);
    }
  }

  private void addMany(BitSet more) {
    bytes.or(more);
    many = true;
  }

  private void range(int start) throws ExpressionException {
    int low = character(start);
    int high = low;
    if (in.peeks("-") && in.at + 1 < in.text.length() && in.text.charAt(in.at + 1) != ']') {
      in.at++;
      high = character(start);
    }
    if (high - low > MAX_CHARACTERS || (fold && high >= 0x80)) {
      addMany(fold && high >= 0x80 ? Bytes.any() : Bytes.range(low, high));
      return;
    }
    for (int c = low; c <= high; c++) {
      Syntax.Characters one = one(c, fold);
      bytes.or(one.bytes());
      one.few().ifPresentOrElse(characters::addAll, () -> many = true);
    }
  }

  /** One character, with those that case folding makes equal to it. */
  static Syntax.Characters one(int c, boolean fold) {
    if (c == REPLACEMENT || (fold && c >= 0x80)) {
      // Stands for bytes that are no UTF-8; may fold to an ASCII letter.
      return new Syntax.Characters(Bytes.any(), Optional.empty());
    }
    BitSet bytes = Bytes.range(c, c);
    String lower = Character.toString(c < 0x80 ? Character.toLowerCase(c) : c);
    if (!fold) {
      return new Syntax.Characters(bytes, Optional.of(Set.of(lower)));
    }
    BitSet folded = Bytes.folded(bytes);
    return switch (lower) {
      case "k" -> new Syntax.Characters(folded, Optional.of(Set.of("k", "\u212a")));
      case "s" -> new Syntax.Characters(folded, Optional.of(Set.of("s", "\u017f")));
      default -> new Syntax.Characters(folded, Optional.of(Set.of(lower)));
    };
  }

  private int character(int start) throws ExpressionException {
    if (!in.more()) {
      throw unclosed(start);
    }
    int place = in.at;
    int c = in.next();
    if (c != '\\') {
      return c;
    }
    if (!in.more()) {
      throw in.wrong("a \\ at the end", place, "to match a backslash write \\\\");
    }
    return in.escapedCharacter(place);
  }

  private ExpressionException unclosed(int start) {
    return in.wrong("a [ without its ]", start, "escape it: \\[");
  }
}
