package dev.bosky.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says quickly of a line that an expression cannot match it, at about one step of a table a byte.
 *
 * <p>RE2/J follows all ways through an expression at once and keeps the captures of each, which
 * takes some 50 times as long; but most lines that are worth a try do not match in the end. The
 * deterministic states are made when they are first met, at most {@value #MAX_STATES} and as long
 * as there is {@link Room}; if a line needs more, the answer is "perhaps" from then on.
 *
 * <p>For one thread.
 */
final class LazyDfa {
  /** Some 30 are usual. */
  static final int MAX_STATES = 300;

  /** Memory that automata share, so that no log and no number of markers can make them grow. */
  static final class Room {
    private long bytesLeft;

    Room(long bytes) {
      this.bytesLeft = bytes;
    }

    private boolean take(long bytes) {
      boolean enough = bytesLeft >= bytes;
      bytesLeft -= enough ? bytes : 0;
      return enough;
    }

    private void giveBack(long bytes) {
      bytesLeft += bytes;
    }

    long bytesLeft() {
      return bytesLeft;
    }
  }

  /** The state that a step leads to has not been made yet. */
  private static final int UNKNOWN = -1;

  /** The line is accepted, whatever follows. */
  private static final int ACCEPTED = -2;

  /** The line is refused, whatever follows. */
  private static final int REFUSED = -3;

  private final Nfa nfa;

  /** What a match can begin with after the line's first byte. */
  private final BitSet startLater;

  /** Bytes of the same class lead to the same states. */
  private final int[] classOf = new int[256];

  private final int classes;

  /** For each class one of its bytes. */
  private final int[] byteOf = new int[256];

  /** Room for {@link #reach}. */
  private final int[] todo;

  /** The states made so far: sets of states of the nondeterministic automaton. */
  private final List<BitSet> sets = new ArrayList<>();

  private final Map<BitSet, Integer> stateOf = new HashMap<>();
  private final BitSet acceptedAtEnd = new BitSet();

  /** Next state by state and class. */
  private int[] next = new int[0];

  private final int start;
  private final Room room;
  private long bytesTaken;
  private boolean gaveUp;

  private LazyDfa(Nfa nfa, Room room) {
    this.nfa = nfa;
    this.room = room;
    this.todo = new int[2 * nfa.size() + 2];
    this.startLater = new BitSet();
    reach(nfa.start(), false, startLater);
    this.classes = classify();
    BitSet atBegin = new BitSet();
    reach(nfa.start(), true, atBegin);
    this.start = state(atBegin);
  }

  /** For the expression with that tree; empty if it is too large for this. */
  static Optional<LazyDfa> of(Syntax tree, Room room) {
    return Nfa.of(tree).map(nfa -> new LazyDfa(nfa, room));
  }

  /** Splits the bytes by each set that some step looks at; says how many classes there are. */
  private int classify() {
    Set<BitSet> sets = new LinkedHashSet<>();
    for (int state = 0; state < nfa.size(); state++) {
      sets.add(nfa.state(state).bytes());
    }
    int count = 1;
    for (BitSet bytes : sets) {
      int[] split = new int[2 * count];
      count = 0;
      for (int value = 0; value < 256; value++) {
        int half = 2 * classOf[value] + (bytes.get(value) ? 1 : 0);
        if (split[half] == 0) {
          split[half] = ++count;
          byteOf[count - 1] = value;
        }
        classOf[value] = split[half] - 1;
      }
    }
    return count;
  }

  /** False if the expression matches nowhere from start to end; true if it perhaps does. */
  boolean perhaps(byte[] bytes, int from, int to) {
    if (gaveUp) {
      return true;
    }
    int state = start;
    int width = classes;
    for (int i = from; i < to && state >= 0; i++) {
      int cell = state * width + classOf[bytes[i] & 0xff];
      state = next[cell];
      if (state == UNKNOWN) {
        state = follow(cell / width, cell % width);
        next[cell] = state;
      }
    }
    if (gaveUp) {
      forget();
      return true;
    }
    return state == ACCEPTED || (state >= 0 && acceptedAtEnd.get(state));
  }

  /** The states are of no use any more. */
  private void forget() {
    sets.clear();
    stateOf.clear();
    next = new int[0];
    room.giveBack(bytesTaken);
    bytesTaken = 0;
  }

  /** The state that a byte of a class leads to. */
  private int follow(int state, int byteClass) {
    int value = byteOf[byteClass];
    BitSet from = sets.get(state);
    BitSet set = (BitSet) startLater.clone();
    for (int s = from.nextSetBit(0); s >= 0; s = from.nextSetBit(s + 1)) {
      if (nfa.state(s).step() == Nfa.Step.BYTE && nfa.state(s).bytes().get(value)) {
        reach(nfa.state(s).next(), false, set);
      }
    }
    return state(set);
  }

  private int state(BitSet set) {
    if (has(set, Nfa.Step.ACCEPT)) {
      return ACCEPTED;
    }
    if (!has(set, Nfa.Step.BYTE) && !has(set, Nfa.Step.END)) {
      return REFUSED;
    }
    Integer known = stateOf.get(set);
    if (known != null) {
      return known;
    }
    if (sets.size() == MAX_STATES || !room.take(bytesPerState())) {
      gaveUp = true;
      return ACCEPTED;
    }
    bytesTaken += bytesPerState();
    int state = sets.size();
    stateOf.put(set, state);
    sets.add(set);
    acceptedAtEnd.set(state, acceptsAtEnd(set, state == 0));
    int before = next.length;
    if (before < sets.size() * classes) {
      next = Arrays.copyOf(next, Math.max(4 * classes, 2 * before));
      Arrays.fill(next, before, next.length, UNKNOWN);
    }
    return state;
  }

  /** A row of the table, a set, and what collections need for them, roughly. */
  private long bytesPerState() {
    return 2L * Integer.BYTES * classes + nfa.size() / 8 + 200;
  }

  /** Whether a state accepts a line that ends here. */
  private boolean acceptsAtEnd(BitSet set, boolean atBegin) {
    BitSet reached = (BitSet) set.clone();
    for (int s = reached.nextSetBit(0); s >= 0; s = reached.nextSetBit(s + 1)) {
      if (nfa.state(s).step() == Nfa.Step.END && !reached.get(nfa.state(s).next())) {
        reach(nfa.state(s).next(), atBegin, reached);
        s = -1;
      }
    }
    return has(reached, Nfa.Step.ACCEPT);
  }

  private boolean has(BitSet set, Nfa.Step step) {
    for (int s = set.nextSetBit(0); s >= 0; s = set.nextSetBit(s + 1)) {
      if (nfa.state(s).step() == step) {
        return true;
      }
    }
    return false;
  }

  /** Adds a state, and all that can be reached from it without reading a byte. */
  private void reach(int from, boolean atBegin, BitSet reached) {
    int open = 0;
    todo[open++] = from;
    while (open > 0) {
      int number = todo[--open];
      if (number >= 0 && !reached.get(number)) {
        reached.set(number);
        Nfa.State state = nfa.state(number);
        if (state.step() == Nfa.Step.FREE || (state.step() == Nfa.Step.BEGIN && atBegin)) {
          todo[open++] = state.next();
          todo[open++] = state.other();
        }
      }
    }
  }
}
