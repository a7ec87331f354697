package dev.bosky.match;

import java.util.BitSet;

/**
 * Sets of characters as sets of bytes: ASCII one by one, everything beyond as all bytes from 0x80
 * on.
 */
final class Bytes {
  private Bytes() {}

  /** No byte. */
  static BitSet none() {
    return new BitSet(256);
  }

  /** Any byte. */
  static BitSet any() {
    BitSet any = new BitSet(256);
    any.set(0, 256);
    return any;
  }

  /** The characters of a range, both ends included. */
  static BitSet range(int low, int high) {
    BitSet range = none();
    if (low <= high) {
      range.set(Math.min(low, 0x80), Math.min(high + 1, 0x80));
    }
    if (high >= 0x80) {
      range.set(0x80, 256);
    }
    return range;
  }

  /** The class of a letter after a backslash: {@code d D s S w W}; any byte for others. */
  static BitSet perl(int letter) {
    BitSet set =
        switch (Character.toLowerCase(letter)) {
          case 'd' -> range('0', '9');
          case 's' -> union(range('\t', '\n'), union(range('\f', '\r'), range(' ', ' ')));
          case 'w' ->
              union(
                  union(range('0', '9'), range('_', '_')), union(range('a', 'z'), range('A', 'Z')));
          default -> any();
        };
    return Character.isUpperCase(letter) && "DSW".indexOf(letter) >= 0 ? negated(set) : set;
  }

  /** All other ASCII characters, and all beyond ASCII. */
  static BitSet negated(BitSet set) {
    BitSet negated = (BitSet) set.clone();
    negated.flip(0, 0x80);
    negated.set(0x80, 256);
    return negated;
  }

  /**
   * With the other case of each ASCII letter, and what beyond ASCII folds to {@code k} or {@code
   * s}.
   */
  static BitSet folded(BitSet set) {
    BitSet folded = (BitSet) set.clone();
    for (int c = 'a'; c <= 'z'; c++) {
      int upper = Character.toUpperCase(c);
      if (set.get(c) || set.get(upper)) {
        folded.set(c);
        folded.set(upper);
      }
    }
    if (folded.get('k') || folded.get('s')) {
      folded.set(0x80, 256);
    }
    return folded;
  }

  static BitSet union(BitSet some, BitSet more) {
    BitSet union = (BitSet) some.clone();
    union.or(more);
    return union;
  }
}
