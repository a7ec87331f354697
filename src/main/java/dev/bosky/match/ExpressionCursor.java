package dev.bosky.match;

/**
 * A place in the text of an expression, with the escapes that are the same in and out of classes.
 */
final class ExpressionCursor {
  static final String LINEAR = "RE2 reads a line in linear time and has none: ";
  static final String NO_BACK_REFERENCE = LINEAR + "write the repeated text out";

  final String text;

  /** The next character to read. */
  int at;

  ExpressionCursor(String text) {
    this.text = text;
  }

  boolean more() {
    return at < text.length();
  }

  char peek() {
    return text.charAt(at);
  }

  boolean peeks(String prefix) {
    return text.startsWith(prefix, at);
  }

  int next() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  ExpressionException wrong(String found, int index, String todo) {
    return new ExpressionException(found, index, todo);
  }

  /** Steps over {@code \pL} or {@code \p{Greek}}, of which the backslash was read. */
  void unicodeClass(int start) throws ExpressionException {
    at++;
    int end = more() && peek() == '{' ? text.indexOf('}', at) : at;
    if (!more() || end < 0) {
      throw wrong("an unfinished " + text.substring(start), start, "write \\pL or \\p{Greek}");
    }
    at = end;
    next();
  }

  /** The character that the escape beginning at {@code start} stands for. */
  int escapedCharacter(int start) throws ExpressionException {
    int c = next();
    return switch (c) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case 'x' -> hexadecimal(start);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(start, c);
      case '8', '9', 'k' ->
          throw wrong("a back-reference, \\" + (char) c, start, NO_BACK_REFERENCE);
      case 'Z' -> throw wrong("\\Z", start, "write $ or \\z");
      default -> {
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
          throw wrong("\\" + Character.toString(c), start, "RE2 knows no such escape");
        }
        yield c;
      }
    };
  }

  /** {@code \x41} or {@code \x{1F600}}. */
  private int hexadecimal(int start) throws ExpressionException {
    boolean braces = more() && peek() == '{';
    int from = braces ? at + 1 : at;
    int to = braces ? text.indexOf('}', at) : at + 2;
    String digits = to < 0 || to > text.length() ? "" : text.substring(from, to);
    if (!digits.matches("[0-9A-Fa-f]{1,6}")) {
      throw wrong("an unfinished \\x", start, "write \\x41 or \\x{1F600}");
    }
    at = braces ? to + 1 : to;
    return Integer.parseInt(digits, 16);
  }

  /** {@code \0}, {@code \01}, {@code \012}, {@code \123}; a single other digit refers back. */
  private int octal(int start, int first) throws ExpressionException {
    if (first != '0' && (!more() || peek() < '0' || peek() > '7')) {
      throw wrong("a back-reference, \\" + (char) first, start, NO_BACK_REFERENCE);
    }
    int value = first - '0';
    for (int i = 1; i < 3 && more() && peek() >= '0' && peek() <= '7'; i++) {
      value = value * 8 + (next() - '0');
    }
    return value;
  }
}
