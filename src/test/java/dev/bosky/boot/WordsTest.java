package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static CleanLine line(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new CleanLine("output", 0, 0, 1, bytes, 0, bytes.length, false);
  }

  private static String choose(String... texts) {
    List<CleanLine> lines = List.of(texts).stream().map(WordsTest::line).toList();
    int index = Words.choose(lines);
    return index < 0 ? "" : texts[index];
  }

  @Test
  void choose_takesTheLastLineOfSense() {
    assertEquals("giving up", choose("starting", "giving up", "", "  ----", " 45% [====>   ]"));
  }

  @Test
  void choose_prefersAnErrorToTalkBehindIt() {
    assertEquals(
        "E: Unable to locate package foo",
        choose("Reading package lists...", "E: Unable to locate package foo", "cleaning up"));
  }

  @Test
  void choose_passesOverLinesThatPointElsewhere() {
    assertEquals(
        "ext.c:1:10: fatal error: x.h: No such file or directory",
        choose(
            "ext.c:1:10: fatal error: x.h: No such file or directory",
            "compilation terminated.",
            "hint: See above for output from the failure."));
  }

  @Test
  void choose_passesOverAptsSummary() {
    String fetch = "W: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  x";
    assertEquals(
        fetch,
        choose(
            "Reading package lists...",
            fetch,
            "W: Some index files failed to download. They have been ignored, or old ones used"
                + " instead."));
  }

  /** How 22.4 goes on with what it says of a deprecated key. */
  @Test
  void choose_passesOverWhatIsDeprecated() {
    assertEquals(
        "password for shop was refused",
        choose(
            "password for shop was refused",
            "Use of a multiline string for this field is DEPRECATED and will result in an error in a"
                + " future version of cloud-init."));
  }

  @Test
  void choose_takesTheFirstOfABlockOfErrors() {
    assertEquals(
        "npm ERR! code EAI_AGAIN",
        choose("added 1 package", "npm ERR! code EAI_AGAIN", "npm ERR! errno EAI_AGAIN"));
  }

  @Test
  void choose_doesNotTakeNoErrorsForAnError() {
    assertEquals(
        "failed to join", choose("failed to join", "errors=0 failed=0", "done, no errors"));
  }

  @Test
  void choose_takesTheHeadOfAUsageTextOrTheComplaintBeforeIt() {
    assertEquals(
        "Usage: mkfs.ext4 [-c] device",
        choose("starting", "Usage: mkfs.ext4 [-c] device", "\t[-e errors_behavior] device"));
    assertEquals(
        "cannot do both", choose("cannot do both", "usage: tool [-h]", "  -x   fail on errors"));
    assertEquals(
        "the licence is missing",
        choose("usage: tool [-h]", "  -x   fail on errors", "the licence is missing"));
    assertEquals(
        "tool: error: no such option: -z",
        choose("usage: tool [-h]", "tool: error: no such option: -z"));
  }

  @Test
  void choose_findsNothingInNoise() {
    assertEquals("", choose());
    assertEquals(
        "",
        choose(
            "",
            "ci-info: | eth0 | True |",
            "Cloud-init v. 22.4.2 running 'init' at x",
            "Generating public/private ed25519 key pair.",
            "Your public key has been saved in /etc/ssh/ssh_host_ed25519_key.pub",
            "SHA256:abc root@ip-10-0-0-17",
            "The key's randomart image is:",
            "+--[ED25519 256]--+",
            "|.. * . +S+o   .  |",
            "+----[SHA256]-----+",
            "users.0.uid: DEPRECATED: The use of ``string`` type will be dropped.",
            "2022-11-22 12:15:00,613 - util.py[WARNING]: Running module x (<module y) failed"));
  }

  @Test
  void masked_masksSecretsOfSeveralLinesWhole() {
    UnaryOperator<String> mask = text -> text.replace("a\nb", "*\n*");

    assertEquals(
        List.of("*", "*", "c"), Words.masked(List.of(line("a"), line("b"), line("c")), mask));
  }
}
