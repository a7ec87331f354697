package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.CloudInitLine.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudInitLineTest {
  private static final String HEAD = "2025-11-22 12:15:00,613 - ";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          util.py[WARNING]: Running module scripts-user (<module 'x' from 'y'>) failed;               MODULE_FAILED;  scripts-user
          log_util.py[WARNING]: Running module scripts_user (<module 'x' from 'y'>) failed;           MODULE_FAILED;  scripts_user
          util.py[WARNING]: Running scripts-user (<module 'x' from 'y'>) failed;                      MODULE_FAILED;  scripts-user
          cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /x/scripts);     SCRIPTS_FAILED; scripts-user
          util.py[WARNING]: Failed running /var/lib/cloud/instance/scripts/part-001 [127];            SCRIPT_EXIT;    part-001
          util.py[WARNING]: failed stage init;                                                        STAGE_FAILED;   init
          main.py[CRITICAL]: No instance datasource found! Likely bad things to come!;                STAGE_FAILED;
          __init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'x...';      IGNORED;
          util.py[WARNING]: Failed loading yaml blob. Invalid format at line 4 column 1: x;           IGNORED;
          util.py[WARNING]: Failed at merging in cloud config part from part-001;                     IGNORED;
          util.py[WARNING]: Failed at merging in cloud config part from part-001: empty cloud config; OTHER;
          schema.py[WARNING]: Invalid cloud-config provided: x;                                       OTHER;
          lifecycle.py[DEPRECATED]: Config key 'lists' is deprecated;                                 OTHER;
          util.py[WARNING]: Failed to install packages: ['x'];                                        TROUBLE;
          util.py[WARNING]: Boothooks script /var/lib/cloud/instances/i-0/boothooks/disk.sh execution error; TROUBLE; disk.sh
          subp.py[DEBUG]: Running command ['/var/lib/cloud/instance/scripts/runcmd'] with x;          SCRIPT_STARTED; runcmd
          util.py[DEBUG]: Running module scripts-user (<module 'x' from 'y'>) with frequency x;       OTHER;
          """)
  void of_readsWhatItSays(String words, Kind kind, String name) {
    CloudInitLine line = CloudInitLine.of(HEAD + words).orElseThrow();

    assertEquals(kind, line.kind());
    assertEquals(name == null ? "" : name, line.name());
  }

  @Test
  void of_readsLinesWithoutADate() {
    assertEquals(
        Kind.MODULE_FAILED,
        CloudInitLine.of("util.py[WARNING]: Running module x (<module 'y' from 'z'>) failed")
            .orElseThrow()
            .kind());
    assertEquals(
        Kind.STAGE_FAILED,
        CloudInitLine.of("failed run of stage modules-final").orElseThrow().kind());
  }

  @Test
  void of_readsWhereTheOutputGoes() {
    CloudInitLine line =
        CloudInitLine.of(
                HEAD + "util.py[WARNING]: Stdout, stderr changing to (>> /a.log, >> /b.log)")
            .orElseThrow();

    assertEquals(Kind.OUTPUT_MOVED, line.kind());
    assertEquals(">> /a.log", line.name());
    assertEquals(">> /b.log", line.detail());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "Running module x (<module 'y' from 'z'>) failed",
        "Cloud-init v. 22.4.2 running 'init' at x",
        "File \"app.py\", line 3",
        "./run.py[1]: hello",
        "failed run of the stage"
      })
  void of_leavesOtherProgramsAlone(String text) {
    assertTrue(CloudInitLine.of(text).isEmpty(), text);
  }
}
