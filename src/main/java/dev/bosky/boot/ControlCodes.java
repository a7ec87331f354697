package dev.bosky.boot;

import java.util.Arrays;

/**
 * Removes what a terminal would have acted on instead of shown: escape sequences, and the text that
 * a carriage return, an erase or a backspace took away.
 *
 * <p>Of a progress bar the last state is left: the text after the last carriage return, if there is
 * any. A terminal would still show the tail of a longer earlier state behind it; here that tail is
 * gone, because it is never meant to be read and would spoil the end of the line for matching.
 * Cursor movements other than to the beginning of the line are dropped without effect.
 */
final class ControlCodes {
  private static final int ESC = 0x1b;
  private static final int BEL = 0x07;

  private final byte[] in;
  private final byte[] out;
  private int length;

  /** The text from here on overwrites everything so far, as soon as there is some. */
  private boolean atLineStart;

  /** Blanks behind a carriage return: they overwrite only if text follows. */
  private int indent;

  private ControlCodes(byte[] in, byte[] out) {
    this.in = in;
    this.out = out;
  }

  /** Where the text begins behind a UTF-8 byte order mark: 3 or 0. */
  static int skipByteOrderMark(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf;
    return mark ? 3 : 0;
  }

  /**
   * Copies what is to be seen of {@code in} into {@code out}, which is at least as long.
   *
   * @return how many bytes of {@code out} are filled
   */
  static int remove(byte[] in, byte[] out) {
    ControlCodes codes = new ControlCodes(in, out);
    int i = 0;
    while (i < in.length) {
      i = codes.step(i);
    }
    return codes.length;
  }

  private int step(int i) {
    byte b = in[i];
    if (b == ESC) {
      return escape(i + 1);
    }
    if (b == '\r') {
      toLineStart();
    } else if (b == '\b') {
      backspace();
    } else if (b < 0 || (b >= ' ' && b != 0x7f) || b == '\t') {
      put(b);
    }
    return i + 1;
  }

  private void toLineStart() {
    atLineStart = true;
    indent = 0;
  }

  private void put(byte b) {
    if (!atLineStart) {
      out[length++] = b;
    } else if (b == ' ') {
      indent++;
    } else {
      Arrays.fill(out, 0, indent, (byte) ' ');
      length = indent;
      atLineStart = false;
      out[length++] = b;
    }
  }

  /** Takes the last character back: its first byte and the UTF-8 continuation bytes behind it. */
  private void backspace() {
    if (atLineStart) {
      return;
    }
    while (length > 0 && (out[length - 1] & 0xc0) == 0x80) {
      length--;
    }
    if (length > 0) {
      length--;
    }
  }

  /**
   * @param i behind the escape character
   * @return behind the sequence; what is no known sequence is not swallowed
   */
  private int escape(int i) {
    if (i == in.length) {
      return i;
    }
    return switch (in[i]) {
      case '[' -> controlSequence(i + 1);
      case ']', 'P', 'X', '^', '_' -> string(i + 1);
      default -> {
        int end = i;
        while (end < in.length && in[end] >= 0x20 && in[end] <= 0x2f) {
          end++;
        }
        yield end < in.length && in[end] >= 0x30 && in[end] < 0x7f ? end + 1 : end;
      }
    };
  }

  private int controlSequence(int i) {
    int end = i;
    while (end < in.length && in[end] >= 0x20 && in[end] <= 0x3f) {
      end++;
    }
    if (end == in.length || in[end] < 0x40 || in[end] > 0x7e) {
      return end;
    }
    switch (in[end]) {
      case 'G' -> {
        if (end == i || (end == i + 1 && (in[i] == '0' || in[i] == '1'))) {
          toLineStart();
        }
      }
      case 'K', 'J' -> erase(end == i ? (byte) '0' : in[i]);
      default -> {
        // Colours, modes, other movements: nothing to be seen.
      }
    }
    return end + 1;
  }

  /** Erases to the end (0: only what a carriage return left), to the beginning (1) or all (2). */
  private void erase(byte what) {
    if (what != '0' || atLineStart) {
      length = 0;
      atLineStart = false;
    }
  }

  /** A title, a link and the like, up to its end; if it has none, only its beginning is dropped. */
  private int string(int i) {
    for (int end = i; end < in.length; end++) {
      if (in[end] == BEL) {
        return end + 1;
      }
      if (in[end] == ESC && end + 1 < in.length && in[end + 1] == '\\') {
        return end + 2;
      }
    }
    return i;
  }
}
