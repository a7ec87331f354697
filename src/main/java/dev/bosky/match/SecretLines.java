package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a log line by line and says which lines are secret because of a line before them: the
 * inside of a private key, and the passwords that cloud-init prints under a heading.
 *
 * <p>It assumes that a key's lines are base64 or hexadecimal without spaces, perhaps indented,
 * quoted, or with a shell's trace in front. A key whose end never comes is left after {@value
 * #MAX_STRANGERS} lines that look otherwise, or after {@value #MAX_LINES} lines: until then a line
 * of one single word is masked too.
 */
final class SecretLines {
  /** A key of 16,384 bits has about 200 lines. */
  static final int MAX_LINES = 250;

  /** Lines of other programs that may stand within a key. */
  static final int MAX_STRANGERS = 3;

  /** What a line is, because of those before it. */
  enum Kind {
    ORDINARY,
    /** Inside of a private key. */
    KEY,
    /** A user's name and password: {@code ubuntu:R4nd0m}. */
    LOGIN
  }

  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[][] SECRET_KEYS = {ascii("PRIVATE KEY"), ascii("Static key")};

  /** PuTTY's own format has no other mark. */
  private static final byte[] PUTTY = ascii("Private-Lines: ");

  /** cloud-init prints the passwords it has made up, one user a line, below this. */
  private static final byte[] PASSWORDS = ascii("Set the following 'random' passwords");

  /** What may stand before and behind a key's line: a trace, a diff, quotes, a list's end. */
  private static final String OPENING = "+>|'\" \t";

  private static final String CLOSING = "'\",;)]}` \t";

  private static final String[] HEADERS = {"Proc-Type:", "DEK-Info:", "Comment:", "Version:"};
  private static final Pattern LOGIN = Pattern.compile("\\s*[\\w.-]+:(\\S+)\\s*");

  private Kind open = Kind.ORDINARY;
  private int linesLeft;
  private int strangers;

  /** Takes the next line and says what it is. */
  Kind next(byte[] bytes, int start, int end) {
    if (opens(bytes, start, end)) {
      linesLeft = MAX_LINES;
      strangers = 0;
      return Kind.ORDINARY;
    }
    if (open == Kind.ORDINARY) {
      return Kind.ORDINARY;
    }
    Kind kind = kind(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    strangers = kind == Kind.ORDINARY ? strangers + 1 : 0;
    boolean over =
        --linesLeft == 0
            || strangers > MAX_STRANGERS
            || indexOf(END, bytes, start, end) >= 0
            || (open == Kind.LOGIN && kind == Kind.ORDINARY);
    if (over) {
      open = Kind.ORDINARY;
    }
    return kind;
  }

  /** Whether secret lines follow this one; a line that begins a block ends the one before. */
  private boolean opens(byte[] bytes, int start, int end) {
    int begin = indexOf(BEGIN, bytes, start, end);
    if (begin >= 0) {
      boolean whole = indexOf(END, bytes, begin, end) >= 0;
      open = !whole && isSecretKey(bytes, begin, end) ? Kind.KEY : Kind.ORDINARY;
      return true;
    }
    if (indexOf(PUTTY, bytes, start, end) >= 0) {
      open = Kind.KEY;
      return true;
    }
    if (indexOf(PASSWORDS, bytes, start, end) >= 0) {
      open = Kind.LOGIN;
      return true;
    }
    return false;
  }

  private static boolean isSecretKey(byte[] bytes, int start, int end) {
    for (byte[] mark : SECRET_KEYS) {
      if (indexOf(mark, bytes, start, end) >= 0) {
        return true;
      }
    }
    return false;
  }

  private Kind kind(String line) {
    if (open == Kind.LOGIN) {
      return LOGIN.matcher(line).matches() ? Kind.LOGIN : Kind.ORDINARY;
    }
    return line.contains("-----END ") || looksLikeKey(line) ? Kind.KEY : Kind.ORDINARY;
  }

  /** What has to be remembered, for the checkpoint. */
  Kind open() {
    return open;
  }

  static SecretLines restored(Kind open) {
    SecretLines lines = new SecretLines();
    lines.open = open;
    lines.linesLeft = MAX_LINES;
    return lines;
  }

  /** A line of that kind with what is secret in it masked, as long as before. */
  static String mask(Kind kind, String line) {
    if (kind == Kind.LOGIN) {
      Matcher matcher = LOGIN.matcher(line);
      return matcher.matches()
          ? line.substring(0, matcher.start(1))
              + "*".repeat(matcher.group(1).length())
              + line.substring(matcher.end(1))
          : line;
    }
    int end = line.indexOf("-----END ");
    String inside = end < 0 ? line : line.substring(0, end);
    return inside.replaceAll("[A-Za-z0-9+/=]", "*") + (end < 0 ? "" : line.substring(end));
  }

  private static boolean looksLikeKey(String line) {
    int start = 0;
    while (start < line.length() && OPENING.indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    int end = line.length();
    while (end > start && CLOSING.indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    String text = line.substring(start, end);
    for (String header : HEADERS) {
      if (text.startsWith(header)) {
        return true;
      }
    }
    return text.chars().allMatch(SecretLines::isBase64);
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/=\\'\",".indexOf(c) >= 0;
  }

  private static int indexOf(byte[] wanted, byte[] bytes, int start, int end) {
    int last = end - wanted.length;
    for (int i = start; i <= last; i++) {
      if (bytes[i] == wanted[0] && matches(wanted, bytes, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] wanted, byte[] bytes, int at) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
