package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which of several failures is shown for a boot. */
class ShownTest {
  private static final String REPORTED =
      "('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))";

  private final Boots boot = new Boots(UnaryOperator.identity());

  private String shown(String... errors) {
    boot.result(List.of(errors)).end();
    return boot.outcome().failure().orElseThrow().evidence().text();
  }

  @Test
  void choose_takesWhatCouldNotBeFetchedBeforeTheFileThatIsMissingForIt() {
    boot.marker("curl/http", Decides.IF_UNHANDLED, "curl: (22) error: 500");
    boot.lines("fetched");
    boot.marker("shell/no-such-script", "bash: /tmp/x.sh: No such file or directory");

    assertEquals("curl: (22) error: 500", shown());
  }

  @Test
  void choose_takesTheFirstOfTheTriesBeforeTheMissingFile() {
    boot.marker("curl/http", Decides.IF_UNHANDLED, "curl: (22) error: 500");
    boot.marker("curl/http", Decides.IF_UNHANDLED, "curl: (22) error: 503");
    boot.marker("archives/tar", "tar: x.tgz: Cannot open: No such file or directory");

    assertEquals("curl: (22) error: 500", shown(REPORTED));
  }

  @Test
  void choose_staysWithAFailureThatNeedsNothingFromTheOneAbove() {
    boot.marker("curl/http", Decides.IF_UNHANDLED, "curl: (22) error: 404");
    boot.marker("users/group", "useradd: group 'x' does not exist");

    assertEquals("useradd: group 'x' does not exist", shown(REPORTED));
  }

  @Test
  void choose_staysWithAMissingFileFarFromTheOneAboveOrBelowAnother() {
    boot.marker("curl/http", Decides.IF_UNHANDLED, "curl: (22) error: 404");
    boot.lines("one\ntwo\nthree");
    boot.marker("generic/errno", Decides.IF_UNHANDLED, "ls: /opt/a: No such file or directory");
    boot.marker("shell/no-such-file", "part-001: line 3: /opt/b: No such file or directory");

    assertEquals("part-001: line 3: /opt/b: No such file or directory", shown(REPORTED));
  }

  @Test
  void choose_takesWhatWasTriedForTheLastTimeBeforeTheMissingFile() {
    boot.pendingMarker("git/credentials", "x", "fatal: could not read Username");
    boot.lines("clone failed (try 3), retrying");
    boot.tracker().cleared("git/credentials", "x");
    boot.marker("shell/no-such-file", "part-001: line 9: /srv/x: No such file or directory");

    assertEquals("fatal: could not read Username", shown(REPORTED));
  }

  @Test
  void choose_staysWithAnotherFailureAfterOneThatWasTakenBack() {
    boot.pendingMarker("git/credentials", "x", "fatal: could not read Username");
    boot.tracker().cleared("git/credentials", "x");
    boot.marker("users/group", "useradd: group 'x' does not exist");

    assertEquals("useradd: group 'x' does not exist", shown(REPORTED));
  }

  @Test
  void choose_takesWhatStandsAboveTheScriptsWordsForIt() {
    boot.marker("aws/endpoint", Decides.IF_UNHANDLED, "Could not connect to the endpoint URL");
    boot.candidate("generic/could-not", "cannot fetch app.ini: exit 1");

    assertEquals("Could not connect to the endpoint URL", shown(REPORTED));
  }

  @Test
  void choose_takesTheFirstOfOneProgramsLastWords() {
    boot.candidate("text/jq", "jq: error: syntax error, unexpected $end");
    boot.candidate("text/jq", "jq: 1 compile error");

    assertEquals("jq: error: syntax error, unexpected $end", shown(REPORTED));
  }

  @Test
  void choose_takesTheLastOfTwoProgramsThatOneMarkerFound() {
    boot.candidate("generic/errno", "cat: /opt/a: No such file or directory");
    boot.candidate("generic/errno", "stat: /opt/b: No such file or directory");

    assertEquals("stat: /opt/b: No such file or directory", shown(REPORTED));
  }

  @Test
  void choose_staysWithTheScriptsWordsAfterALoop() {
    boot.marker("curl/connection", Decides.IF_UNHANDLED, "curl: (7) Failed to connect");
    boot.lines("join attempt 1: no answer");
    boot.candidate("generic/could-not", "cannot join the cluster");

    assertEquals("cannot join the cluster", shown(REPORTED));
  }
}
