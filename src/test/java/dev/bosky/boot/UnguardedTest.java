package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnguardedTest {
  private static Unguarded script(String text) {
    return new Unguarded(
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
  void everyCallOf_whereNothingLooks(String text) {
    assertTrue(script("#!/bin/bash\n" + text).calls("curl"), text);
    assertTrue(script("#!/bin/bash\n" + text).everyCallOf("curl"), text);
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
  void everyCallOf_isFalseWhereSomethingLooks(String text) {
    assertTrue(script("#!/bin/bash\n" + text).calls("curl"), text);
    assertFalse(script("#!/bin/bash\n" + text).everyCallOf("curl"), text);
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

  @Test
  void at_isOfTheLineThatTheShellNames() {
    Unguarded script = script("#!/bin/bash\nfoo \\\n  --bar\nif baz; then\n  qux\nfi\nquux || :\n");

    assertTrue(script.at(2));
    assertTrue(script.at(3), "continued");
    assertFalse(script.at(4));
    assertTrue(script.at(5));
    assertFalse(script.at(7));
  }

  @Test
  void programOf_isWhoComplains() {
    assertEquals(Optional.of("\\Qcurl\\E"), Unguarded.programOf("curl: (7) Failed to connect"));
    assertEquals(Optional.of("git"), Unguarded.programOf("fatal: not a git repository"));
    assertEquals(Optional.of("apt(?:-get)?"), Unguarded.programOf("E: Unmet dependencies"));
    assertEquals(
        Optional.of("python[\\d.]*"),
        Unguarded.programOf("KeyError: 'x'\nTraceback (most recent call last):\n  File"));
    assertEquals(Optional.empty(), Unguarded.programOf("it failed"));
  }
}
