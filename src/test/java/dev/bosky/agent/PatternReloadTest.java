package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.BootSettings;
import dev.bosky.boot.History;
import dev.bosky.boot.UserData;
import dev.bosky.event.Draft;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternSource;
import dev.bosky.match.PatternWatch;
import dev.bosky.source.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pattern file changes in the middle of a boot: what is remembered of the boot stays. */
class PatternReloadTest {
  private static final String PATTERNS =
      """
      pack: shop
      markers:
        - id: slow
          status: info
          match: '^slow'
          limit: 2
        - id: trace
          status: fail
          match: '^Trace'
          until: '^(?P<error>\\S.*)'
          message: 'raised ${error}'
        - id: no-tool
          status: fail
          match: '^no tool (?P<tool>\\S+)'
          cleared_by: '^tool ${tool} is there'
      """;

  @TempDir Path folder;
  private final Instant began = Instant.parse("2026-03-01T10:00:00Z");
  private final List<Draft> drafts = new ArrayList<>();
  private Duration uptime = Duration.ofSeconds(20);
  private long offset;
  private long number;
  private Path file;
  private PatternReload reload;
  private Pipeline pipeline;

  @BeforeEach
  void begin() throws IOException {
    file = folder.resolve("shop.yaml");
    Files.writeString(file, PATTERNS);
    begin(true);
  }

  private void begin(boolean explicitMarkers) {
    PatternWatch files = new PatternWatch(List.of(PatternSource.given(file)));
    reload = new PatternReload(files, explicitMarkers);
    PatternSet set = explicitMarkers ? files.set().withExplicitMarkers() : files.set();
    pipeline =
        new Pipeline(
            set,
            MatchSettings.DEFAULT,
            BootSettings.agent(Duration.ofMinutes(45), began),
            History.UNKNOWN,
            UserData.UNREADABLE,
            new PipelineSettings(Map.of(), Status.SUCCESS, Status.FAIL));
    tick();
  }

  /** The file is changed, and looked at until it is taken. */
  private Optional<String> change(String content) throws IOException {
    Files.writeString(file, content);
    Optional<String> taken = Optional.empty();
    for (int look = 0; look < 3 && taken.isEmpty(); look++) {
      pass(PatternReload.LOOK);
      taken = reload.step(pipeline, now());
    }
    return taken;
  }

  private void line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pipeline.accept(new LogLine("output", 0, offset, ++number, bytes, false), now());
    offset += bytes.length + 1;
    drafts.addAll(pipeline.takeDrafts());
  }

  private void pass(Duration time) {
    uptime = uptime.plus(time);
    tick();
  }

  private void tick() {
    pipeline.tick(now(), uptime, Duration.ZERO, true);
    drafts.addAll(pipeline.takeDrafts());
  }

  private Instant now() {
    return began.plus(uptime);
  }

  private List<String> told(Kind kind) {
    return drafts.stream()
        .filter(draft -> draft.kind() == kind)
        .map(draft -> draft.detail().path("Message").asText())
        .toList();
  }

  /** Whoever sends a message by hand may count on it as soon as lines are masked so. */
  @Test
  void mask_ofAMessageByHand_isThatOfThePatternsInForce() throws Exception {
    assertEquals("badge 4711", pipeline.mask("badge 4711"));
    change("pack: shop\nmask: ['badge (?P<secret>\\d+)']\nmarkers: []\n");
    assertEquals("badge ****", pipeline.mask("badge 4711"));
  }

  @Test
  void limits_goOnCounting() throws IOException {
    line("slow 1");
    line("slow 2");

    assertTrue(change(PATTERNS + "  - {id: new, status: info, match: '^new'}\n").isPresent());
    line("slow 3");
    line("new");

    assertEquals(List.of("slow 1", "slow 2", "new"), told(Kind.MARKER));
  }

  /** With the new number: what was counted so far counts against it. */
  @Test
  void limit_thatIsRaised_leavesTheDifference() throws IOException {
    line("slow 1");
    line("slow 2");
    line("slow 3");

    assertTrue(change(PATTERNS.replace("limit: 2", "limit: 4")).isPresent());
    line("slow 4");
    line("slow 5");

    assertEquals(List.of("slow 1", "slow 2", "slow 4"), told(Kind.MARKER));
  }

  /** A block is waited for half a second; the file is taken within it. */
  @Test
  void openBlock_isGatheredToItsEnd() throws IOException {
    Files.writeString(file, PATTERNS.replace("'^slow'", "'^very slow'"));
    assertEquals(Optional.empty(), reload.step(pipeline, now()));
    pass(PatternReload.LOOK.minusMillis(100));
    line("Trace");
    line("  in line 3");

    pass(Duration.ofMillis(100));
    assertTrue(reload.step(pipeline, now()).isPresent());
    pass(Duration.ofMillis(100));
    line("  in line 4");
    line("KeyError: 'x'");
    line("slow");
    line("very slow");

    assertEquals(List.of("raised KeyError: 'x'", "very slow"), told(Kind.MARKER));
  }

  @Test
  void openFailure_isTakenBackAfterwards() throws IOException {
    line("no tool make");

    assertTrue(change(PATTERNS.replace("'^slow'", "'^very slow'")).isPresent());
    line("tool make is there");

    assertEquals(List.of("no tool make"), told(Kind.MARKER));
    assertEquals(List.of("tool make is there"), told(Kind.CLEARED));
  }

  /** Nothing the file says later can take it back, so the failure stands. */
  @Test
  void openFailure_ofAMarkerThatIsGone_stands() throws IOException {
    line("no tool make");

    assertTrue(change(PATTERNS.substring(0, PATTERNS.indexOf("  - id: no-tool"))).isPresent());
    line("tool make is there");

    assertEquals(List.of(), told(Kind.CLEARED));
  }

  @Test
  void refusedFile_isToldOnce_andTheOldOneStaysInForce() throws IOException {
    assertTrue(change(PATTERNS.replace("status: info", "status: inof")).isPresent());
    for (int look = 0; look < 3; look++) {
      pass(PatternReload.LOOK);
      assertEquals(Optional.empty(), reload.step(pipeline, now()));
    }
    line("slow 1");

    assertEquals(1, told(Kind.NOTICE).size(), told(Kind.NOTICE).toString());
    assertTrue(
        told(Kind.NOTICE)
            .get(0)
            .startsWith("changed pattern files refused, what was in force stays: " + file + ":4:"),
        told(Kind.NOTICE).get(0));
    assertEquals(List.of("slow 1"), told(Kind.MARKER));
  }

  @Test
  void explicitMarkers_stayOnOrOff() throws IOException {
    for (boolean on : List.of(true, false)) {
      Files.writeString(file, PATTERNS);
      drafts.clear();
      begin(on);
      assertTrue(change(PATTERNS.replace("'^slow'", "'^very slow'")).isPresent());

      line("::bosky fail::no license");

      assertEquals(on ? List.of("no license") : List.of(), told(Kind.MARKER));
    }
  }
}
