package dev.bosky.match;

import dev.bosky.boot.Evidence;
import dev.bosky.boot.Position;
import dev.bosky.boot.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a {@link MatchSession} has found. Every text in it is masked. */
public sealed interface MatchSignal {
  /** The marker it is about. */
  Marker marker();

  /**
   * A marker took a line.
   *
   * @param at the matched line, also where the evidence goes on after it
   * @param stage the boot's stage at that line
   * @param fields the named captures that took part, in the order of their groups
   * @param exitCode the capture {@code exit_code} or {@code exit}, if it is a number
   * @param message one line
   * @param evidence lines before, and the text with its block; no lines after
   * @param pending if a later line may take this failure back: what a {@link Cleared} names then
   * @param published false if it is over a limit: counted, but no event of its own
   */
  record Matched(
      Marker marker,
      Position at,
      Optional<Stage> stage,
      Map<String, String> fields,
      OptionalInt exitCode,
      String message,
      Evidence evidence,
      Optional<String> pending,
      boolean published)
      implements MatchSignal {
    public Matched {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * A line took failures back: all that were {@code pending} under that name.
   *
   * @param pending the name in {@link Matched#pending}
   * @param published where those stand that had an event of their own, oldest first
   * @param by the line that took them back
   * @param text that line
   */
  record Cleared(Marker marker, String pending, List<Position> published, Position by, String text)
      implements MatchSignal {
    public Cleared {
      published = List.copyOf(published);
    }
  }

  /**
   * An info or a success that is {@code required} was not seen in time.
   *
   * @param message one sentence
   */
  record RequiredMissing(Marker marker, String message) implements MatchSignal {}
}
