package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.Stage;
import dev.bosky.testing.MadeUpSecrets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * No line makes matching or masking throw, hang or grow, and no short cut changes which marker
 * takes a line.
 *
 * <p>{@code -Dbosky.fuzz.lines=N} sets how many lines are tried, {@code -Dbosky.fuzz.seed=N} which;
 * {@code mvn verify -Pfuzz} tries a million. The seed is in each message.
 */
class MatchFuzzTest {
  private static final int LINES = Integer.getInteger("bosky.fuzz.lines", 10_000);
  private static final long SEED = Long.getLong("bosky.fuzz.seed", 1);

  /**
   * Asking each of the shipped expressions takes some hundred times as long as the matcher does.
   */
  private static final int LINES_PER_COMPARISON = 40;

  /**
   * A line of 16 KB that many expressions have to be tried on takes some 50 ms; a hang, for ever.
   */
  private static final Duration MAX_PER_LINE = Duration.ofSeconds(5);

  /** Some hundred lines of context, 50 failures, counts of each marker. */
  private static final int MAX_SNAPSHOT = 2_000_000;

  private PatternSet set;
  private RandomLines lines;

  @BeforeEach
  void load() throws IOException {
    set = PatternLoader.load(List.of(PatternSource.shipped(Path.of("patterns")))).set();
    MadeUpSecrets secrets = new MadeUpSecrets(SEED);
    List<String> further = new ArrayList<>();
    for (String file : List.of("mask-secrets.txt", "mask-lookalikes.txt", "mask-blocks.txt")) {
      for (String template : MadeUpSecrets.lines("/dev/bosky/match/" + file)) {
        further.add(secrets.fill(template));
      }
    }
    lines = new RandomLines(SEED, set.list(), further);
  }

  /**
   * Processor time of this thread in nanoseconds, so that other work on the machine does not count.
   */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String told(long number, byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    return "seed " + SEED + ", line " + number + ": " + MaskedText.cutLine(text);
  }

  private static CleanLine line(long number, byte[] bytes) {
    return new CleanLine(Marker.OUTPUT, 0, number, number, bytes, 0, bytes.length, false);
  }

  @Test
  @Timeout(value = 3_600, threadMode = ThreadMode.SEPARATE_THREAD)
  void session_takesAnyLine() {
    MatchSession session = new MatchSession(set, MatchSettings.DEFAULT);
    SecretBlocks secrets = new SecretBlocks();
    int signals = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] bytes = lines.next();
      long began = cpu();
      try {
        CleanLine line = secrets.mask(line(i, bytes));
        Duration since = Duration.ofMillis(i);
        signals += session.line(line, Optional.of(Stage.MODULES_FINAL), since).size();
        assertTrue(session.last(Marker.OUTPUT).orElseThrow().length() <= MaskedText.MAX_LINE);
      } catch (RuntimeException e) {
        throw new AssertionError(told(i, bytes), e);
      }
      long millis = (cpu() - began) / 1_000_000;
      assertTrue(millis < MAX_PER_LINE.toMillis(), millis + " ms for " + told(i, bytes));
    }
    assertTrue(signals > LINES / 50, "signals: " + signals);
    int snapshot = session.snapshot().toString().length();
    assertTrue(snapshot < MAX_SNAPSHOT, "characters of state: " + snapshot);
  }

  @Test
  @Timeout(value = 3_600, threadMode = ThreadMode.SEPARATE_THREAD)
  void mask_keepsTheLengthAndChangesNothingElse() {
    Redactor redactor = set.redactor();
    for (int i = 0; i < LINES / 2; i++) {
      byte[] bytes = lines.next();
      String line = new String(bytes, StandardCharsets.UTF_8);
      long began = cpu();
      String masked = redactor.mask(line);
      long millis = (cpu() - began) / 1_000_000;
      assertTrue(millis < MAX_PER_LINE.toMillis(), millis + " ms for " + told(i, bytes));
      assertEquals(line.length(), masked.length(), told(i, bytes));
      for (int k = 0; k < line.length(); k++) {
        if (masked.charAt(k) != line.charAt(k)) {
          assertEquals('*', masked.charAt(k), told(i, bytes));
        }
      }
    }
  }

  @Test
  @Timeout(value = 3_600, threadMode = ThreadMode.SEPARATE_THREAD)
  void take_findsWhatAskingEachExpressionFinds() {
    LineMatcher matcher = new LineMatcher(set, Set.of());
    int found = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] bytes = lines.next();
      CleanLine line = line(i, bytes);
      Optional<Marker> taker = matcher.take(line, Optional.empty()).map(LineMatcher.Hit::marker);
      if (i % LINES_PER_COMPARISON == 0) {
        assertEquals(asked(LineMatcher.head(line)), taker, told(i, bytes));
        found += taker.isPresent() ? 1 : 0;
      }
    }
    assertTrue(found > LINES / LINES_PER_COMPARISON / 4, "taken: " + found);
  }

  /** The taker by the rules alone: no prefilter, no automaton, no memory. */
  private Optional<Marker> asked(String text) {
    List<Marker> matching =
        set.list().stream()
            .filter(marker -> marker.logs().contains(Marker.OUTPUT))
            .filter(marker -> marker.match().foundIn(text))
            .toList();
    return matching.stream()
        .filter(marker -> !marker.ignores())
        .filter(
            marker ->
                matching.stream()
                    .noneMatch(other -> other.ignores() && LineMatcher.holdsFor(other, marker)))
        .findFirst();
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void find_ofARepetitionWithinARepetition_takesNoLongerThanAnyOther() {
    PatternSet evil =
        Lines.set(
            """
            pack: evil
            markers:
              - id: repeated
                status: fail
                match: '^(a+)+$'
                examples: {match: [aaa], ignore: [b]}
              - id: alternatives
                status: fail
                match: '(x|xx)+y$'
                examples: {match: [xxy], ignore: [b]}
            """);
    Lines session = new Lines(new MatchSession(evil, MatchSettings.DEFAULT));

    for (String text : List.of("a".repeat(9_000) + "b".repeat(91_000), "x".repeat(100_000))) {
      for (int i = 0; i < 5; i++) {
        assertEquals(List.of(), session.feed(text));
      }
    }
  }
}
