package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Decisive markers in the output of scripts that can be read, where cloud-init sees no error. */
class HandledTest {
  private static final Script STOPS = script("part-001", "#!/bin/bash", "set -e", "apt-get update");
  private static final Script GOES_ON = script("part-002", "#!/bin/bash", "apt-get update");
  private static final Script PYTHON = script("part-003", "#!/usr/bin/python3");
  private static final Script RUNCMD = script("runcmd", "#!/bin/sh", "apt-get update");

  private static Script script(String name, String... lines) {
    return new Script(name, Stage.MODULES_FINAL, List.of(lines), List.of());
  }

  /** A machine with these scripts. */
  private record Disk(List<Script> present) implements UserData {
    @Override
    public Optional<List<Script>> scripts() {
      return Optional.of(present);
    }

    @Override
    public Optional<Boolean> ranSince(Instant bootBegan) {
      return Optional.of(true);
    }

    @Override
    public Optional<Boolean> isFirstBoot(Instant bootBegan) {
      return Optional.of(true);
    }

    @Override
    public Keys keys() {
      return Keys.UNKNOWN;
    }
  }

  private static Outcome outcome(List<Script> scripts, String line, List<String> errors) {
    Boots boots =
        new Boots(
            BootSettings.replay(), History.UNKNOWN, new Disk(scripts), UnaryOperator.identity());
    boots.lines(
        "Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.00"
            + " seconds.");
    boots.marker("apt/x", line);
    return boots.result(errors).end().outcome();
  }

  /** The verdict on a failure that decides only where nothing is done about it. */
  private static Verdict verdictIfUnhandled(UserData disk, String line) {
    Boots boots = new Boots(BootSettings.replay(), History.UNKNOWN, disk, UnaryOperator.identity());
    boots.lines(
        "Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.00"
            + " seconds.");
    boots.marker("curl/x", Decides.IF_UNHANDLED, line);
    return boots.result(List.of()).end().outcome().verdict();
  }

  private static Verdict verdict(String line, Script... scripts) {
    return outcome(List.of(scripts), line, List.of()).verdict();
  }

  @Test
  void test_isTrueWhereEachScriptWouldHaveStopped() {
    assertEquals(Verdict.SUCCESS, verdict("E: broken", STOPS));
    assertEquals(Verdict.SUCCESS, verdict("E: broken", PYTHON));
    assertEquals(Verdict.SUCCESS, verdict("E: broken", STOPS, PYTHON));
  }

  @Test
  void decides_ifUnhandledWhereTheScriptLooksAtNothing() {
    UserData looksAtNothing =
        new Disk(List.of(STOPS, script("runcmd", "#!/bin/sh", "curl http://x", "echo done")));

    assertEquals(Verdict.FAIL, verdictIfUnhandled(looksAtNothing, "curl: (7) Failed to connect"));
    assertEquals(
        Verdict.FAIL,
        verdictIfUnhandled(looksAtNothing, "/var/lib/cloud/i/scripts/runcmd: 2: curl: not found"));
    assertEquals(Verdict.SUCCESS, verdictIfUnhandled(looksAtNothing, "psql: could not connect"));
    assertEquals(Verdict.SUCCESS, verdictIfUnhandled(looksAtNothing, "who knows who says this"));
  }

  @Test
  void decides_notIfUnhandledWhereTheScriptMayHaveSeenToIt() {
    String line = "curl: (7) Failed to connect";

    for (Script script :
        List.of(
            script("runcmd", "#!/bin/sh", "curl http://x || true"),
            script("part-001", "#!/bin/bash", "set -e", "curl http://x"),
            script("part-001", "#!/usr/bin/python3", "curl http://x"))) {
      assertEquals(Verdict.SUCCESS, verdictIfUnhandled(new Disk(List.of(script)), line));
    }
    assertEquals(Verdict.SUCCESS, verdictIfUnhandled(UserData.UNREADABLE, line));
  }

  /** {@code set -e} sees the last command of a pipe only. */
  @Test
  void test_isFalseWhereSetECouldNotStop() {
    String line = "curl: (7) Failed to connect";
    Script piped = script("part-001", "#!/bin/bash", "set -e", "curl http://x | bash");

    assertEquals(Verdict.FAIL, verdict(line, piped));
    assertEquals(Verdict.FAIL, verdictIfUnhandled(new Disk(List.of(piped)), line));
  }

  @Test
  void test_isTrueWhereTheScriptHasABranchForIt() {
    Script branches = script("part-001", "#!/bin/bash", "cp /x /y || echo none");

    assertEquals(Verdict.SUCCESS, verdict("cp: cannot stat '/x'", branches));
    assertEquals(Verdict.FAIL, verdict("mv: cannot stat '/x'", branches));
  }

  @Test
  void test_isFalseWhereTheScriptsBranchCallsItAnError() {
    Script branches = script("part-001", "#!/bin/bash", "cp /x /y || echo 'ERROR: none'");
    Boots boots =
        new Boots(
            BootSettings.replay(),
            History.UNKNOWN,
            new Disk(List.of(branches)),
            UnaryOperator.identity());
    boots.marker("coreutils/x", "cp: cannot stat '/x'");
    boots.lines("[shop] ERROR: none");

    assertEquals(Verdict.FAIL, boots.result(List.of()).end().outcome().verdict());
  }

  @Test
  void test_isFalseForAScriptThatGoesOn() {
    assertEquals(Verdict.FAIL, verdict("E: broken", GOES_ON));
    assertEquals(Verdict.FAIL, verdict("E: broken", RUNCMD));
    assertEquals(Verdict.FAIL, verdict("E: broken", STOPS, RUNCMD));
  }

  @Test
  void test_looksAtTheScriptThatTheLineNames() {
    String stops = "/var/lib/cloud/instance/scripts/part-001: line 3: foo: command not found";
    String goesOn = "/var/lib/cloud/instance/scripts/part-002: line 2: foo: command not found";

    assertEquals(Verdict.SUCCESS, verdict(stops, STOPS, GOES_ON));
    assertEquals(Verdict.FAIL, verdict(goesOn, STOPS, GOES_ON));
  }

  /** What an agent reads of two logs: the first script runs, and then, or at once, the second. */
  private static Outcome outcomeOfTwo(List<Script> scripts, boolean atOnce) {
    Boots boots =
        new Boots(
            BootSettings.agent(Duration.ofHours(1), Instant.EPOCH),
            History.UNKNOWN,
            new Disk(scripts),
            UnaryOperator.identity());
    starts(boots, "part-001");
    boots.tracker().tick(Instant.EPOCH, Duration.ofSeconds(20), Duration.ZERO, false);
    boots.marker("coreutils/x", "cp: cannot stat '/x': No such file or directory");
    if (!atOnce) {
      boots.tracker().tick(Instant.EPOCH, Duration.ofSeconds(21), Duration.ZERO, false);
    }
    starts(boots, "part-002");
    return boots.result(List.of()).end().outcome();
  }

  private static void starts(Boots boots, String script) {
    String line =
        "2026-11-22 12:00:20,614 - subp.py[DEBUG]: Running command ['/x/scripts/%s'] with";
    boots.line("cloud-init", line.formatted(script).getBytes(UTF_8));
  }

  @Test
  void outcome_isOfTheScriptThatCallsTheProgramWhereTwoMayHavePrintedIt() {
    Script stops = script("part-001", "#!/bin/bash", "set -e", "ls");
    Script copies = script("part-002", "#!/bin/bash", "cp /x /y");

    Outcome outcome = outcomeOfTwo(List.of(stops, copies), true);

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals("part-002", outcome.reasons().get(0).script());
    assertEquals("part-002", outcome.script().orElseThrow().file());
    Script handles = script("part-001", "#!/bin/bash", "set -e", "cp /x /y || true");
    Script others = script("part-002", "#!/bin/bash", "ls");
    assertEquals(Verdict.SUCCESS, outcomeOfTwo(List.of(handles, others), true).verdict());
  }

  @Test
  void outcome_isOfTheScriptThatRanWhereTheNextOneStartedLater() {
    Script handles = script("part-001", "#!/bin/bash", "set -e", "cp /x /y || true");
    Script copies = script("part-002", "#!/bin/bash", "cp /x /y");

    assertEquals(Verdict.SUCCESS, outcomeOfTwo(List.of(handles, copies), false).verdict());
    assertEquals(Verdict.FAIL, outcomeOfTwo(List.of(handles, copies), true).verdict());
    Script firstCopies = script("part-001", "#!/bin/bash", "cp /x /y");
    Script nextHandles = script("part-002", "#!/bin/bash", "set -e", "cp /x /y || true");
    assertEquals(Verdict.FAIL, outcomeOfTwo(List.of(firstCopies, nextHandles), false).verdict());
  }

  @Test
  void outcome_showsWhyTheFirstOfTwoScriptsFailed() {
    Script makes = script("part-001", "#!/bin/bash", "set -e", "mkdir /x/y");
    Boots boots =
        new Boots(
            BootSettings.agent(Duration.ofHours(1), Instant.EPOCH),
            History.UNKNOWN,
            new Disk(List.of(makes, script("part-002", "#!/usr/bin/python3"))),
            UnaryOperator.identity());
    starts(boots, "part-001");
    boots.tracker().tick(Instant.EPOCH, Duration.ofSeconds(20), Duration.ZERO, false);
    boots.marker("coreutils/x", "mkdir: cannot create directory '/x/y'");
    boots.tracker().tick(Instant.EPOCH, Duration.ofSeconds(21), Duration.ZERO, false);
    starts(boots, "part-002");
    boots.tracker().tick(Instant.EPOCH, Duration.ofSeconds(22), Duration.ZERO, false);
    boots.marker("tracebacks/python", "KeyError: 'x'");
    Outcome outcome =
        boots
            .result(
                List.of(
                    "('scripts-user', RuntimeError('Runparts: 2 failures (part-001, part-002) in 2"
                        + " attempted commands'))"))
            .end()
            .outcome();

    assertEquals(
        "mkdir: cannot create directory '/x/y'", outcome.failure().orElseThrow().evidence().text());
    assertEquals("part-001", outcome.script().orElseThrow().file());
  }

  @Test
  void test_isTrueForAModulesOutputWhereNoScriptRuns() {
    assertEquals(Verdict.SUCCESS, verdict("E: broken"));
  }

  @Test
  void test_doesNotMatterWhereCloudInitReportsAnError() {
    Outcome outcome =
        outcome(
            List.of(STOPS),
            "E: broken",
            List.of("('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1'))"));

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals("E: broken", outcome.failure().orElseThrow().evidence().text());
  }

  @Test
  void test_isFalseForUserDataThatWasDropped() {
    String dropped =
        "2026-11-22 12:00:20,614 - util.py[WARNING]: Failed loading yaml blob. Invalid format at"
            + " line 2 column 1: \"while parsing a block mapping";
    Outcome outcome = outcome(List.of(), "expected <block end>\n" + dropped, List.of());

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals(
        "expected <block end>\n" + dropped, outcome.failure().orElseThrow().evidence().text());
  }

  @Test
  void outcome_showsTheFirstOfOneMarkersFailuresThatStandTogether() {
    Boots boots =
        new Boots(
            BootSettings.replay(),
            History.UNKNOWN,
            new Disk(List.of(STOPS)),
            UnaryOperator.identity());
    boots.marker("apt/lock", "E: Could not get lock, held by an earlier try");
    boots.lines("waiting\nwaiting\nwaiting\n");
    boots.marker("apt/lock", "E: Could not get lock. It is held by process 141");
    boots.lines("N: Be aware that removing the lock file is not a solution");
    boots.marker("apt/lock", "E: Unable to acquire the lock");

    assertEquals(
        "E: Could not get lock. It is held by process 141", shownWhereAScriptFailed(boots));
  }

  /** What a marker found, and the lines after it, where no script can be read. */
  private static Boots unread(String failure, String... after) {
    Boots boots =
        new Boots(
            BootSettings.replay(), History.UNKNOWN, UserData.UNREADABLE, UnaryOperator.identity());
    boots.lines(
        "Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.00"
            + " seconds.");
    boots.marker("curl/x", failure);
    boots.lines(String.join("\n", after));
    return boots;
  }

  private static String shownWhereAScriptFailed(Boots boots) {
    Outcome outcome =
        boots
            .result(
                List.of("('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1'))"))
            .end()
            .outcome();
    return outcome.failure().orElseThrow().evidence().text();
  }

  private static Verdict verdictUnread(String... after) {
    return unread("curl: (22) 404", after).result(List.of()).end().outcome().verdict();
  }

  @Test
  void decides_notWhatTheScriptSaysItGoesOnWithout() {
    for (String words :
        List.of(
            "no docker group here, skipped",
            "optional file is not published",
            "nothing to migrate",
            "no previous backup",
            "table is there already",
            "ssh is not up yet, fine",
            "strict check failed, as expected before the CA is trusted",
            "[WARN] no metrics agent - ignored",
            "mirror not reachable, using the default one",
            "sharp is missing; thumbnails are off",
            "no certificate so far - a self-signed one will be made",
            "starting with an empty cache",
            "no plugins to unpack",
            "download failed (1), retrying in 5 s",
            "join attempt 3: no answer")) {
      assertEquals(Verdict.SUCCESS, verdictUnread(words), words);
    }
  }

  @Test
  void decides_whereNothingOrAProgramSpeaksOfGoingOn() {
    for (String words :
        List.of(
            "done",
            "NOTICE:  relation \"x\" already exists, skipping",
            "  Using cached flask-3.0.0.whl",
            "E: Some index files failed to download. They have been ignored, or old ones used instead.",
            "2 passed, 1 skipped",
            "rehash: warning: skipping readme.pem,it does not contain exactly one certificate",
            "Warning: /Stage[main]/Main/Service[web]: Skipping because of failed dependencies",
            "cannot restore: no backup, exit",
            "no backup, skipped ".repeat(20),
            "Tests run: 3, Failures: 1, Errors: 0, Skipped: 0",
            "The second check: OK",
            "the agent did not start as expected",
            "umount: /srv/x: not mounted, it seems",
            "the default page is written")) {
      assertEquals(Verdict.FAIL, verdictUnread(words), words);
    }
    assertEquals(
        Verdict.FAIL,
        verdictUnread("1", "2", "3", "4", "5", "6", "no docker group here, skipped"),
        "too far away to be about it");
    assertEquals(
        Verdict.SUCCESS,
        verdictUnread(
            "Require stack:",
            "",
            "    at x (a.js:1)",
            "    at y (b.js:2)",
            "}",
            "Node.js v20.1.0",
            "no sharp here, thumbnails are off"),
        "a stack trace stands between");
  }

  @Test
  void outcome_showsTheFirstOfThoseThatStandTogether_alsoOfAnUnreadScript() {
    Boots boots = unread("curl: (22) 404, the first", "no x to fetch");
    boots.marker("sysctl/x", Decides.NO, "sysctl: permission denied on key \"a\"");
    boots.marker("sysctl/x", Decides.NO, "sysctl: cannot stat /proc/sys/b");

    assertEquals("sysctl: permission denied on key \"a\"", shownWhereAScriptFailed(boots));
  }

  @Test
  void outcome_showsWhatWasNotGoneOnWithout() {
    Boots boots = unread("curl: (22) optional 404", "not published, skipped");
    boots.marker("tar/x", "tar: app.tgz: Cannot open");
    Outcome outcome =
        boots
            .result(
                List.of("('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1'))"))
            .end()
            .outcome();

    assertEquals("tar: app.tgz: Cannot open", outcome.failure().orElseThrow().evidence().text());
  }

  @Test
  void outcome_quotesTheScriptsLineMasked() {
    Script logsIn = script("part-001", "#!/bin/bash", "shopctl login --token hunter2");
    Boots boots =
        new Boots(
            BootSettings.replay(),
            History.UNKNOWN,
            new Disk(List.of(logsIn)),
            text -> text.replace("hunter2", "***"));
    boots.marker(
        "shell/x", "/var/lib/cloud/instance/scripts/part-001: line 2: shopctl: command not found");
    Outcome outcome = boots.result(List.of()).end().outcome();

    assertEquals("shopctl login --token ***", outcome.script().orElseThrow().text());
  }

  @Test
  void outcome_quotesTheScriptsLine() {
    Outcome outcome =
        outcome(
            List.of(GOES_ON),
            "/var/lib/cloud/instance/scripts/part-002: line 2: apt-get: command not found",
            List.of());

    ScriptLine line = outcome.script().orElseThrow();
    assertEquals("part-002", line.file());
    assertEquals(2, line.line().orElseThrow());
    assertEquals("apt-get update", line.text());
  }
}
