package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What only cloud-init.log tells. */
class FailedCommandsTest {
  private static final String BANNER =
      "Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.00 seconds.";
  private static final String MODULE_FAILED =
      "2026-11-22 12:00:19,614 - util.py[WARNING]: Running module scripts-user (<module 'x' from 'y'>) failed";
  private static final List<String> ERRORS =
      List.of(
          "('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))");

  private static Boots boots(String... cloudInitLog) {
    Boots boots = Boots.replaying(BANNER + "\n" + MODULE_FAILED);
    for (String line : cloudInitLog) {
      boots.line("cloud-init", line.getBytes(UTF_8));
    }
    return boots.result(ERRORS);
  }

  @Test
  void outcome_tellsWhyAScriptCouldNotBeRun() {
    Outcome outcome =
        boots(
                "2026-11-22 12:00:19,000 - subp.py[DEBUG]: Exec format error. Missing #! in script?",
                "Command: ['/var/lib/cloud/instance/scripts/part-001']",
                "Exit code: -",
                "Reason: [Errno 8] Exec format error: b'/var/lib/cloud/instance/scripts/part-001'")
            .end()
            .outcome();

    assertEquals(
        "part-001 could not be run: [Errno 8] Exec format error:"
            + " b'/var/lib/cloud/instance/scripts/part-001'",
        outcome.cause());
    assertEquals("cloud-init", outcome.failure().orElseThrow().position().orElseThrow().log());
  }

  @Test
  void outcome_tellsTheExitCode() {
    Boots boots = Boots.replaying(BANNER);
    boots.line(
        "cloud-init",
        "2026-11-22 12:00:18,000 - subp.py[DEBUG]: Running command ['/var/lib/cloud/instance/scripts/part-001'] with allowed return codes [0]"
            .getBytes(UTF_8));
    boots.marker("app/boom", "boom");
    for (String line :
        List.of(
            "2026-11-22 12:00:19,000 - subp.py[DEBUG]: Unexpected error while running command.",
            "Command: ['/var/lib/cloud/instance/scripts/part-001']",
            "Exit code: 3",
            "Reason: -")) {
      boots.line("cloud-init", line.getBytes(UTF_8));
    }

    Reason reason = boots.result(ERRORS).end().outcome().reasons().get(0);

    assertEquals("part-001", reason.script());
    assertEquals(3, reason.exitCode().orElseThrow());
  }

  @Test
  void outcome_tellsHowLongTheScriptRan() {
    assertEquals(
        OptionalDouble.of(61.25), ran("2026-11-22 12:00:18,000", "2026-11-22 12:01:19,250"));
    assertEquals(OptionalDouble.of(0), ran("2026-11-22 12:00:18,000", "2026-11-22 12:00:18,000"));
    // The clock was put back.
    assertEquals(OptionalDouble.empty(), ran("2026-11-22 12:00:18,000", "2026-11-22 11:00:18,000"));
    // Dates of Amazon Linux 2, and one that is none.
    assertEquals(OptionalDouble.empty(), ran("Nov 22 12:00:18", "Nov 22 12:00:19"));
    assertEquals(OptionalDouble.empty(), ran("2026-13-45 12:00:18,000", "2026-11-22 12:00:19,000"));
  }

  private static OptionalDouble ran(String from, String to) {
    String script = "['/var/lib/cloud/instance/scripts/part-001']";
    return boots(
            from
                + " - subp.py[DEBUG]: Running command "
                + script
                + " with allowed return codes [0]",
            to + " - subp.py[DEBUG]: Unexpected error while running command.",
            "Command: " + script,
            "Exit code: 3",
            "Reason: -")
        .end()
        .outcome()
        .reasons()
        .get(0)
        .seconds();
  }

  @Test
  void outcome_tellsTheExitCodeOfAScriptThatNoMarkerExplains() {
    Outcome outcome =
        boots("Command: ['/var/lib/cloud/instance/scripts/part-001']", "Exit code: -9", "Reason: -")
            .end()
            .outcome();

    Reason reason = outcome.reasons().get(0);
    assertEquals("cloud-init-error", reason.code());
    assertEquals(-9, reason.exitCode().orElseThrow());
    assertEquals(-9, outcome.failure().orElseThrow().exitCode().orElseThrow());
  }

  /** Its output is kept from the output log, and its failure from result.json. */
  @Test
  void outcome_tellsWhatABoothookSaid() {
    Boots boots = Boots.replaying(BANNER);
    boots.marker(
        "cloud-init/boothook-failed",
        "2026-11-22 12:00:19,000 - util.py[WARNING]: Boothooks script"
            + " /var/lib/cloud/instances/i-0abc/boothooks/part-001 execution error");
    for (String line :
        List.of(
            "Command: ['/var/lib/cloud/instances/i-0abc/boothooks/part-001']",
            "Exit code: 1",
            "Reason: -",
            "Stdout: preparing",
            "Stderr: cp: cannot stat '/opt/hook.conf': No such file or directory")) {
      boots.line("cloud-init", line.getBytes(UTF_8));
    }
    Outcome outcome = boots.result(List.of()).end().outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertTrue(outcome.silent());
    assertEquals(
        "cp: cannot stat '/opt/hook.conf': No such file or directory",
        outcome.failure().orElseThrow().evidence().text());
    assertEquals(
        "part-001 failed: cp: cannot stat '/opt/hook.conf': No such file or directory",
        outcome.cause());
    assertEquals("part-001", outcome.reasons().get(0).script());
    assertEquals(1, outcome.reasons().get(0).exitCode().orElseThrow());
  }

  @Test
  void read_leavesOtherCommandsAlone() {
    Outcome outcome =
        boots(
                "Command: ['mount', '-a']",
                "Exit code: 32",
                "Reason: [Errno 2] No such file or directory")
            .end()
            .outcome();

    assertEquals(MODULE_FAILED, outcome.failure().orElseThrow().evidence().text());
  }
}
