package dev.bosky.match;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The markers for scripts that have no tool at hand and print: {@code ::bosky fail::text}, {@code
 * ::bosky info::text}, {@code ::bosky success::text} (or {@code pass}), on a line of its own.
 *
 * <p>Their pack is {@value #PACK}, a name no file can have.
 */
final class ExplicitMarkers {
  static final String PACK = "bosky";

  /** What a script prints on purpose is not limited like what a marker finds. */
  private static final int LIMIT = 50;

  static final List<Marker> ALL =
      List.of(
          marker(MarkerStatus.FAIL, "fail"),
          marker(MarkerStatus.INFO, "info"),
          marker(MarkerStatus.SUCCESS, "(?:success|pass)"));

  private ExplicitMarkers() {}

  private static Marker marker(MarkerStatus status, String word) {
    return new Marker(
        PACK,
        status.label(),
        false,
        Optional.empty(),
        Optional.empty(),
        status,
        Expression.of("^\\s*::bosky " + word + "::\\s*(?P<text>.*?)\\s*$"),
        Optional.of("${text}"),
        status == MarkerStatus.FAIL ? Decides.YES : Decides.NO,
        Set.of(Stage.values()),
        List.of(Marker.OUTPUT),
        Optional.empty(),
        Optional.empty(),
        Marker.DEFAULT_CONTEXT,
        LIMIT,
        Optional.empty(),
        Marker.Examples.NONE,
        Place.of("built in"));
  }
}
