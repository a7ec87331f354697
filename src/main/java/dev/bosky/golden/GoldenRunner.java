package dev.bosky.golden;

import dev.bosky.agent.Replay;
import dev.bosky.agent.ReplaySettings;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays golden logs with one set of patterns, as {@code bosky replay} does, and compares what is
 * told with what is expected; or writes that down as expected from now on.
 *
 * <p>A log that fails does not keep the others from being run.
 */
public final class GoldenRunner {
  private static final String DO = "; look at the log, then run with --update";

  private final PatternSet patterns;
  private final InstantSource clock;

  /**
   * @param patterns all that are in force, with the shipped ones
   */
  public GoldenRunner(PatternSet patterns, InstantSource clock) {
    this.patterns = patterns;
    this.clock = clock;
  }

  /** Compares. */
  public GoldenResult test(GoldenLog log) {
    try {
      Expectation found = replay(log);
      if (Files.notExists(log.expectation())) {
        return failed(log, log.path() + ": expected " + log.expectation() + ", found none" + DO);
      }
      List<String> difference = Expectation.read(log.expectation()).differenceTo(found);
      return difference.isEmpty()
          ? new GoldenResult.Passed(log)
          : new GoldenResult.Failed(
              log,
              log.path() + ": not what " + log.expectation() + " expects (- expected, + found)",
              difference);
    } catch (UnfitExpectationException e) {
      return failed(log, e.getMessage() + "; mend it, or run with --update");
    } catch (IOException e) {
      return failed(log, sentence(e, log.path(), "be read"));
    }
  }

  /** Writes the expectation, if it is not there or another: whole or not at all. */
  public GoldenResult update(GoldenLog log) {
    Expectation found;
    try {
      found = replay(log);
    } catch (IOException e) {
      return failed(log, sentence(e, log.path(), "be read"));
    }
    try {
      Optional<Expectation> before = before(log);
      List<String> difference = before.map(b -> b.differenceTo(found)).orElse(List.of());
      if (before.isPresent() && difference.isEmpty()) {
        return new GoldenResult.Passed(log);
      }
      boolean isNew = Files.notExists(log.expectation());
      replace(log.expectation(), found.text());
      return new GoldenResult.Written(log, isNew, difference);
    } catch (IOException e) {
      return failed(log, sentence(e, log.expectation(), "be written"));
    }
  }

  private Expectation replay(GoldenLog log) throws IOException {
    EventFactory factory =
        new EventFactory(EventSettings.of(EventSettings.UNKNOWN, EventSettings.UNKNOWN));
    List<Event> events = new ArrayList<>();
    new Replay(patterns, MatchSettings.DEFAULT_MAX_EVENTS, factory, InstanceIdentity.UNKNOWN, clock)
        .run(
            new ReplaySettings(List.of(log.path().toString()), Optional.empty(), Optional.empty()),
            InputStream::nullInputStream,
            events::add);
    return Expectation.of(events);
  }

  /** The expectation that stands, if there is one that can be read. */
  private static Optional<Expectation> before(GoldenLog log) throws IOException {
    if (Files.notExists(log.expectation())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Expectation.read(log.expectation()));
    } catch (UnfitExpectationException e) {
      return Optional.empty();
    }
  }

  /** Beside it first, so that a full disk leaves the old one. */
  private static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(temporary, text);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static GoldenResult failed(GoldenLog log, String problem) {
    return new GoldenResult.Failed(log, problem, List.of());
  }

  private static String sentence(IOException e, Path file, String what) {
    String why = e.getMessage();
    if (e instanceof AccessDeniedException) {
      why = "permission denied";
    } else if (e instanceof FileSystemException system) {
      why = Optional.ofNullable(system.getReason()).orElse(e.getClass().getSimpleName());
    }
    return "%s: cannot %s: %s".formatted(file, what, why);
  }
}
