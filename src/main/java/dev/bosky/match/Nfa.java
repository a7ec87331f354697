package dev.bosky.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A nondeterministic automaton over bytes that accepts at least every line that an expression
 * matches.
 *
 * <p>It may accept more, which keeps it small: a character beyond ASCII is any run of bytes from
 * 0x80 on, a large count is no count, and a word boundary is everywhere.
 */
final class Nfa {
  /** Larger ones would take more time to follow than they save. */
  static final int MAX_STATES = 2_000;

  /** Counts beyond this are taken for "any number". */
  private static final int MAX_COPIES = 4;

  private static final BitSet BEYOND_ASCII = Bytes.range(0x80, 0x80);

  /** What it takes to leave a state. */
  enum Step {
    /** One byte of the state's set. */
    BYTE,
    /** Nothing, to one or two states. */
    FREE,
    /** To be at the line's beginning. */
    BEGIN,
    /** To be at the line's end. */
    END,
    /** The state is never left: the line is accepted. */
    ACCEPT
  }

  /**
   * A state.
   *
   * @param bytes for {@link Step#BYTE}
   * @param next where the step leads
   * @param other where it leads too, or -1
   */
  record State(Step step, BitSet bytes, int next, int other) {}

  private final List<State> states = new ArrayList<>();
  private int start;

  private Nfa() {}

  /** The automaton for a tree; empty if it would be too large. */
  static Optional<Nfa> of(Syntax tree) {
    Nfa nfa = new Nfa();
    int accept = nfa.add(Step.ACCEPT, Bytes.none(), -1, -1);
    try {
      nfa.start = nfa.build(tree, accept);
      return Optional.of(nfa);
    } catch (TooLarge e) {
      return Optional.empty();
    }
  }

  /** Ends the building of an automaton with too many states. */
  private static final class TooLarge extends RuntimeException {}

  int start() {
    return start;
  }

  int size() {
    return states.size();
  }

  State state(int number) {
    return states.get(number);
  }

  /** Builds the states for a tree back to front; says where they begin. */
  private int build(Syntax tree, int next) {
    if (tree instanceof Syntax.Characters characters) {
      return characters(characters.bytes(), next);
    }
    if (tree instanceof Syntax.Sequence sequence) {
      int begin = next;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        begin = build(sequence.parts().get(i), begin);
      }
      return begin;
    }
    if (tree instanceof Syntax.Either either) {
      int begin = -1;
      for (Syntax part : either.parts()) {
        int branch = build(part, next);
        begin = begin < 0 ? branch : add(Step.FREE, Bytes.none(), begin, branch);
      }
      return begin;
    }
    if (tree instanceof Syntax.Repeat repeat) {
      return repeat(repeat, next);
    }
    if (tree instanceof Syntax.Begin) {
      return add(Step.BEGIN, Bytes.none(), next, -1);
    }
    return tree instanceof Syntax.End ? add(Step.END, Bytes.none(), next, -1) : next;
  }

  private int characters(BitSet bytes, int next) {
    int ascii = add(Step.BYTE, bytes, next, -1);
    if (!bytes.get(0x80)) {
      return ascii;
    }
    int more = add(Step.BYTE, BEYOND_ASCII, next, -1);
    int loop = add(Step.FREE, Bytes.none(), next, more);
    states.set(more, new State(Step.BYTE, BEYOND_ASCII, loop, -1));
    BitSet onlyAscii = (BitSet) bytes.clone();
    onlyAscii.clear(0x80, 256);
    states.set(ascii, new State(Step.BYTE, onlyAscii, next, -1));
    return add(Step.FREE, Bytes.none(), ascii, more);
  }

  private int repeat(Syntax.Repeat repeat, int next) {
    int copies = Math.min(repeat.min(), MAX_COPIES);
    int optional = repeat.max() < 0 ? -1 : repeat.max() - repeat.min();
    boolean endless = optional < 0 || optional > MAX_COPIES || repeat.min() > MAX_COPIES;
    int begin = next;
    if (endless) {
      int loop = add(Step.FREE, Bytes.none(), next, -1);
      int body = build(repeat.part(), loop);
      states.set(loop, new State(Step.FREE, Bytes.none(), next, body));
      begin = loop;
    } else {
      for (int i = 0; i < optional; i++) {
        begin = add(Step.FREE, Bytes.none(), next, build(repeat.part(), begin));
      }
    }
    for (int i = 0; i < copies; i++) {
      begin = build(repeat.part(), begin);
    }
    return begin;
  }

  private int add(Step step, BitSet bytes, int next, int other) {
    if (states.size() == MAX_STATES) {
      throw new TooLarge();
    }
    states.add(new State(step, bytes, next, other));
    return states.size() - 1;
  }
}
