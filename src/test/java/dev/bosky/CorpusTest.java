package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.agent.Replay;
import dev.bosky.agent.ReplaySettings;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.event.Kind;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Replays real logs with the shipped packs and compares with what people say about them.
 *
 * <p>The logs are other people's, so they are not in the project: they are looked for in {@code
 * ../shared/corpus}, or where the system property {@code bosky.corpus} points. Samples 001 to 036
 * are excerpts that were found in public, those from 037 on are whole boots, each with its
 * result.json. What is asserted is what was reached; it may rise, and must not fall.
 */
class CorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("bosky.corpus", "../shared/corpus"));
  private static final int LAST_EXCERPT = 36;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What somebody writes who has five minutes. */
  private static final Pattern NAIVE =
      Pattern.compile("error|fail(ed|ure)?|fatal|exception", Pattern.CASE_INSENSITIVE);

  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PatternSet patterns =
      PatternLoader.load(List.of(PatternSource.shipped(Path.of("patterns"))))
          .set()
          .withExplicitMarkers();

  /** What the labels say of a log, and what was found in it. */
  private record Judged(
      Sample sample, String verdict, Optional<String> evidence, String marker, boolean naive) {
    boolean failed() {
      return verdict.equals("fail");
    }

    boolean right() {
      return switch (sample.outcome()) {
        case "fail" -> failed();
        case "success" -> verdict.equals("success") || verdict.equals("degraded");
        default -> !failed();
      };
    }

    boolean falseAlarm() {
      return failed() && !sample.fails();
    }

    boolean lineRight() {
      return failed() && evidence.map(sample::isEvidence).orElse(false);
    }

    /** One line for a sample that came out wrong. */
    String complaint() {
      return "%s  %s (%s), found %s by %s: %s%n             wanted: %s"
          .formatted(
              sample.file(),
              sample.outcome(),
              sample.category(),
              verdict,
              marker,
              evidence.orElse("-"),
              sample.decisiveLine().orElse("-"));
    }
  }

  /** One log with its label. */
  private record Sample(JsonNode label) {
    String file() {
      return label.path("file").asText();
    }

    int number() {
      return Integer.parseInt(file().replaceAll("\\D", ""));
    }

    boolean isRun() {
      return number() > LAST_EXCERPT;
    }

    Path log() {
      return CORPUS.resolve(file());
    }

    Optional<Path> result() {
      return Optional.of(CORPUS.resolve("results/%03d.json".formatted(number())))
          .filter(Files::exists);
    }

    String outcome() {
      return label.path("outcome").asText();
    }

    boolean fails() {
      return outcome().equals("fail");
    }

    String category() {
      return label.path("category").asText();
    }

    boolean cloudInitSaysFailed() {
      return label.path("cloud_init_reported_failure").asBoolean();
    }

    Optional<String> decisiveLine() {
      return Optional.ofNullable(label.path("decisive_line").textValue());
    }

    /** The event's line has no console prefix and no colours; the label's is as in the file. */
    boolean isEvidence(String line) {
      List<String> good = new ArrayList<>(decisiveLine().stream().toList());
      label.path("acceptable_lines").forEach(node -> good.add(node.asText()));
      String bare = line.strip();
      return !bare.isEmpty()
          && good.stream()
              .map(text -> ESCAPES.matcher(text).replaceAll("").strip())
              .anyMatch(text -> text.endsWith(bare) || bare.endsWith(text) && text.length() > 12);
    }
  }

  @Test
  void corpus_isJudgedAsItsLabelsSay() throws IOException {
    assumeTrue(
        Files.isDirectory(CORPUS), CORPUS + " is not there; -Dbosky.corpus=FOLDER names another");
    List<Judged> all = new ArrayList<>();
    for (String label : Files.readAllLines(CORPUS.resolve("labels.jsonl"))) {
      all.add(judge(new Sample(JSON.readTree(label))));
    }
    List<Judged> excerpts = all.stream().filter(j -> !j.sample().isRun()).toList();
    List<Judged> runs = all.stream().filter(j -> j.sample().isRun()).toList();

    print(excerpts, runs, all);

    assertAll(
        () -> atLeast("excerpts, outcome right", 36, count(excerpts, Judged::right)),
        () -> atMost("excerpts, false alarms", 0, count(excerpts, Judged::falseAlarm)),
        () -> atLeast("excerpts, line right", 10, count(excerpts, Judged::lineRight)),
        () -> atLeast("runs, fails found", 54, count(runs, j -> j.sample().fails() && j.failed())),
        () -> atMost("runs, false alarms", 1, count(runs, Judged::falseAlarm)),
        () -> atLeast("runs, line right", 54, count(runs, Judged::lineRight)));
  }

  private Judged judge(Sample sample) throws IOException {
    List<JsonNode> outcomes = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    new Replay(
            patterns,
            MatchSettings.DEFAULT_MAX_EVENTS,
            new EventFactory(EventSettings.of("corpus", "test")),
            InstanceIdentity.UNKNOWN,
            InstantSource.system())
        .run(
            new ReplaySettings(List.of(sample.log().toString()), sample.result(), Optional.empty()),
            InputStream::nullInputStream,
            events::add);
    for (Event event : events) {
      if (event.kind() == Kind.OUTCOME) {
        outcomes.add(JSON.readTree(event.detail()));
      }
    }
    JsonNode shown =
        outcomes.stream()
            .filter(outcome -> verdict(outcome).equals("fail"))
            .findFirst()
            .orElse(outcomes.get(outcomes.size() - 1));
    return new Judged(
        sample,
        verdict(shown),
        Optional.ofNullable(shown.path("Evidence").path("Text").textValue())
            .map(text -> text.lines().findFirst().orElse("")),
        shown.path("Marker").path("Id").asText("no marker"),
        naive(sample.log()));
  }

  private static String verdict(JsonNode outcome) {
    return outcome.path("Outcome").path("Verdict").asText();
  }

  private static boolean naive(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return text.lines().anyMatch(line -> NAIVE.matcher(line).find());
  }

  private static void print(List<Judged> excerpts, List<Judged> runs, List<Judged> all) {
    System.out.println();
    System.out.printf(
        "%-22s %14s %14s %14s %14s%n",
        "", "outcome right", "fails found", "false alarms", "line right");
    for (boolean run : new boolean[] {false, true}) {
      List<Judged> group = run ? runs : excerpts;
      System.out.println(run ? "runs (037 on)" : "excerpts (001 to 036)");
      row("  bosky", group, Judged::failed, Judged::right, Judged::lineRight);
      row("  cloud-init", group, j -> j.sample().cloudInitSaysFailed(), null, null);
      row("  /error|fail|.../i", group, Judged::naive, null, null);
    }
    Map<String, List<Judged>> byCategory = new TreeMap<>();
    all.forEach(
        j -> byCategory.computeIfAbsent(j.sample().category(), c -> new ArrayList<>()).add(j));
    System.out.println("by category");
    byCategory.forEach(
        (category, group) ->
            row("  " + category, group, Judged::failed, Judged::right, Judged::lineRight));
    all.stream()
        .filter(j -> !j.right() || j.sample().fails() && !j.lineRight())
        .forEach(j -> System.out.println(j.complaint()));
  }

  /** Where no {@code right} is given, an outcome is right if it fails exactly where it should. */
  private static void row(
      String name,
      List<Judged> group,
      Predicate<Judged> failed,
      Predicate<Judged> right,
      Predicate<Judged> lineRight) {
    Predicate<Judged> fails = j -> j.sample().fails();
    long bad = count(group, fails);
    System.out.printf(
        "%-22s %14s %14s %14s %14s%n",
        name,
        of(
            count(group, right == null ? j -> fails.test(j) == failed.test(j) : right),
            group.size()),
        of(count(group, fails.and(failed)), bad),
        of(count(group, fails.negate().and(failed)), group.size() - bad),
        lineRight == null ? "-" : of(count(group, lineRight), bad));
  }

  private static String of(long some, long all) {
    return some + " of " + all;
  }

  private static long count(List<Judged> group, Predicate<Judged> which) {
    return Stream.of(group).flatMap(List::stream).filter(which).count();
  }

  private static void atLeast(String what, long floor, long reached) {
    assertTrue(reached >= floor, what + ": at least " + floor + " expected, found " + reached);
  }

  private static void atMost(String what, long ceiling, long reached) {
    assertTrue(reached <= ceiling, what + ": at most " + ceiling + " expected, found " + reached);
  }
}
