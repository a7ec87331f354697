package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootSettings;
import dev.bosky.boot.History;
import dev.bosky.boot.UserData;
import dev.bosky.event.Draft;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternSource;
import dev.bosky.source.LogLine;
import dev.bosky.source.StatusDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is put an hour forward or back while the kernel's uptime goes on. */
class PipelineClockTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final String PATTERNS =
      """
      pack: test
      markers:
        - id: ready
          status: success
          match: '^ready'
          required: 10m
      """;

  @TempDir Path folder;
  private final Instant bootBegan = Instant.parse("2026-03-01T10:00:00Z");
  private final List<Draft> drafts = new ArrayList<>();
  private PatternSet patterns;
  private Pipeline pipeline;
  private Duration uptime = Duration.ofSeconds(20);
  private Duration clockAhead = Duration.ZERO;

  @BeforeEach
  void begin() throws IOException {
    Path file = Files.writeString(folder.resolve("patterns.yaml"), PATTERNS);
    patterns = PatternLoader.load(List.of(PatternSource.given(file))).set();
    pipeline = newPipeline();
    tick();
  }

  @Test
  void required_isNotMissedWhenTheClockIsPutForward() throws IOException {
    clockAhead = HOUR;
    pass(Duration.ofSeconds(30));

    assertEquals("success", verdictAfterReady());
  }

  @Test
  void required_isMissedInTimeWhenTheClockIsPutBack() throws IOException {
    clockAhead = HOUR.negated();
    pass(Duration.ofMinutes(11));

    assertEquals("fail", verdictAfterReady());
  }

  @Test
  void required_isCountedOnOverARestart() throws IOException {
    pass(Duration.ofMinutes(6));
    ObjectNode stored = pipeline.snapshot();
    clockAhead = HOUR.negated();
    pipeline = newPipeline();
    pipeline.restore(stored);
    pass(Duration.ofMinutes(3));
    ObjectNode later = pipeline.snapshot();
    pipeline = newPipeline();
    pipeline.restore(later);
    pass(Duration.ofMinutes(3));

    assertEquals("fail", verdictAfterReady());
  }

  private Pipeline newPipeline() {
    return new Pipeline(
        patterns,
        MatchSettings.DEFAULT,
        BootSettings.agent(Duration.ofMinutes(45), bootBegan),
        History.UNKNOWN,
        UserData.UNREADABLE,
        new PipelineSettings(Map.of(), Status.SUCCESS, Status.FAIL));
  }

  private void pass(Duration time) {
    uptime = uptime.plus(time);
    tick();
  }

  private void tick() {
    pipeline.tick(now(), uptime, QUIET, false);
  }

  private Instant now() {
    return bootBegan.plus(uptime).plus(clockAhead);
  }

  /** What is required comes now, and cloud-init ends without an error. */
  private String verdictAfterReady() throws IOException {
    byte[] ready = "ready".getBytes(StandardCharsets.UTF_8);
    pipeline.accept(new LogLine("output", 0, 0, 1, ready, false), now());
    String result = "{\"v1\":{\"datasource\":\"DataSourceEc2\",\"errors\":[]}}";
    pipeline.accept(
        new StatusDocument(StatusDocument.Kind.RESULT, JSON.readTree(result), now()), now());
    pass(Duration.ofSeconds(1));
    drafts.addAll(pipeline.takeDrafts());
    return drafts.stream()
        .filter(draft -> draft.kind() == Kind.OUTCOME)
        .map(draft -> draft.detail().at("/Outcome/Verdict").asText())
        .findFirst()
        .orElse("none");
  }
}
