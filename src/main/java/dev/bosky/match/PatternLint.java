package dev.bosky.match;

import dev.bosky.boot.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is no error in a pattern file but will not do what its author wants. */
public final class PatternLint {
  private final PatternLoader.Loaded loaded;
  private final LineMatcher matcher;
  private final List<Problem> warnings = new ArrayList<>();

  private PatternLint(PatternLoader.Loaded loaded) {
    this.loaded = loaded;
    this.matcher = new LineMatcher(loaded.set(), Set.of(Marker.OUTPUT));
  }

  /** Warnings about the files in force, by file and place. */
  public static List<Problem> warnings(PatternLoader.Loaded loaded) {
    PatternLint lint = new PatternLint(loaded);
    for (PatternFile file : loaded.files()) {
      file.disable().forEach(lint::disable);
      file.markers().stream().filter(lint::inForce).forEach(lint::marker);
    }
    return lint.warnings.stream().sorted(Problem.BY_PLACE).toList();
  }

  /** One that a later file replaces or disables takes no lines on purpose. */
  private boolean inForce(Marker marker) {
    return loaded.set().find(marker.key()).equals(Optional.of(marker));
  }

  private void disable(PatternFile.Disable entry) {
    boolean names =
        loaded.files().stream().flatMap(file -> file.markers().stream()).anyMatch(entry::names);
    if (!names) {
      warn(
          entry.place(),
          "disable",
          "a marker of the shipped packs",
          "'" + entry.pattern() + "', which names none",
          "bosky patterns list shows all");
    }
  }

  private void marker(Marker marker) {
    examples(marker);
    shadowed(marker);
    if (marker.match().requirements().tellLittle()) {
      warn(
          marker.place(),
          marker.id() + ": match",
          "a text of 3 letters or more that has to occur, or ^ and what follows it",
          "'" + marker.match().text() + "'",
          "it is tried on every line, which slows the agent down");
    }
    if (marker.status() == MarkerStatus.FAIL) {
      EverydayLines.ALL.stream()
          .filter(marker.match()::foundIn)
          .filter(line -> takes(marker, line))
          .findFirst()
          .ifPresent(line -> everyday(marker, line));
    }
  }

  /** With all markers in force: an ignore of the same file may have taken the line out. */
  private boolean takes(Marker marker, String text) {
    Marker.Examples.Line line = new Marker.Examples.Line(text, marker.place());
    return matcher
        .ownerOf(ExampleRunner.line(marker, line), stage(marker))
        .equals(Optional.of(marker));
  }

  private void everyday(Marker marker, String line) {
    warn(
        marker.place(),
        marker.id() + ": match",
        "an expression that takes failures only",
        "'" + marker.match().text() + "', which takes the everyday line '" + line + "' too",
        "begin with ^ and the program's own words");
  }

  private void examples(Marker marker) {
    boolean match = marker.examples().match().isEmpty();
    boolean ignore = marker.examples().ignore().isEmpty();
    if (match || ignore) {
      warn(
          marker.place(),
          marker.id() + ": examples",
          "lines that match and lines that do not",
          match ? (ignore ? "none" : "no line under match") : "no line under ignore",
          "they are its tests");
    }
  }

  /** All its examples go to others: then it takes nothing, as far as anybody can tell. */
  private void shadowed(Marker marker) {
    List<Optional<Marker>> owners =
        marker.examples().match().stream()
            .map(example -> matcher.ownerOf(ExampleRunner.line(marker, example), stage(marker)))
            .toList();
    Stream<Marker> others =
        owners.stream().flatMap(Optional::stream).filter(o -> !o.equals(marker));
    List<String> takers = others.map(Marker::key).distinct().toList();
    boolean all = owners.stream().noneMatch(owner -> owner.equals(Optional.of(marker)));
    if (all && !takers.isEmpty()) {
      warn(
          marker.place(),
          marker.id(),
          "that no other marker takes all its lines",
          "that " + String.join(", ", takers) + " does",
          "put this one first, or make the other one narrower");
    }
  }

  private static Optional<Stage> stage(Marker marker) {
    return marker.stages().size() == Stage.values().length
        ? Optional.empty()
        : marker.stages().stream().sorted().findFirst();
  }

  private void warn(Place place, String subject, String expected, String found, String todo) {
    warnings.add(Problem.warning(place, subject, expected, found, todo));
  }
}
