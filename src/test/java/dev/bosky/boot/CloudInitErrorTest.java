package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CloudInitErrorTest {
  @Test
  void of_readsModuleAndScripts() {
    CloudInitError error =
        CloudInitError.of(
            "('scripts-user', RuntimeError('Runparts: 2 failures (part-001,runcmd) in 3 attempted"
                + " commands'))");

    assertEquals("scripts-user", error.module());
    assertEquals(List.of("part-001", "runcmd"), error.scripts());
    assertEquals("Runparts: 2 failures (part-001,runcmd) in 3 attempted commands", error.cause());
  }

  @Test
  void of_readsPythonTwo() {
    CloudInitError error =
        CloudInitError.of(
            "(u'scripts-user', RuntimeError('Runparts: 1 failures in 1 attempted commands',))");

    assertEquals("scripts-user", error.module());
    assertEquals(List.of(), error.scripts());
    assertEquals("Runparts: 1 failures in 1 attempted commands", error.cause());
  }

  @Test
  void of_findsTheCauseInTheErrorOutput() {
    CloudInitError error =
        CloudInitError.of(
            "('users-groups', ProcessExecutionError(\"Unexpected error while running"
                + " command.\\nCommand: ['useradd', 'x']\\nExit code: 6\\nReason: -\\nStdout: -\\nStderr:"
                + " useradd: group 'wheel' does not exist\\n\"))");

    assertEquals(OptionalInt.of(6), error.exitCode());
    assertEquals("useradd: group 'wheel' does not exist", error.cause());
  }

  @Test
  void of_namesTheCommandWhereTheOutputWasNotCaptured() {
    CloudInitError error =
        CloudInitError.of(
            "('package-update-upgrade-install', ProcessExecutionError(\"Unexpected error while"
                + " running command.\\nCommand: ['apt-get', '--quiet', 'install', 'foo']\\nExit code:"
                + " 100\\nReason: -\\nStdout: -\\nStderr: -\"))");

    assertEquals("apt-get --quiet install foo: exit code 100", error.cause());
  }

  /** As 22.4 says it: the line break in it is two characters, a backslash and an n. */
  @Test
  void of_readsABackslashOfTheErrorsOwn() {
    assertEquals(
        "Invalid ntp configuration:\\nMissing required ntp:config keys: check_exe",
        CloudInitError.of(
                "('ntp', ValueError('Invalid ntp configuration:\\\\nMissing required ntp:config keys:"
                    + " check_exe'))")
            .cause());
  }

  @Test
  void of_takesAnyText() {
    for (String text :
        List.of("", "x", "No instance datasource found.", "('a',", "Exit code: 99999999999")) {
      assertEquals(text, CloudInitError.of(text).text());
    }
    assertEquals(
        "No instance datasource found.",
        CloudInitError.of("No instance datasource found.").cause());
  }
}
