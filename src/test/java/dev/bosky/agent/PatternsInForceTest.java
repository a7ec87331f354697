package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSource;
import dev.bosky.testing.EventSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys of a pattern file do to the events of a boot, and to its verdict. */
class PatternsInForceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGIN =
      """
      Cloud-init v. 22.4.2 running 'init-local' at Tue, 14 Oct 2025 08:00:00 +0000. Up 3.10 seconds.
      Cloud-init v. 22.4.2 running 'modules:final' at Tue, 14 Oct 2025 08:00:09 +0000. Up 12.10 seconds.
      """;
  private static final String END =
      "Cloud-init v. 22.4.2 finished at Tue, 14 Oct 2025 08:00:10 +0000."
          + " Datasource DataSourceEc2Local.  Up 13.50 seconds\n";

  @TempDir Path folder;

  /** The details of what is told of a boot with these lines, the outcome last. */
  private List<JsonNode> boot(String yaml, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), yaml);
    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSource.given(file)));
    assertEquals(List.of(), loaded.problems());
    String text = BEGIN + String.join("\n", lines) + "\n" + END;
    Path log = Files.writeString(folder.resolve("log"), text);
    List<Event> events = new ArrayList<>();
    new Replay(
            loaded.set().withExplicitMarkers(),
            MatchSettings.DEFAULT_MAX_EVENTS,
            new EventFactory(EventSettings.of("my-project", "1")),
            InstanceIdentity.of("i-0abc"),
            InstantSource.system())
        .run(
            new ReplaySettings(List.of(log.toString()), Optional.empty(), Optional.empty()),
            InputStream::nullInputStream,
            events::add);
    List<JsonNode> details = new ArrayList<>();
    for (Event event : events) {
      JsonNode detail = JSON.readTree(event.detail());
      EventSchema.assertValid(detail);
      details.add(detail);
    }
    return details;
  }

  private JsonNode outcome(String yaml, String... lines) throws IOException {
    List<JsonNode> details = boot(yaml, lines);
    return details.get(details.size() - 1);
  }

  private String verdict(String yaml, String... lines) throws IOException {
    return outcome(yaml, lines).at("/Outcome/Verdict").asText();
  }

  @Test
  void teamAndProject_standInTheEventAndInTheOutcomeItDecides() throws IOException {
    List<JsonNode> details =
        boot(
            """
            pack: web
            team: payments
            project: checkout
            markers:
              - {id: broken, status: fail, match: '^broken (?P<what>\\w+)'}
            """,
            "broken license");

    for (JsonNode detail : details.subList(1, 3)) {
      assertEquals("payments", detail.path("Team").asText(), detail.toPrettyString());
      assertEquals("checkout", detail.at("/Marker/Project").asText());
      assertEquals("web", detail.at("/Marker/Pack").asText());
      assertEquals("broken", detail.at("/Marker/Id").asText());
      assertEquals("license", detail.at("/Marker/Fields/what").asText());
    }
  }

  @Test
  void decisive_saysWhetherTheFailureIsTheBoots() throws IOException {
    String fail = "pack: p\nmarkers:\n  - {id: m, status: fail, match: '^broken'%s}\n";

    assertEquals("fail", verdict(fail.formatted(""), "broken"));
    assertEquals("fail", verdict(fail.formatted(", decisive: true"), "broken"));
    assertEquals("success", verdict(fail.formatted(", decisive: false"), "broken"));
    // The script cannot be read here, so nothing says that it did not see to it.
    assertEquals("success", verdict(fail.formatted(", decisive: if-unhandled"), "broken"));
    assertEquals("success", verdict(fail.formatted("").replace("fail", "info"), "broken"));
  }

  @Test
  void clearedBy_liftsTheVerdict() throws IOException {
    String yaml =
        "pack: p\nmarkers:\n"
            + "  - {id: m, status: fail, match: '^no (?P<x>\\w+)', cleared_by: '^got ${x}'}\n";

    assertEquals("fail", verdict(yaml, "no lock", "got milk"));
    assertEquals("success", verdict(yaml, "no lock", "got lock"));
  }

  @Test
  void required_thatDidNotCome_isAFailure() throws IOException {
    String yaml = "pack: p\nmarkers:\n  - {id: m, status: success, match: '^up', required: end}\n";

    JsonNode outcome = outcome(yaml, "nothing happened");

    assertEquals("fail", outcome.at("/Outcome/Verdict").asText());
    assertEquals("required-missing", outcome.at("/Outcome/Reasons/0/Code").asText());
    assertEquals("p/m", outcome.at("/Outcome/Reasons/0/Marker").asText());
    assertEquals("success", verdict(yaml, "up"));
    assertEquals("fail", verdict(yaml.replace("end", "10m"), "nothing happened"));
  }

  /** The first boot in a log runs the user data; of a later one nothing says whether it does. */
  @Test
  void required_isOfTheFirstBootInASavedLog_ifItEnded() throws IOException {
    String yaml = "pack: p\nmarkers:\n  - {id: m, status: success, match: '^up', required: end}\n";
    String again = END + BEGIN.replace("08:00", "09:00").strip();

    assertEquals(List.of("success", "success"), verdicts(yaml, "up", again, "nothing"));
    assertEquals(List.of("fail", "success"), verdicts(yaml, "nothing", again, "nothing"));
    String cutOff = BEGIN.replace("08:00", "09:00").strip();
    assertEquals(List.of("interrupted", "success"), verdicts(yaml, "one", cutOff, "nothing"));
  }

  private List<String> verdicts(String yaml, String... lines) throws IOException {
    return boot(yaml, lines).stream()
        .filter(detail -> detail.has("Outcome"))
        .map(detail -> detail.at("/Outcome/Verdict").asText())
        .toList();
  }

  @Test
  void context_isBeforeInTheEvent_andThreeLinesAfterInTheOutcome() throws IOException {
    List<JsonNode> details =
        boot(
            "pack: p\nmarkers:\n  - {id: m, status: fail, match: '^broken', context: 2}\n",
            "one",
            "two",
            "three",
            "broken",
            "five",
            "six",
            "seven",
            "eight");

    assertEquals("[\"two\",\"three\"]", details.get(1).at("/Evidence/Before").toString());
    assertFalse(details.get(1).path("Evidence").has("After"));
    assertEquals("[\"two\",\"three\"]", details.get(2).at("/Evidence/Before").toString());
    assertEquals("[\"five\",\"six\",\"seven\"]", details.get(2).at("/Evidence/After").toString());
  }

  @Test
  void limit_leavesTheRestToACountInTheOutcome() throws IOException {
    List<JsonNode> details =
        boot(
            "pack: p\nmarkers:\n  - {id: m, status: info, match: '^again', limit: 3}\n",
            IntStream.range(0, 10).mapToObj(i -> "again " + i).toArray(String[]::new));

    long told = details.stream().filter(d -> d.path("Kind").asText().equals("marker")).count();
    JsonNode outcome = details.get(details.size() - 1);
    assertEquals(3, told);
    assertEquals(7, outcome.at("/Outcome/Suppressed").asInt());
    assertEquals(10, outcome.at("/Outcome/Markers/info").asInt());
  }

  @Test
  void explicitMarkers_tellAndDecide() throws IOException {
    String none = "pack: p\ndisable: ['q/*']\n";

    assertEquals("fail", verdict(none, "::bosky fail::no license"));
    assertEquals("success", verdict(none, "::bosky info::half way", "::bosky success::up"));
    JsonNode marker = boot(none, "::bosky success::up").get(1);
    assertEquals("success", marker.path("Status").asText());
    assertEquals("up", marker.path("Message").asText());
  }
}
