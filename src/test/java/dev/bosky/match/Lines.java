package dev.bosky.match;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Feeds texts to a session as lines of one log; each line takes 10 ms. */
final class Lines {
  private static final Duration STEP = Duration.ofMillis(10);

  private final String log;
  MatchSession session;
  Duration now = Duration.ofSeconds(20);
  private long offset;
  private long number;

  Lines(MatchSession session) {
    this(session, Marker.OUTPUT);
  }

  Lines(MatchSession session, String log) {
    this.session = session;
    this.log = log;
  }

  /** The set that one file's text makes. */
  static PatternSet set(String... yaml) {
    List<Problem> problems = new ArrayList<>();
    List<PatternFile> files = new ArrayList<>();
    for (int i = 0; i < yaml.length; i++) {
      PatternLoader.parse(i + ".yaml", yaml[i], false, i, problems).ifPresent(files::add);
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new AssertionError(problems.toString());
    }
    return PatternSet.of(files);
  }

  static Lines of(String... yaml) {
    return new Lines(new MatchSession(set(yaml), MatchSettings.DEFAULT));
  }

  static CleanLine line(String log, String text, long offset, long number) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new CleanLine(log, 0, offset, number, bytes, 0, bytes.length, false);
  }

  static CleanLine line(String text) {
    return line(Marker.OUTPUT, text, 0, 1);
  }

  List<MatchSignal> feed(String... texts) {
    return feed(Optional.of(Stage.MODULES_FINAL), texts);
  }

  List<MatchSignal> feed(Optional<Stage> stage, String... texts) {
    List<MatchSignal> signals = new ArrayList<>();
    for (String text : texts) {
      CleanLine line = line(log, text, offset, ++number);
      offset += line.length() + 1;
      now = now.plus(STEP);
      signals.addAll(session.line(line, stage, now));
    }
    return signals;
  }

  /** The one match that these lines make. */
  MatchSignal.Matched match(String... texts) {
    List<MatchSignal> signals = feed(texts);
    if (signals.size() != 1 || !(signals.get(0) instanceof MatchSignal.Matched matched)) {
      throw new AssertionError("expected one match, found " + signals);
    }
    return matched;
  }
}
