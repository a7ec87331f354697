package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import dev.bosky.match.Marker;
import dev.bosky.match.MatchCounts;
import dev.bosky.match.MatchSession;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.MatchSignal;
import dev.bosky.match.PatternSet;
import dev.bosky.match.SecretBlocks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is matched in a boot: the patterns in force, what they have met so far, the secrets that go
 * over several lines, and the time since the boot began, which markers wait by.
 *
 * <p>For the reader thread only.
 */
final class Matching {
  private MatchSettings settings;
  private PatternSet patterns;
  private MatchSession session;
  private SecretBlocks secrets = new SecretBlocks();
  private Duration sinceBegan = Duration.ZERO;
  private Optional<Duration> uptime = Optional.empty();

  Matching(PatternSet patterns, MatchSettings settings) {
    this.patterns = patterns;
    this.settings = settings;
    this.session = new MatchSession(patterns, settings);
  }

  /** The patterns in force. */
  PatternSet patterns() {
    return patterns;
  }

  /** Other patterns are in force from now on. */
  void use(PatternSet set) {
    patterns = set;
    session.use(set);
  }

  /** These logs hold the output of scripts, by name. */
  void outputLogs(Set<String> names) {
    settings = new MatchSettings(settings.maxEvents(), names);
    session.use(settings);
  }

  /** Another boot began so long ago. */
  void begin(Duration ago) {
    sinceBegan = ago.isNegative() ? Duration.ZERO : ago;
  }

  /** Forgets what was met: it was of an older boot. */
  void forget() {
    session = new MatchSession(patterns, settings);
  }

  /** The line without what only the lines before it show to be secret. */
  CleanLine mask(CleanLine line) {
    return secrets.mask(line);
  }

  /** The text without what is secret by the patterns in force. */
  String mask(String text) {
    return session.redactor().mask(text);
  }

  /** Whether the next line of that log goes on with the block of a marker. */
  boolean isInBlock(String log) {
    return session.isInBlock(log);
  }

  /** Whether it is a log of markers alone; its tailer gives lines of this boot only. */
  boolean isFurther(String log) {
    return !log.equals(Marker.CLOUD_INIT) && !settings.outputLogs().contains(log);
  }

  List<MatchSignal> line(CleanLine line, Optional<Stage> stage) {
    return session.line(line, stage, sinceBegan);
  }

  /**
   * Time has passed, by the kernel's clock, which nobody sets.
   *
   * @param uptimeNow since the kernel started
   */
  List<MatchSignal> tick(Duration uptimeNow) {
    Duration passed = uptime.map(uptimeNow::minus).orElse(Duration.ZERO);
    sinceBegan = sinceBegan.plus(passed.isNegative() ? Duration.ZERO : passed);
    uptime = Optional.of(uptimeNow);
    return session.tick(sinceBegan);
  }

  /** No more lines; {@code finished}: the boot can be held to what is required of it. */
  List<MatchSignal> end(boolean finished) {
    return session.end(finished);
  }

  /** Nothing is required of this boot. */
  void waiveRequired() {
    session.waiveRequired();
  }

  MatchCounts counts() {
    return session.counts();
  }

  /** Adds all that has to be remembered, masked. */
  void snapshot(ObjectNode json) {
    json.put("since_began_millis", sinceBegan.toMillis());
    uptime.ifPresent(at -> json.put("uptime_millis", at.toMillis()));
    json.set("session", session.snapshot());
    json.set("secrets", secrets.snapshot());
  }

  /** Goes on where {@link #snapshot} was taken. */
  void restore(ObjectNode json) {
    sinceBegan = Duration.ofMillis(json.path("since_began_millis").asLong());
    uptime =
        json.has("uptime_millis")
            ? Optional.of(Duration.ofMillis(json.path("uptime_millis").asLong()))
            : Optional.empty();
    session = MatchSession.restore(patterns, settings, json.path("session"));
    secrets = SecretBlocks.restore(json.path("secrets"));
  }
}
