package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.MadeUpSecrets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  /** Pieces of a secret that are shorter than this can stand in a line by chance. */
  private static final int TELLING = 5;

  private final Redactor redactor = Redactor.standard();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mask_letsNoSecretThrough(long seed) throws IOException {
    List<String> templates = MadeUpSecrets.lines("/dev/bosky/match/mask-secrets.txt");

    assertEquals(List.of(), leaks(templates, new MadeUpSecrets(seed)));
    assertTrue(templates.size() >= 150, "lines: " + templates.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mask_coversWhatGitleaksLooksFor(long seed) throws IOException {
    List<String> rules = MadeUpSecrets.lines("/dev/bosky/match/gitleaks-rules.txt");
    List<String> templates =
        rules.stream().map(rule -> rule.substring(rule.indexOf(' ')).strip()).toList();

    assertEquals(List.of(), leaks(templates, new MadeUpSecrets(seed)));
  }

  private List<String> leaks(List<String> templates, MadeUpSecrets secrets) {
    List<String> leaks = new ArrayList<>();
    for (String template : templates) {
      int before = secrets.count();
      String line = secrets.fill(template);
      String masked = redactor.mask(line);
      assertEquals(line.length(), masked.length());
      if (!secrets.shownIn(masked, before, TELLING).isEmpty()) {
        leaks.add(template + " -> " + masked);
      }
    }
    return leaks;
  }

  @Test
  void mask_leavesLookAlikesReadable() throws IOException {
    List<String> templates = MadeUpSecrets.lines("/dev/bosky/match/mask-lookalikes.txt");
    MadeUpSecrets parts = new MadeUpSecrets(2);
    List<String> hidden = new ArrayList<>();

    for (String template : templates) {
      String line = parts.fill(template);
      if (!redactor.mask(line).equals(line)) {
        hidden.add(line + " -> " + redactor.mask(line));
      }
    }

    assertEquals(List.of(), hidden);
    assertTrue(templates.size() >= 100, "look-alikes: " + templates.size());
  }

  /** Pieces that begin what rules look for, again and again, and never end it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password ",
        "token=\"",
        "echo x | ",
        "://a:",
        "--password ",
        "htpasswd -b ",
        "mysql -",
        "authorization: digest a=\"",
        "name=\"token\" ",
        "<password>",
        "-----BEGIN PRIVATE KEY-----",
        "eyJaaaaaaaa.",
        "secret_"
      })
  void mask_costsInProportionToTheLength(String piece) {
    long once = Long.MAX_VALUE;
    long fourTimes = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      once = Math.min(once, cost(piece.repeat(4_000 / piece.length())));
      fourTimes = Math.min(fourTimes, cost(piece.repeat(16_000 / piece.length())));
    }

    assertTrue(fourTimes < 10 * once, fourTimes / 1_000 + " us after " + once / 1_000 + " us");
  }

  private long cost(String text) {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    redactor.mask(text);
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
  }

  @Test
  void mask_keepsTheShape() {
    assertEquals("AKIA" + "*".repeat(16), redactor.mask("AKIA" + "ABCDEFGHIJ234567"));
    assertEquals("x PASSWORD=******* y", redactor.mask("x PASSWORD=hunter2 y"));
  }

  @Test
  void mask_coversAPrivateKeyOverSeveralLines() {
    String text =
        """
        key:
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmU
          QyNTUxOQAAACD
        -----END OPENSSH PRIVATE KEY-----
        Done""";

    assertEquals(
        """
        key:
        -----BEGIN OPENSSH PRIVATE KEY-----
        *******************************
          *************
        -----END OPENSSH PRIVATE KEY-----
        Done""",
        redactor.mask(text));
  }

  @Test
  void mask_leavesACertificateReadable() {
    String text = "-----BEGIN CERTIFICATE-----\nMIIDazCCAlOgAwIBAgIUf\n-----END CERTIFICATE-----";

    assertEquals(text, redactor.mask(text));
  }

  @Test
  void mask_leavesAKeyWhoseEndNeverComes() {
    String text =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nE: no such file\nE: two words\na b\nc d\nword";

    assertEquals(
        "-----BEGIN RSA PRIVATE KEY-----\n******\nE: no such file\nE: two words\na b\nc d\nword",
        redactor.mask(text));
  }

  @Test
  void mask_coversPasswordsThatCloudInitMadeUp() {
    assertEquals(
        "Set the following 'random' passwords\nubuntu:************\nDone: all",
        redactor.mask("Set the following 'random' passwords\nubuntu:Zk3nPq9wLm2x\nDone: all"));
  }

  @Test
  void mask_coversWhatATeamCallsSecret() {
    Redactor own =
        Lines.set("pack: x\nmask: ['badge (?P<secret>\\d+)', 'crew-[a-z]+']\n").redactor();

    assertEquals("badge **** of ********", own.mask("badge 4711 of crew-abc"));
  }
}
