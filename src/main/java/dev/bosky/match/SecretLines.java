package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a log line by line and says which lines are secret because of a line before them: the
 * inside of a private key, and the passwords that cloud-init prints under a heading.
 *
 * <p>It assumes that a key's lines are base64 or hexadecimal without spaces, perhaps indented,
 * quoted, with a shell's trace in front, or behind as many words as its first line ({@code app_1 |
 * }, a time). A key whose end never comes is left after {@value #MAX_STRANGERS} lines that look
 * otherwise, or after {@value #MAX_LINES} lines: until then a line of one single word is masked
 * too.
 */
final class SecretLines {
  /** A key of 16,384 bits has about 200 lines. */
  static final int MAX_LINES = 250;

  /** Lines of other programs that may stand within a key. */
  static final int MAX_STRANGERS = 3;

  /** What the lines before make of the next one. */
  private enum Kind {
    ORDINARY,
    /** Inside of a private key. */
    KEY,
    /** A user's name and password: {@code ubuntu:R4nd0m}. */
    LOGIN
  }

  /** With five dashes, and in one format with four and a space. */
  private static final byte[][] BEGINS = {ascii("-----BEGIN "), ascii("---- BEGIN ")};

  private static final byte[][] ENDS = {ascii("-----END "), ascii("---- END ")};
  private static final byte[][] SECRET_KEYS = {ascii("PRIVATE KEY"), ascii("Static key")};

  /** PuTTY's own format has no other mark. */
  private static final byte[] PUTTY = ascii("Private-Lines: ");

  /** cloud-init prints the passwords it has made up, one user a line, below this. */
  private static final byte[] PASSWORDS = ascii("Set the following 'random' passwords");

  /** What may stand before and behind a key's line: a trace, a diff, quotes, a list's end. */
  private static final String OPENING = "+>|'\" \t";

  private static final String CLOSING = "'\",;)]}` \t";

  private static final String[] HEADERS = {"Proc-Type:", "DEK-Info:", "Comment:", "Version:"};
  private static final Pattern END = Pattern.compile("-----END |---- END ");
  private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s+");
  private static final Pattern LOGIN = Pattern.compile("\\s*[\\w.-]+:(\\S+)\\s*");

  private Kind open = Kind.ORDINARY;
  private int linesLeft;
  private int strangers;

  /** How many words stand before each line of the key. */
  private int wordsBefore;

  /** Takes the next line; it comes back masked, as long as before, if it is secret. */
  Optional<String> next(byte[] bytes, int start, int end) {
    if (opens(bytes, start, end)) {
      linesLeft = MAX_LINES;
      strangers = 0;
      return Optional.empty();
    }
    if (open == Kind.ORDINARY) {
      return Optional.empty();
    }
    String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    Optional<String> masked = open == Kind.LOGIN ? maskLogin(line) : maskKey(line);
    strangers = masked.isPresent() ? 0 : strangers + 1;
    boolean over =
        --linesLeft == 0
            || strangers > MAX_STRANGERS
            || indexOf(ENDS, bytes, start, end) >= 0
            || (open == Kind.LOGIN && masked.isEmpty());
    if (over) {
      open = Kind.ORDINARY;
    }
    return masked;
  }

  /** Whether secret lines follow this one; a line that begins a block ends the one before. */
  private boolean opens(byte[] bytes, int start, int end) {
    int begin = indexOf(BEGINS, bytes, start, end);
    if (begin >= 0) {
      boolean whole = indexOf(ENDS, bytes, begin, end) >= 0;
      open = !whole && isSecretKey(bytes, begin, end) ? Kind.KEY : Kind.ORDINARY;
      wordsBefore = words(new String(bytes, start, begin - start, StandardCharsets.UTF_8));
      return true;
    }
    if (indexOf(PUTTY, bytes, start, end) >= 0) {
      open = Kind.KEY;
      wordsBefore = 0;
      return true;
    }
    if (indexOf(PASSWORDS, bytes, start, end) >= 0) {
      open = Kind.LOGIN;
      return true;
    }
    return false;
  }

  /** What stands before a key's first line without a space between is of that line alone. */
  private static int words(String before) {
    boolean apart = !before.isBlank() && Character.isWhitespace(before.charAt(before.length() - 1));
    return apart ? before.strip().split("\\s+").length : 0;
  }

  private static boolean isSecretKey(byte[] bytes, int start, int end) {
    return indexOf(SECRET_KEYS, bytes, start, end) >= 0;
  }

  private static Optional<String> maskLogin(String line) {
    Matcher matcher = LOGIN.matcher(line);
    return matcher.matches()
        ? Optional.of(
            line.substring(0, matcher.start(1))
                + "*".repeat(matcher.group(1).length())
                + line.substring(matcher.end(1)))
        : Optional.empty();
  }

  private Optional<String> maskKey(String line) {
    int behind = behindWords(line);
    Matcher matcher = END.matcher(line);
    if (matcher.find()) {
      int end = matcher.start();
      return Optional.of(masked(line, Math.min(behind, end), end));
    }
    if (looksLikeKey(line)) {
      return Optional.of(masked(line, 0, line.length()));
    }
    return behind > 0 && isKeyText(line.substring(behind))
        ? Optional.of(masked(line, behind, line.length()))
        : Optional.empty();
  }

  /** Where the text begins behind as many words as stood before the key's first line, else 0. */
  private int behindWords(String line) {
    int at = 0;
    for (int i = 0; i < wordsBefore; i++) {
      Matcher word = WORD.matcher(line).region(at, line.length());
      if (!word.lookingAt()) {
        return 0;
      }
      at = word.end();
    }
    return at;
  }

  /** Whole groups of base64: other programs' single words behind as many words rarely are. */
  private static boolean isKeyText(String text) {
    String stripped = text.strip();
    return stripped.length() >= 8 && stripped.length() % 4 == 0 && looksLikeKey(stripped);
  }

  private static String masked(String line, int start, int end) {
    return line.substring(0, start)
        + line.substring(start, end).replaceAll("[A-Za-z0-9+/=]", "*")
        + line.substring(end);
  }

  /** What has to be remembered, for the checkpoint; empty if no block is open. */
  String snapshot() {
    return switch (open) {
      case ORDINARY -> "";
      case LOGIN -> open.name();
      case KEY -> wordsBefore == 0 ? open.name() : open.name() + " " + wordsBefore;
    };
  }

  static SecretLines restored(String snapshot) {
    int space = snapshot.indexOf(' ');
    SecretLines lines = new SecretLines();
    lines.open = Kind.valueOf(space < 0 ? snapshot : snapshot.substring(0, space));
    lines.linesLeft = MAX_LINES;
    lines.wordsBefore = space < 0 ? 0 : Integer.parseInt(snapshot.substring(space + 1));
    return lines;
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

  private static int indexOf(byte[][] anyOf, byte[] bytes, int start, int end) {
    for (byte[] wanted : anyOf) {
      int found = indexOf(wanted, bytes, start, end);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
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
