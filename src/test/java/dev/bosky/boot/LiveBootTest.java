package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.source.LogLine;
import dev.bosky.source.StatusDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent on the machine: this boot only, by the clock, from checkpoint to checkpoint. */
class LiveBootTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration TIMEOUT = Duration.ofMinutes(45);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED_MODULE =
      "2026-11-22 12:00:30,614 - util.py[WARNING]: Running module scripts-user (<module"
          + " 'cloudinit.config.cc_scripts_user' from 'x.py'>) failed";

  private final List<BootSignal> signals = new ArrayList<>();
  private BootTracker tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
  private long offset;

  private BootTracker tracker(BootSettings settings, History history) {
    return new BootTracker(
        settings, history, UserData.UNREADABLE, UnaryOperator.identity(), signals::add);
  }

  private boolean line(String text, Instant readAt) {
    boolean[] mine = {false};
    byte[] bytes = text.getBytes(UTF_8);
    new LineCleaner()
        .clean(
            new LogLine("output", 0, offset, 1, bytes, false),
            clean -> mine[0] = tracker.line(clean, readAt));
    offset += bytes.length + 1;
    return mine[0];
  }

  private boolean line(String text) {
    return line(text, BEGAN.plusSeconds(60));
  }

  private static String banner(String action, String date, double up) {
    return "Cloud-init v. 22.2.2 running '%s' at %s +0000. Up %s seconds."
        .formatted(action, date, up);
  }

  private void tick(long uptimeSeconds, long quietMillis, boolean backlog) {
    tracker.tick(
        BEGAN.plusSeconds(uptimeSeconds),
        Duration.ofSeconds(uptimeSeconds),
        Duration.ofMillis(quietMillis),
        backlog);
  }

  private void result(Instant modified, String errors) {
    document(StatusDocument.Kind.RESULT, "{\"v1\": {\"errors\": [" + errors + "]}}", modified);
  }

  private void document(StatusDocument.Kind kind, String json, Instant modified) {
    try {
      tracker.document(
          new StatusDocument(kind, JSON.readTree(json), modified), BEGAN.plusSeconds(60));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <S extends BootSignal> List<S> told(Class<S> kind) {
    return signals.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private Outcome outcome() {
    List<BootSignal.Ended> ended = told(BootSignal.Ended.class);
    assertEquals(1, ended.size(), () -> "outcomes: " + ended);
    return ended.get(0).outcome();
  }

  @Test
  void tick_tellsTheStartOnceWithTheDeadline() {
    tick(30, 0, false);
    tick(31, 0, false);

    assertEquals(
        List.of(
            new BootSignal.Started(
                BEGAN.plusSeconds(30), Optional.of(BEGAN.plusSeconds(30).plus(TIMEOUT)))),
        told(BootSignal.Started.class));
  }

  @Test
  void tick_countsTheDeadlineFromTheBootsFirstSign() {
    line(banner("init-local", "Sun, 22 Nov 2026 12:00:10", 10.0));
    tick(100, 0, false);

    assertEquals(
        Optional.of(BEGAN.plusSeconds(10).plus(TIMEOUT)),
        told(BootSignal.Started.class).get(0).deadline());
  }

  @Test
  void tick_waitsUntilTheLogsAreReadAndQuiet() {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "");

    tick(20, 199, false);
    tick(20, 500, true);
    assertEquals(List.of(), told(BootSignal.Ended.class));
    tick(21, 200, false);

    assertEquals(Verdict.SUCCESS, outcome().verdict());
  }

  @Test
  void tick_doesNotWaitForEverForALogThatGrows() {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "");
    tick(20, 0, true);

    tick(29, 0, true);
    assertEquals(List.of(), told(BootSignal.Ended.class));
    tick(30, 0, true);

    assertEquals(Verdict.SUCCESS, outcome().verdict());
  }

  @Test
  void tick_tellsATimeoutAtTheDeadlineWithStageScriptAndLastLines() {
    line(banner("modules:final", "Sun, 22 Nov 2026 12:00:20", 20.0));
    line("/var/lib/cloud/instance/scripts/part-001: line 3: warming up");
    line("waiting for the database");
    tick(20, 0, false);

    tick(20 + TIMEOUT.toSeconds() - 1, 5000, false);
    assertEquals(List.of(), told(BootSignal.Ended.class));
    tick(20 + TIMEOUT.toSeconds(), 5000, false);

    assertEquals(Verdict.TIMEOUT, outcome().verdict());
    assertFalse(outcome().silent());
    assertEquals("cloud-init has not ended: modules-final, script part-001", outcome().cause());
    assertEquals("waiting for the database", outcome().failure().orElseThrow().evidence().text());
  }

  @Test
  void tick_namesTheStageThatNeverBegan() {
    document(
        StatusDocument.Kind.STATUS,
        "{\"v1\": {\"stage\": null, \"init\": {\"start\": 3.5, \"finished\": 4.5, \"errors\": []}}}",
        BEGAN.plusSeconds(5));
    tick(10, 0, false);
    tick(10 + TIMEOUT.toSeconds(), 5000, false);

    assertEquals(
        "cloud-init has not ended: modules-config never began after init had ended",
        outcome().cause());
  }

  @Test
  void tick_tellsOneOutcomeOnly() {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "");
    tick(21, 300, false);
    tick(22, 300, false);
    tracker.stop(Interruption.REBOOT, BEGAN.plusSeconds(23));
    tick(10 + TIMEOUT.toSeconds(), 300, false);

    assertEquals(Verdict.SUCCESS, outcome().verdict());
    assertEquals(List.of(), told(BootSignal.Amended.class));
  }

  @Test
  void tick_amendsATimeoutWhenCloudInitEndsAfterAll() {
    tick(10, 0, false);
    tick(10 + TIMEOUT.toSeconds(), 300, false);
    result(BEGAN.plusSeconds(4000), "");
    tick(4000, 300, false);
    tick(4001, 300, false);

    assertEquals(Verdict.TIMEOUT, outcome().verdict());
    List<BootSignal.Amended> amended = told(BootSignal.Amended.class);
    assertEquals(1, amended.size());
    assertEquals(Verdict.SUCCESS, amended.get(0).outcome().verdict());
  }

  @Test
  void tick_doesNotAmendAFailure() {
    line(FAILED_MODULE);
    tick(10, 0, false);
    tick(10 + TIMEOUT.toSeconds(), 300, false);
    result(BEGAN.plusSeconds(4000), "");
    tick(4000, 300, false);

    assertEquals(Verdict.FAIL, outcome().verdict());
    assertEquals(List.of(), told(BootSignal.Amended.class));
  }

  @Test
  void stop_tellsAnInterruptionWithItsCause() {
    tick(10, 0, false);
    tracker.stop(Interruption.SPOT, BEGAN.plusSeconds(11));

    assertEquals(Verdict.INTERRUPTED, outcome().verdict());
    assertEquals("spot", outcome().cause());
  }

  @Test
  void stop_afterResultTellsItsVerdict() {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "\"('x', E('y'))\"");
    tracker.stop(Interruption.REBOOT, BEGAN.plusSeconds(21));

    assertEquals(Verdict.FAIL, outcome().verdict());
  }

  /** As seen with 25.1: cloud-init is stopped by a reboot, and writes a result without an error. */
  @Test
  void result_ofACloudInitThatWasToldToEndIsNoEnd() throws IOException {
    line(banner("modules:final", "Sun, 22 Nov 2026 12:00:20", 20.0));
    tick(21, 0, false);
    line("[shop] a restart is needed");
    line("  Filename: /usr/lib/python3.13/subprocess.py");
    line("  Function: _try_wait");
    line("  Line number: 2024");
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
    tracker.restore(saved);
    result(BEGAN.plusSeconds(20), "\"sys.exit(1) called\"");
    assertTrue(tracker.isCutShort());
    tracker.stop(Interruption.REBOOT, BEGAN.plusSeconds(22));

    assertEquals(Verdict.INTERRUPTED, outcome().verdict());
    assertEquals("reboot", outcome().cause());
    assertEquals("[shop] a restart is needed", outcome().failure().orElseThrow().evidence().text());
    assertFalse(tracker.mayBeAmended(Duration.ofSeconds(60)));
    tick(60, 500, false);
    assertEquals(List.of(), told(BootSignal.Amended.class));
  }

  @Test
  void result_ofACloudInitThatWasToldToEnd_isNoEndEitherWhereNobodyAsksWhy() {
    tick(10, 0, false);
    line("Cloud-init 22.4.2 received SIGTERM, exiting...");
    line("2026-11-22 12:00:30,614 - main.py[ERROR]: failed stage modules-final");
    result(BEGAN.plusSeconds(20), "");
    tick(30, 500, false);
    assertEquals(List.of(), told(BootSignal.Ended.class), "somebody may yet say why");
    tick(40, 500, false);

    assertEquals(Verdict.INTERRUPTED, outcome().verdict());
    assertEquals("unknown", outcome().cause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cloud-init 18.2 received SIGTERM, exiting...",
        "  Filename: /usr/lib/python3.13/subprocess.py",
        "Received signal 15 resulting in exit. Cause:"
      })
  void line_ofItsSignalHandlerTellsThatItWasStopped(String text) {
    line(text);
    assertTrue(tracker.isCutShort());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cloud-init 18.2 is nice",
        "Filename: /usr/lib/python3.13/subprocess.py",
        "  Filename: /srv/web.tar",
        "  Filename: /usr/lib/python3/dist-packages/cloudinit/cmd/status.py",
        "Received signal 15"
      })
  void line_thatOnlyLooksLikeIt(String text) {
    line(text);
    assertFalse(tracker.isCutShort());
  }

  @Test
  void failure_inAShutdownIsNone() {
    tick(10, 0, false);
    tracker.failure(failure("before"));
    assertEquals(Verdict.FAIL, verdictAtTheEnd());

    signals.clear();
    tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
    tick(10, 0, false);
    line("Cloud-init 22.4.2 received SIGTERM, exiting...");
    tracker.failure(failure("after"));
    assertEquals(Verdict.INTERRUPTED, verdictAtTheEnd());
  }

  /** Another process of cloud-init was told, such as a {@code status --wait} with a time limit. */
  @Test
  void finished_afterSomethingWasToldToEndIsAnEnd() {
    tick(10, 0, false);
    line("Cloud-init 22.4.2 received SIGTERM, exiting...");
    tracker.failure(failure("after"));
    line(
        "Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:01:21 +0000."
            + " Datasource DataSourceEc2Local.  Up 81.00 seconds");

    assertEquals(Verdict.FAIL, verdictAtTheEnd());
  }

  private static Failure failure(String text) {
    return new Failure(
        Failure.Origin.MARKER,
        "pack/marker",
        Decides.YES,
        Optional.empty(),
        text,
        new Evidence(List.of(), text, List.of()),
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        BEGAN);
  }

  private Verdict verdictAtTheEnd() {
    result(BEGAN.plusSeconds(20), "");
    tracker.stop(Interruption.REBOOT, BEGAN.plusSeconds(22));
    return outcome().verdict();
  }

  @Test
  void stagesGone_withoutResultIsAFailure() {
    tick(10, 0, false);
    tracker.stagesGone(BEGAN.plusSeconds(50));

    assertEquals(Verdict.FAIL, outcome().verdict());
    assertEquals("died", outcome().reasons().get(0).code());
  }

  @Test
  void document_ofAnEarlierBootIsLeftAside() {
    tick(10, 0, false);
    result(BEGAN.minusSeconds(600), "\"('x', E('y'))\"");
    tick(20, 500, false);

    assertEquals(List.of(), told(BootSignal.Ended.class));
  }

  @Test
  void line_ofAnEarlierBootIsNotThisBoots() {
    assertFalse(line(banner("init-local", "Sun, 22 Nov 2026 11:00:10", 10.0)));
    assertFalse(line(FAILED_MODULE));
    assertTrue(line(banner("init", "Sun, 22 Nov 2026 12:00:12", 12.0)));
    assertTrue(line("now"));
    tick(15, 0, false);
    result(BEGAN.plusSeconds(20), "");
    tick(21, 300, false);

    assertEquals(Verdict.SUCCESS, outcome().verdict());
    assertEquals(Optional.of(Stage.INIT), tracker.stage());
  }

  /** A script that prints the log of another machine, or of the boot before. */
  @Test
  void line_behindABannerOfThisBootIsThisBootsThoughItQuotesAnother() throws IOException {
    assertTrue(line(banner("init", "Sun, 22 Nov 2026 12:00:12", 12.0)));
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
    tracker.restore(saved);

    assertTrue(line(banner("modules:final", "Sun, 22 Nov 2026 09:00:40", 40.0)));
    assertTrue(
        line(
            "Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 09:01:21 +0000."
                + " Datasource DataSourceEc2Local.  Up 81.00 seconds"));
    assertTrue(line(FAILED_MODULE));

    assertEquals(Optional.of(Stage.INIT), tracker.stage());
    assertFalse(tracker.hasEnded());
    tick(15, 0, false);
    tracker.stagesGone(BEGAN.plusSeconds(90));
    assertEquals("cloud-init-line", outcome().reasons().get(0).code());
  }

  @Test
  void line_withABannerJustWrittenIsThisBootsAlthoughTheClockWasSet() {
    Instant now = Instant.parse("2026-11-22T15:30:00Z");

    assertTrue(line(banner("init-local", "Sun, 22 Nov 2026 15:29:58", 10.0), now));
  }

  /** By its uptime, as from 24.2 on, or by the clock that the banner's date is of, as before. */
  @ParameterizedTest
  @ValueSource(strings = {"12.1", "1795338012.4"})
  void line_withABannerThatStatusJsonConfirmsIsThisBootsAlthoughTheClockWasSet(String start) {
    String banner = banner("init", "Sun, 22 Nov 2026 09:00:12", 12.0);
    assertFalse(line(banner));

    document(
        StatusDocument.Kind.STATUS,
        "{\"v1\": {\"stage\": \"init\", \"init\": {\"start\": %s, \"errors\": []}}}"
            .formatted(start),
        BEGAN.plusSeconds(12));

    assertTrue(line(banner));
  }

  @Test
  void line_ofAnotherLogIsJudgedByItsOwnBanners() {
    assertFalse(line(banner("init-local", "Sun, 22 Nov 2026 11:00:10", 10.0)));

    boolean[] mine = {false};
    new LineCleaner()
        .clean(
            new LogLine("/var/log/user-data.log", 0, 0, 1, "words".getBytes(UTF_8), false),
            clean -> mine[0] = tracker.line(clean, BEGAN.plusSeconds(60)));

    assertTrue(mine[0]);
  }

  @Test
  void snapshot_keepsTheDeadlineAndTellsNoSecondStart() throws IOException {
    tick(30, 0, false);
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    signals.clear();
    tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
    tracker.restore(saved);

    tick(30 + TIMEOUT.toSeconds() - 1, 5000, false);
    assertEquals(List.of(), signals);
    tick(30 + TIMEOUT.toSeconds(), 5000, false);

    assertEquals(Verdict.TIMEOUT, outcome().verdict());
  }

  @Test
  void snapshot_keepsThatTheOutcomeWasTold() throws IOException {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "");
    tick(21, 300, false);
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    signals.clear();
    tracker = tracker(BootSettings.agent(TIMEOUT, BEGAN), History.UNKNOWN);
    tracker.restore(saved);
    result(BEGAN.plusSeconds(20), "");
    tick(30, 300, false);

    assertEquals(List.of(), signals);
    assertEquals(Optional.of(Verdict.SUCCESS), tracker.verdict());
  }

  @Test
  void endOfPreviousBoot_tellsTheInterruptionThatIsOwed() throws IOException {
    line(banner("modules:final", "Sun, 22 Nov 2026 12:00:20", 20.0));
    tick(21, 0, false);
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    signals.clear();

    tracker = tracker(BootSettings.replay(), History.UNKNOWN);
    tracker.restore(saved);
    tracker.endOfPreviousBoot(Interruption.POWER_CUT, BEGAN.plusSeconds(90));

    assertEquals(Verdict.INTERRUPTED, outcome().verdict());
    assertEquals("power-cut", outcome().cause());
    History next = History.after(tracker.snapshot());
    assertTrue(next.previousInterrupted());
  }

  /** The next boot was slower: its later banners stand beyond where the cut one had come to. */
  @Test
  void endOfPreviousBoot_takesNothingOfTheNextBoot() throws IOException {
    line(banner("init", "Sun, 22 Nov 2026 12:00:05", 5.0));
    tick(6, 0, false);
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    signals.clear();

    tracker = tracker(BootSettings.previous(BEGAN.plusSeconds(60)), History.UNKNOWN);
    tracker.restore(saved);
    assertTrue(line("of the boot that was cut"));
    assertFalse(line(banner("init-local", "Sun, 22 Nov 2026 12:01:04", 4.0)));
    assertFalse(line(banner("init", "Sun, 22 Nov 2026 12:01:08", 8.0)));
    assertFalse(line("of the next boot"));
    assertFalse(line(banner("modules:final", "Sun, 22 Nov 2026 12:01:20", 20.0)));
    assertFalse(
        line(
            "Cloud-init v. 22.2.2 finished at Sun, 22 Nov 2026 12:01:21 +0000."
                + " Datasource DataSourceEc2Local.  Up 21.00 seconds"));
    tracker.endOfPreviousBoot(Interruption.POWER_CUT, BEGAN.plusSeconds(90));

    assertEquals(Verdict.INTERRUPTED, outcome().verdict());
    assertEquals(Optional.of(Stage.INIT), tracker.stage());
  }

  @Test
  void endOfPreviousBoot_thatHadEndedIsNoInterruption() throws IOException {
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "");
    ObjectNode saved = (ObjectNode) JSON.readTree(tracker.snapshot().toString());
    signals.clear();

    tracker = tracker(BootSettings.replay(), History.UNKNOWN);
    tracker.restore(saved);
    tracker.endOfPreviousBoot(Interruption.REBOOT, BEGAN.plusSeconds(90));

    assertEquals(Verdict.SUCCESS, outcome().verdict());
  }

  @Test
  void after_countsBootsAndKeepsTheFirstVerdict() {
    tracker =
        tracker(
            BootSettings.agent(TIMEOUT, BEGAN),
            new History(OptionalInt.of(1), Optional.empty(), false));
    line(FAILED_MODULE);
    tick(10, 0, false);
    result(BEGAN.plusSeconds(20), "\"('x', E('y'))\"");
    tick(21, 300, false);

    History second = History.after(tracker.snapshot());

    assertEquals(OptionalInt.of(2), second.number());
    assertEquals(Optional.of(Verdict.FAIL), second.firstVerdict());
    assertFalse(second.previousInterrupted());
  }
}
