package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Guards.Fate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {
  private static Guards script(String text) {
    return new Guards(
        new Script("part-001", Stage.MODULES_FINAL, text.lines().toList(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -f http://x/y -o /z",
        "echo one\n\n  curl http://x | bash\necho two",
        "sudo -E curl http://x",
        "https_proxy=http://p curl http://x",
        "cd /opt && curl -O http://x",
        "'curl' '-sS' 'http://x'",
        "/usr/bin/curl http://x; echo done",
        "for f in a b; do\n  curl -O http://x/$f\ndone",
        "curl \\\n  -o /z \\\n  http://x",
        "if [ ! -e /z ]; then\n  curl -o /z http://x\nfi",
        "install() {\n  curl http://x\n}\ninstall",
      })
  void of_isIgnoredWhereNothingLooks(String text) {
    assertTrue(script("#!/bin/bash\n" + text).calls("curl"), text);
    assertEquals(Fate.IGNORED, script("#!/bin/bash\n" + text).of("curl"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl http://x || true",
        "curl http://x \\\n  || echo 'not there'",
        "if ! curl http://x; then echo no; fi",
        "! curl http://x",
        "until curl http://x; do sleep 1; done",
        "while ! curl http://x\ndo\n  sleep 1\ndone",
        "while true; do\n  curl http://x && break\n  sleep 1\ndone",
        "for i in 1 2 3; do\n  curl http://x\n  test -e y && break\ndone",
        "for i in 1 2 3; do curl http://x && break; sleep 2; done",
        "curl http://x\nif [ $? -ne 0 ]; then exit 1; fi",
        "curl -o /z http://x\n[ -s /z ] || cp /default /z",
        "retry 5 curl http://x",
        "trap 'echo failed' ERR\ncurl http://x",
        "fetch() {\n  curl http://x\n}\nfetch || echo no",
        "token=$(curl http://x)",
        "curl http://x\ncurl http://y || true",
      })
  void of_isNotIgnoredWhereSomethingLooks(String text) {
    assertTrue(script("#!/bin/bash\n" + text).calls("curl"), text);
    assertNotEquals(Fate.IGNORED, script("#!/bin/bash\n" + text).of("curl"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt-get install -y curl",
        "# curl http://x",
        "echo curl",
        "cat >/run.sh <<'EOF'\ncurl http://x\nEOF",
      })
  void calls_isFalseWhereItIsNoCommand(String text) {
    assertFalse(script("#!/bin/bash\n" + text).calls("curl"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl http://x || true",
        "cd /x && curl http://x || echo none",
        "if ! curl http://x; then echo no; fi",
        "! curl http://x",
        "while ! curl http://x; do sleep 1; done",
        "for i in 1 2 3; do\n  curl http://x\n  test -e y && break\ndone",
        "curl http://x\nif [ $? -ne 0 ]; then exit 0; fi",
        "fetch() {\n  curl http://x\n}\nfetch || echo no",
        "set -e\ncurl http://x || true\ncurl http://y",
      })
  void of_isGuardedWhereTheScriptHasABranchForIt(String text) {
    assertEquals(Fate.GUARDED, script("#!/bin/bash\n" + text).of("curl"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl http://x; ls /y || true",
        "if [ -e /y ]; then curl http://x; fi",
        "token=$(curl http://x)",
        "curl -o /z http://x\n[ -s /z ] || cp /default /z",
        "curl http://x || true\ncurl http://y",
        "trap 'echo failed' ERR\ncurl http://x",
        "echo 'a || b'; curl 'http://x||y'",
      })
  void of_isNotGuardedWhereTheScriptMayOnlyLook(String text) {
    assertNotEquals(Fate.GUARDED, script("#!/bin/bash\n" + text).of("curl"), text);
  }

  /** Commands at whose failure {@code set -e} does not stop. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl http://x | bash",
        "curl http://x |& tee /y",
        "cd /opt && curl http://x | tar -x",
        "curl http://x &",
        "curl http://x &\nwait",
        "curl -o /y http://y\ncurl http://x | bash",
        "main() {\n  curl http://x\n}\nmain \"$@\" 2>&1 | tee /y",
        "{\n  curl http://x\n} 2>&1 | tee /y",
        "(\n  curl http://x\n  echo done\n) | logger",
      })
  void of_isIgnoredWhereSetEDoesNotSeeIt(String text) {
    assertEquals(Fate.IGNORED, script("#!/bin/bash\nset -e\n" + text).of("curl"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl http://x",
        "curl 'http://x?a|b&'",
        "curl -o /y http://x >| /z",
        "set -o pipefail\ncurl http://x | bash",
        "curl http://x &\nwait $!",
        "set -o pipefail\nmain() {\n  curl http://x\n}\nmain | tee /y",
        "main() {\n  curl http://x\n}\nmain\nls | tee /y",
        "{\n  curl http://x\n} >/y 2>&1\nls | tee /y",
        "echo x | curl -d @- http://x",
        "curl http://x | bash || true\ncurl http://x | bash",
      })
  void of_isUnknownWhereSetEStopsAtIt(String text) {
    assertEquals(Fate.UNKNOWN, script("#!/bin/bash\nset -e\n" + text).of("curl"), text);
  }

  @Test
  void of_isUnknownInAnotherLanguage() {
    assertEquals(
        Fate.UNKNOWN, script("#!/usr/bin/python3\nos.system(\"curl http://x | sh\")\n").of("curl"));
  }

  private static Fate of(Guards script, int line) {
    String says = "/x/part-001: line %d: qux: command not found".formatted(line);
    return script.of(failure("shell/x", says), OptionalInt.of(line));
  }

  @Test
  void of_isOfTheLineThatTheShellNames() {
    Guards script =
        script("#!/bin/bash\nfoo \\\n  --bar\nif baz; then\n  qux\nfi\nquux || :\nqux | bash\n");

    assertEquals(Fate.IGNORED, of(script, 2));
    assertEquals(Fate.IGNORED, of(script, 3), "continued");
    assertEquals(Fate.UNKNOWN, of(script, 4));
    assertEquals(Fate.IGNORED, of(script, 5));
    assertEquals(Fate.GUARDED, of(script, 7));
    assertEquals(Fate.IGNORED, of(script("#!/bin/sh\nset -e\nqux | bash\n"), 3));
    assertEquals(Fate.UNKNOWN, of(script("#!/bin/sh\nset -e\nbash | qux\n"), 3));
  }

  private static Failure failure(String marker, String text) {
    return new Failure(
        Failure.Origin.MARKER,
        marker,
        Decides.YES,
        Optional.empty(),
        text,
        new Evidence(List.of(), text, List.of()),
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        Instant.EPOCH);
  }

  private static Optional<String> programOf(String marker, String text) {
    return Guards.programOf(failure(marker, text));
  }

  @Test
  void programOf_isWhoComplains() {
    String any = "generic/x";
    assertEquals(Optional.of("\\Qcurl\\E"), programOf(any, "curl: (7) Failed to connect"));
    assertEquals(Optional.of("git"), programOf(any, "fatal: not a git repository"));
    assertEquals(Optional.of("apt(?:-get)?"), programOf(any, "E: Unmet dependencies"));
    assertEquals(
        Optional.of("python[\\d.]*"),
        programOf(any, "KeyError: 'x'\nTraceback (most recent call last):\n  File"));
    assertEquals(Optional.of("systemctl"), programOf("systemd/x", "Job for x.service failed"));
    assertEquals(
        Optional.of("\\Qterraform\\E"), programOf("terraform/x", "Error: no such provider"));
    assertEquals(Optional.empty(), programOf("", "it failed"));
  }

  @Test
  void calls_seesAScriptThatAShellIsGiven() {
    assertTrue(script("#!/bin/bash\nbash -x /opt/install.sh | tee /x").calls("install.sh"));
    assertTrue(script("#!/bin/bash\n./install.sh --all").calls("install.sh"));
  }
}
