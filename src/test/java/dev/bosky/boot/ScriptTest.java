package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
  private static Script script(String text) {
    return new Script(
        "part-001",
        Stage.MODULES_FINAL,
        text.replace("; newline; ", "\n").lines().toList(),
        List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/bash; newline; set -e",
        "#!/bin/bash; newline; set -euo pipefail",
        "#!/bin/bash; newline; set -xe; newline; apt-get update",
        "#!/bin/bash; newline; set -o errexit",
        "#!/bin/bash; newline; set -o pipefail -e",
        "#!/bin/bash; newline; set -u -e",
        "#!/bin/bash; newline; export A=1; set -e",
        "#!/bin/bash; newline;   set -e # stop",
        "#!/bin/bash -e",
        "#!/bin/bash -xe",
        "#!/bin/sh -eu",
        "#!/bin/bash; newline; echo $((1 << 3)); newline; set -e",
        "#!/bin/bash; newline; trap 'echo out' EXIT; newline; set -e",
        "#! /bin/sh -e",
        "#!/usr/bin/env -S bash -e",
        "#!/usr/bin/env python3",
        "#!/usr/bin/python3",
        "#!/usr/bin/perl -w",
        "#!/usr/bin/env ruby",
        "#!/usr/local/bin/ansible-playbook"
      })
  void stopsAtFailure_isTrueForSetEAndOtherLanguages(String text) {
    assertEquals(true, script(text).stopsAtFailure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/bash; newline; apt-get update",
        "#!/bin/sh; newline; set -x",
        "#!/bin/bash -x",
        "#!/bin/bash; newline; # set -e",
        "#!/bin/bash; newline; set -e; newline; false; newline; set +e",
        "#!/bin/bash; newline; set +o errexit",
        "#!/bin/bash; newline; echo reset -e",
        "#!/bin/bash; newline; cat >/x <<'EOF'; newline; set -e; newline; EOF; newline; /x",
        "#!/bin/sh; newline; 'bash' '-c' 'cd /x; set -e; make'",
        "#!/bin/bash; newline; set -e; newline; trap 'rm -rf /x; exit 0' EXIT",
        "#!/usr/bin/env bash",
        "#!/bin/dash",
        "echo without a first line",
        ""
      })
  void stopsAtFailure_isFalseForAShellThatGoesOn(String text) {
    assertEquals(false, script(text).stopsAtFailure());
  }

  @Test
  void line_countsFromOne() {
    Script script = script("#!/bin/sh; newline; two");

    assertEquals(Optional.of("#!/bin/sh"), script.line(1));
    assertEquals(Optional.of("two"), script.line(2));
    assertEquals(Optional.empty(), script.line(0));
    assertEquals(Optional.empty(), script.line(3));
  }

  @Test
  void item_knowsItemsOfSeveralLines() {
    Script runcmd =
        new Script(
            "runcmd",
            Stage.MODULES_FINAL,
            List.of("#!/bin/sh", "one", "two a", "two b", "three"),
            List.of(2, 3, 5));

    assertEquals(OptionalInt.empty(), runcmd.item(1));
    assertEquals(OptionalInt.of(1), runcmd.item(2));
    assertEquals(OptionalInt.of(2), runcmd.item(3));
    assertEquals(OptionalInt.of(2), runcmd.item(4));
    assertEquals(OptionalInt.of(3), runcmd.item(5));
    assertEquals(OptionalInt.empty(), runcmd.item(6));
  }

  @Test
  void item_isUnknownForOtherScripts() {
    assertEquals(OptionalInt.empty(), script("#!/bin/sh; newline; two").item(2));
  }

  /**
   * As scripts carry certificates, archives and settings; each of these once overflowed a stack.
   */
  @Test
  @Timeout(60) // A hang.
  void commands_takeLinesOfWhateverLength() {
    int length = 300_000;
    List<String> lines = new ArrayList<>(List.of("#!/bin/bash"));
    lines.add("echo \"" + "QUJD".repeat(length / 4) + "\" | base64 -d >/x || exit 1");
    lines.add("echo '" + "{\"a\": 1}, ".repeat(length / 10) + "' >/y; set -e");
    lines.add("echo \"" + "{\\\"a\\\": 1}, ".repeat(length / 12) + "\" >/y");
    for (String piece :
        List.of(
            "a && ", "if ", "a=b ", "-x ", "set -x ", "((", "\"", "'", "\\", "retry ", "$(", "|")) {
      lines.add(piece.repeat(length / piece.length()));
    }
    Script script = new Script("part-001", Stage.MODULES_FINAL, lines, List.of());

    assertEquals(true, script.stopsAtFailure());
    assertEquals("echo \"\" | base64 -d >/x || exit 1", script.commands().get(0).text());
    Guards guards = new Guards(script);
    assertEquals(Guards.Fate.GUARDED, guards.of("base64"));
    assertEquals(false, guards.calls("curl"));
  }
}
