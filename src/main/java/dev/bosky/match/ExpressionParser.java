package dev.bosky.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads an RE2 expression into a {@link Syntax} tree.
 *
 * <p>RE2/J keeps its own tree to itself, gives no position for an error, and unfolds nested counts
 * without a bound; so this parser comes first. It knows all of RE2/J's syntax; what it cannot make
 * out it refuses. What RE2/J refuses beyond that is told in RE2/J's words.
 */
final class ExpressionParser {
  /** Groups within groups; the compiler is recursive. */
  static final int MAX_DEPTH = 50;

  /** RE2's own limit for one count. */
  private static final int MAX_COUNT = 1_000;

  /** The ASCII characters as nodes: nearly all expressions consist of these. */
  private static final List<Syntax.Characters> ASCII =
      IntStream.range(0, 0x80).mapToObj(c -> ClassReader.one(c, false)).toList();

  private final ExpressionCursor in;
  private final Set<String> names = new LinkedHashSet<>();
  private int depth;
  private boolean fold;

  ExpressionParser(String text) {
    this.in = new ExpressionCursor(text);
  }

  /** The tree of the whole expression. */
  Syntax parse() throws ExpressionException {
    Syntax tree = alternatives();
    if (in.at < in.text.length()) {
      throw in.wrong("a ) without its (", in.at, "escape it: \\)");
    }
    return tree;
  }

  private Syntax alternatives() throws ExpressionException {
    List<Syntax> parts = new ArrayList<>();
    parts.add(sequence());
    while (in.more() && in.peek() == '|') {
      in.at++;
      parts.add(sequence());
    }
    return Syntax.either(parts);
  }

  private Syntax sequence() throws ExpressionException {
    List<Syntax> parts = new ArrayList<>();
    while (in.more() && in.peek() != '|' && in.peek() != ')') {
      if (in.peeks("\\Q")) {
        quoted(parts);
      } else {
        parts.add(repeated(piece()));
      }
    }
    return parts.isEmpty() ? Syntax.NOTHING : Syntax.sequence(parts);
  }

  /** {@code \Q…\E}: a repetition after it is for its last character. */
  private void quoted(List<Syntax> parts) throws ExpressionException {
    int end = in.text.indexOf("\\E", in.at + 2);
    int stop = end < 0 ? in.text.length() : end;
    in.at += 2;
    while (in.at < stop) {
      int character = in.next();
      parts.add(character(character));
    }
    in.at = end < 0 ? stop : end + 2;
    if (!parts.isEmpty()) {
      parts.add(repeated(parts.remove(parts.size() - 1)));
    }
  }

  private Syntax piece() throws ExpressionException {
    int start = in.at;
    int c = in.next();
    return switch (c) {
      case '(' -> group(start);
      case '[' -> new ClassReader(in, fold).read(start);
      case '\\' -> escape(start);
      case '^' -> Syntax.BEGIN;
      case '$' -> Syntax.END;
      case '.' -> Syntax.anyCharacter();
      case '*', '+', '?' ->
          throw in.wrong(
              "a " + (char) c + " with nothing to repeat", start, "escape it: \\" + (char) c);
      default -> character(c);
    };
  }

  private Syntax group(int start) throws ExpressionException {
    if (++depth > MAX_DEPTH) {
      throw in.wrong("groups " + depth + " deep", start, "at most " + MAX_DEPTH);
    }
    boolean outer = fold;
    Syntax tree;
    if (in.more() && in.peek() == '?' && !named(start) && flags(start)) {
      tree = Syntax.NOTHING;
    } else {
      tree = alternatives();
      if (!in.more()) {
        throw in.wrong("a ( without its )", start, "escape it: \\(");
      }
      in.at++;
      fold = outer;
    }
    depth--;
    return tree;
  }

  /** Steps over {@code ?P<name>} or {@code ?<name>}. */
  private boolean named(int start) throws ExpressionException {
    if (in.peeks("?=") || in.peeks("?!")) {
      throw in.wrong(
          "a look-ahead, (" + in.text.substring(in.at, in.at + 2), start, noLookAround());
    }
    if (in.peeks("?<=") || in.peeks("?<!")) {
      throw in.wrong(
          "a look-behind, (" + in.text.substring(in.at, in.at + 3), start, noLookAround());
    }
    if (in.peeks("?>")) {
      throw in.wrong(
          "an atomic group, (?>", start, ExpressionCursor.LINEAR + "use a plain group (?:…)");
    }
    if (in.peeks("?P=")) {
      throw in.wrong("a back-reference, (?P=", start, ExpressionCursor.NO_BACK_REFERENCE);
    }
    if (!in.peeks("?P<") && !in.peeks("?<")) {
      return false;
    }
    int open = in.text.indexOf('<', in.at);
    int close = in.text.indexOf('>', open);
    String name = close < 0 ? "" : in.text.substring(open + 1, close);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw in.wrong(
          "a group named '" + name + "'", start, "name it with letters, digits and _: (?P<name>…)");
    }
    names.add(name);
    in.at = close + 1;
    return true;
  }

  /** The names of the groups met so far. */
  Set<String> names() {
    return names;
  }

  /** Steps over {@code ?flags:}, or over {@code ?flags)}, which ends the group: then true. */
  private boolean flags(int start) throws ExpressionException {
    in.at++;
    boolean on = true;
    while (in.more()) {
      switch (in.next()) {
        case 'i' -> fold = on;
        case 'm', 's', 'U' -> {}
        case '-' -> on = false;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default ->
            throw in.wrong(
                "the group " + in.text.substring(start, in.at),
                start,
                "RE2 knows (?:…), (?P<name>…) and the flags i, m, s, U");
      }
    }
    throw in.wrong("a ( without its )", start, "escape it: \\(");
  }

  private Syntax repeated(Syntax part) throws ExpressionException {
    if (!in.more()) {
      return part;
    }
    int start = in.at;
    int[] counts = counts();
    if (counts.length == 0) {
      return part;
    }
    if (in.more() && in.peek() == '?') {
      in.at++;
    } else if (in.more() && in.peek() == '+') {
      throw in.wrong(
          "a possessive " + in.text.substring(start, in.at + 1),
          start,
          ExpressionCursor.LINEAR + "leave out the last +");
    }
    int again = in.at;
    if (in.more() && counts().length > 0) {
      in.at = again;
      throw in.wrong(
          "two repetitions in a row, " + in.text.substring(start, again + 1),
          start,
          "put the first one into a group: (?:…)");
    }
    return new Syntax.Repeat(part, counts[0], counts[1]);
  }

  /** Steps over a repetition: smallest and largest count, -1 for no end; empty if none is here. */
  private int[] counts() throws ExpressionException {
    switch (in.peek()) {
      case '*' -> {
        in.at++;
        return new int[] {0, -1};
      }
      case '+' -> {
        in.at++;
        return new int[] {1, -1};
      }
      case '?' -> {
        in.at++;
        return new int[] {0, 1};
      }
      case '{' -> {
        return braces();
      }
      default -> {
        return new int[0];
      }
    }
  }

  /** {@code {2}}, {@code {2,}} or {@code {2,5}}; anything else in braces is plain text. */
  private int[] braces() throws ExpressionException {
    int close = in.text.indexOf('}', in.at);
    String inside = close < 0 ? "" : in.text.substring(in.at + 1, close);
    if (!inside.matches("[0-9]+(,[0-9]*)?")) {
      return new int[0];
    }
    String[] numbers = inside.split(",", -1);
    int min = count(numbers[0], inside);
    int max = numbers.length == 1 ? min : numbers[1].isEmpty() ? -1 : count(numbers[1], inside);
    if (max >= 0 && max < min) {
      throw in.wrong("the count {" + inside + "}", in.at, "the smaller number comes first");
    }
    in.at = close + 1;
    return new int[] {min, max};
  }

  private int count(String digits, String inside) throws ExpressionException {
    if (digits.length() > 4 || Integer.parseInt(digits) > MAX_COUNT) {
      throw in.wrong(
          "the count {" + inside + "}", in.at, "RE2 counts to " + MAX_COUNT + " at most");
    }
    return Integer.parseInt(digits);
  }

  private Syntax escape(int start) throws ExpressionException {
    if (!in.more()) {
      throw in.wrong("a \\ at the end", start, "to match a backslash write \\\\");
    }
    switch (in.peek()) {
      case 'A' -> {
        in.at++;
        return Syntax.BEGIN;
      }
      case 'z' -> {
        in.at++;
        return Syntax.END;
      }
      case 'b', 'B' -> {
        in.at++;
        return Syntax.NOTHING;
      }
      case 'd', 'D', 's', 'S', 'w', 'W' -> {
        return new Syntax.Characters(Bytes.perl(in.next()), Optional.empty());
      }
      case 'p', 'P' -> {
        in.unicodeClass(start);
        return Syntax.anyCharacter();
      }
      default -> {
        return character(in.escapedCharacter(start));
      }
    }
  }

  private Syntax character(int c) {
    return !fold && c < 0x80 ? ASCII.get(c) : ClassReader.one(c, fold);
  }

  private static String noLookAround() {
    return ExpressionCursor.LINEAR
        + "match more of the line, or take the exceptions out with a marker of status ignore";
  }
}
