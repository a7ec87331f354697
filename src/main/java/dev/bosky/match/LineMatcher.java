package dev.bosky.match;

import com.google.re2j.Matcher;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the marker that takes a line, among all of them at once.
 *
 * <p>A line makes at most one event. In order of precedence, the first marker that matches and is
 * not held back by an {@code ignore} takes the line. An ignore holds for markers of its own owner
 * and for shipped ones; a shipped ignore for shipped ones only.
 *
 * <p>Keeps a buffer between calls: for one thread.
 */
final class LineMatcher {
  /**
   * Only so much of a line is looked at. What a program says of a failure stands at the beginning;
   * longer lines are data, and each byte costs with each candidate.
   */
  static final int MAX_BYTES = 16 * 1024;

  /** For the automata of all markers together; the shipped ones need some 2 MB in a busy log. */
  private static final long MAX_AUTOMATA_BYTES = 16L << 20;

  private final List<Marker> markers;

  /** So many lines are remembered; with the bound on their length at most some megabytes. */
  private static final int MAX_REMEMBERED = 4_096;

  private static final int MAX_REMEMBERED_CHARS = 300;

  private final Prefilter prefilter;
  private final Set<String> outputLogs;
  private final Prefilter.Room room = new Prefilter.Room();
  private final QuickCheck[] quickChecks;
  private final LazyDfa.Room automataRoom = new LazyDfa.Room(MAX_AUTOMATA_BYTES);
  private BitSet candidates = new BitSet();

  /** All that decides which marker takes a line. */
  private record Seen(String text, String log, Optional<Stage> stage) {}

  /**
   * Which marker took a line, by the line: polling loops and progress say the same thing over and
   * over, and a look here is a hundred times cheaper than the expressions. The one not used for
   * longest gives way.
   */
  private final Map<Seen, Optional<Marker>> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Optional<Marker>> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** A marker that took a line, with the captures, whose positions count in {@code text}. */
  record Hit(Marker marker, String text, Matcher captures) {}

  LineMatcher(PatternSet set, Set<String> outputLogs) {
    this.markers = set.list();
    this.prefilter = set.prefilter();
    this.outputLogs = outputLogs;
    this.quickChecks = new QuickCheck[markers.size()];
  }

  /** The marker that takes the line, if one does; an ignore that holds it back is none. */
  Optional<Hit> take(CleanLine line, Optional<Stage> stage) {
    if (!scan(line)) {
      return Optional.empty();
    }
    String text = head(line);
    if (text.length() > MAX_REMEMBERED_CHARS) {
      return find(line, text, stage);
    }
    Seen seen = new Seen(text, line.log(), stage);
    Optional<Marker> before = remembered.get(seen);
    if (before == null) {
      Optional<Hit> hit = find(line, text, stage);
      remembered.put(seen, hit.map(Hit::marker));
      return hit;
    }
    return before.map(marker -> hit(marker, text));
  }

  private static Hit hit(Marker marker, String text) {
    Matcher captures = marker.match().matcher(text);
    if (!captures.find()) {
      throw new IllegalStateException(marker + " took this very line before");
    }
    return new Hit(marker, text, captures);
  }

  private Optional<Hit> find(CleanLine line, String text, Optional<Stage> stage) {
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      Marker marker = markers.get(i);
      if (marker.ignores() || !applies(marker, line, stage)) {
        continue;
      }
      Matcher captures = marker.match().matcher(text);
      if (captures.find() && ignoring(marker, line, text, stage).isEmpty()) {
        return Optional.of(new Hit(marker, text, captures));
      }
    }
    return Optional.empty();
  }

  /** All markers that match the line, in order of precedence, whatever holds them back. */
  List<Hit> all(CleanLine line, Optional<Stage> stage) {
    List<Hit> hits = new ArrayList<>();
    if (scan(line)) {
      String text = head(line);
      candidates.stream()
          .mapToObj(markers::get)
          .filter(marker -> applies(marker, line, stage))
          .forEach(
              marker -> {
                Matcher captures = marker.match().matcher(text);
                if (captures.find()) {
                  hits.add(new Hit(marker, text, captures));
                }
              });
    }
    return hits;
  }

  /** The marker the line belongs to: the one that takes it, or else the first that ignores it. */
  Optional<Marker> ownerOf(CleanLine line, Optional<Stage> stage) {
    Optional<Marker> taker = take(line, stage).map(Hit::marker);
    return taker.isPresent()
        ? taker
        : all(line, stage).stream().map(Hit::marker).filter(Marker::ignores).findFirst();
  }

  /** The first of the last line's candidates that ignores it on behalf of {@code taker}. */
  private Optional<Marker> ignoring(
      Marker taker, CleanLine line, String text, Optional<Stage> stage) {
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      Marker marker = markers.get(i);
      if (marker.ignores()
          && holdsFor(marker, taker)
          && applies(marker, line, stage)
          && marker.match().foundIn(text)) {
        return Optional.of(marker);
      }
    }
    return Optional.empty();
  }

  /** Whether an ignore keeps another marker from taking the line. */
  static boolean holdsFor(Marker ignore, Marker other) {
    return ignore.shipped()
        ? other.shipped()
        : other.shipped() || ignore.owner().equals(other.owner());
  }

  /** Whether a marker names that log, by its name or as one of the output logs. */
  static boolean looksAt(Marker marker, String log, Set<String> outputLogs) {
    return marker.logs().contains(log)
        || (outputLogs.contains(log) && marker.logs().contains(Marker.OUTPUT));
  }

  private boolean scan(CleanLine line) {
    int end = headEnd(line);
    candidates = prefilter.scan(line.bytes(), line.start(), end, room);
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (quickChecks[i] == null) {
        quickChecks[i] = new QuickCheck(markers.get(i).match(), automataRoom);
      }
      if (!quickChecks[i].perhaps(line.bytes(), line.start(), end)) {
        candidates.clear(i);
      }
    }
    return !candidates.isEmpty();
  }

  private boolean applies(Marker marker, CleanLine line, Optional<Stage> stage) {
    return looksAt(marker, line.log(), outputLogs) && marker.holdsIn(stage);
  }

  /** The part of the line that is looked at. */
  static String head(CleanLine line) {
    return line.length() <= MAX_BYTES
        ? line.text()
        : new String(
            line.bytes(), line.start(), headEnd(line) - line.start(), StandardCharsets.UTF_8);
  }

  /** Where the part of the line that is looked at ends: never within a character. */
  static int headEnd(CleanLine line) {
    if (line.length() <= MAX_BYTES) {
      return line.end();
    }
    int end = line.start() + MAX_BYTES;
    while (end > line.start() && (line.bytes()[end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }
}
