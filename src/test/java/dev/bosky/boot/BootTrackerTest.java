package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saved log, told line by line: one verdict for each boot in it. */
class BootTrackerTest {
  private static final String BOOT =
      """
      Cloud-init v. 22.4.2 running 'init-local' at Sun, 22 Nov 2026 12:00:10 +0000. Up 10.00 seconds.
      Cloud-init v. 22.4.2 running 'init' at Sun, 22 Nov 2026 12:00:11 +0000. Up 11.00 seconds.
      Cloud-init v. 22.4.2 running 'modules:config' at Sun, 22 Nov 2026 12:00:15 +0000. Up 15.00 seconds.
      Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.00 seconds.
      """;
  private static final String FINISHED =
      "Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:00:20 +0000. Datasource DataSourceEc2Local.  Up 20.00 seconds\n";
  private static final String SCRIPTS_FAILED =
      """
      2026-11-22 12:00:19,613 - cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)
      2026-11-22 12:00:19,614 - util.py[WARNING]: Running module scripts-user (<module 'cloudinit.config.cc_scripts_user' from '/usr/lib/python3/dist-packages/cloudinit/config/cc_scripts_user.py'>) failed
      """;

  @Test
  void replay_callsACleanBootASuccess() {
    Outcome outcome = Boots.replay(BOOT + "all is well\n" + FINISHED).outcome();

    assertEquals(Verdict.SUCCESS, outcome.verdict());
    assertFalse(outcome.silent());
    assertEquals("", outcome.cause());
    assertEquals(10.0, outcome.durationSeconds().orElseThrow(), 0.01);
    assertEquals(Optional.of(Stage.MODULES_FINAL), outcome.boot().stage());
    assertEquals(Optional.of("22.4.2"), outcome.boot().cloudInit());
  }

  @Test
  void replay_tellsStartStagesAndEndInOrder() {
    List<String> kinds =
        Boots.replay(BOOT + FINISHED).signals().stream()
            .map(signal -> signal.getClass().getSimpleName())
            .toList();

    assertEquals(
        List.of("Started", "StageBegan", "StageBegan", "StageBegan", "StageBegan", "Ended"), kinds);
  }

  @Test
  void replay_failsOnCloudInitsOwnLineAndShowsTheLineBefore() {
    Outcome outcome =
        Boots.replay(
                BOOT + "downloading\nfatal: repository not found\n\n" + SCRIPTS_FAILED + FINISHED)
            .outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertFalse(outcome.silent());
    assertEquals("fatal: repository not found", outcome.failure().orElseThrow().evidence().text());
    assertEquals("fatal: repository not found", outcome.cause());
  }

  @Test
  void replay_ofALogThatJustEndsIsUnfinished() {
    Outcome outcome = Boots.replay(BOOT + "installing\n").outcome();

    assertEquals(Verdict.UNFINISHED, outcome.verdict());
  }

  @Test
  void replay_tellsAnOutcomeForEachBootInTheLog() {
    String second = BOOT.replace("12:00:", "12:30:") + FINISHED.replace("12:00:", "12:30:");

    List<Outcome> outcomes = Boots.replay(BOOT + "half of the script\n" + second).outcomes();

    assertEquals(
        List.of(Verdict.INTERRUPTED, Verdict.SUCCESS),
        outcomes.stream().map(Outcome::verdict).toList());
    assertEquals("unknown", outcomes.get(0).cause());
    assertEquals(Optional.of(Verdict.INTERRUPTED), outcomes.get(1).firstVerdict());
    assertTrue(
        outcomes.get(1).reasons().stream()
            .anyMatch(reason -> reason.code().equals("previous-boot-interrupted")));
  }

  @Test
  void failure_ofADecisiveMarkerFailsABootThatCloudInitCallsASuccess() {
    Boots boots = Boots.replaying(BOOT);
    boots.marker("apt/apt-unable-to-locate", "E: Unable to locate package foo");
    boots.lines("after one\nafter two\nafter three\nafter four\n" + FINISHED);
    boots.result(List.of());

    Outcome outcome = boots.end().outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertTrue(outcome.silent());
    assertEquals(
        List.of("after one", "after two", "after three"),
        outcome.failure().orElseThrow().evidence().after());
    assertEquals("apt/apt-unable-to-locate", outcome.reasons().get(0).marker());
  }

  @Test
  void cleared_takesAPendingFailureBack() {
    Boots boots = Boots.replaying(BOOT);
    boots.pendingMarker("apt/apt-unable-to-locate", "foo", "E: Unable to locate package foo");
    boots.tracker().cleared("apt/apt-unable-to-locate", "foo");
    boots.lines(FINISHED);

    assertEquals(Verdict.SUCCESS, boots.end().outcome().verdict());
  }

  @Test
  void failure_ofACandidateOnlyExplains() {
    Boots boots = Boots.replaying(BOOT);
    boots.candidate("generic/error", "Error: it broke");
    boots.lines("cleaning up\n");

    assertEquals(Verdict.SUCCESS, boots.copy().lines(FINISHED).end().outcome().verdict());
    Outcome failed = boots.lines(SCRIPTS_FAILED + FINISHED).end().outcome();
    assertEquals(Verdict.FAIL, failed.verdict());
    assertEquals("Error: it broke", failed.failure().orElseThrow().evidence().text());
  }

  @Test
  void document_withErrorsFailsTheBoot() {
    Outcome outcome =
        Boots.replaying(BOOT + FINISHED)
            .result(
                List.of(
                    "('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))"))
            .end()
            .outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertFalse(outcome.silent());
    assertEquals("scripts-user", outcome.reasons().get(0).module());
    assertEquals("part-001", outcome.reasons().get(0).script());
    assertEquals(1, outcome.errors().size());
  }

  @Test
  void document_tellsWhyAModuleFailedWhereTheLogDoesNot() {
    String module =
        "2026-11-22 12:00:12,161 - util.py[WARNING]: Running module write-files (<module"
            + " 'cloudinit.config.cc_write_files' from 'x.py'>) failed\n";
    Outcome outcome =
        Boots.replaying(BOOT + module + FINISHED)
            .result(List.of("('write-files', Error('Incorrect padding'))"))
            .end()
            .outcome();

    assertEquals("Incorrect padding", outcome.failure().orElseThrow().evidence().text());
    assertEquals("cloud-init's module write-files failed: Incorrect padding", outcome.cause());
  }

  @Test
  void document_withRecoverableErrorsOnlyIsDegraded() {
    Outcome outcome =
        Boots.replaying(BOOT + FINISHED)
            .status(
                """
                {"v1": {"stage": null, "init": {"errors": [], "start": 1.5, "finished": 2.0,
                  "recoverable_errors": {"DEPRECATED": ["old key"]}},
                  "modules-final": {"errors": [], "start": 3.0, "finished": 9.5}}}
                """)
            .end()
            .outcome();

    assertEquals(Verdict.DEGRADED, outcome.verdict());
    assertEquals(Map.of("DEPRECATED", List.of("old key")), outcome.recoverableErrors());
    assertEquals(8.0, outcome.durationSeconds().orElseThrow(), 0.01);
  }

  @Test
  void line_aboutIgnoredUserDataFailsSilently() {
    Outcome outcome =
        Boots.replay(
                BOOT
                    + "2026-11-22 12:00:12,000 - __init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'apt install x...'\n"
                    + FINISHED)
            .outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertTrue(outcome.silent());
    assertEquals("user-data-ignored", outcome.reasons().get(0).code());
  }

  @Test
  void snapshot_goesOnWhereItWasTaken() {
    Boots boots = Boots.replaying(BOOT);
    boots.marker("apt/apt-unable-to-locate", "E: Unable to locate package foo");
    boots.lines("after one\n");

    Boots restored = boots.copy();
    String rest = "after two\n" + SCRIPTS_FAILED + FINISHED;

    assertEquals(boots.lines(rest).end().outcome(), restored.lines(rest).end().outcome());
  }

  @Test
  void outcome_isMasked() {
    Boots boots = new Boots(text -> text.replace("hunter2", "***"));
    boots.lines(BOOT + "password=hunter2\nerror: login hunter2 refused\n" + SCRIPTS_FAILED);
    boots.result(List.of("('x', Error('hunter2'))"));

    String outcome = boots.end().outcome().toString() + boots.tracker().snapshot();

    assertFalse(outcome.contains("hunter2"), outcome);
    assertTrue(outcome.contains("***"));
  }

  @Test
  void line_ofInvalidUtf8AndEmptyLinesDoNoHarm() {
    Boots boots = Boots.replaying(BOOT);
    boots.line(new byte[] {(byte) 0xff, (byte) 0xfe});
    boots.line("".getBytes(UTF_8));

    assertEquals(Verdict.SUCCESS, boots.lines(FINISHED).end().outcome().verdict());
  }
}
