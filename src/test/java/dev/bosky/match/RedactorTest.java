package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final Pattern BRACES = Pattern.compile("\\{(\\w+):(\\d+)}");

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String ALNUM = LOWER.toUpperCase(java.util.Locale.ROOT) + LOWER + DIGITS;
  private static final Map<String, String> ALPHABETS =
      Map.of(
          "A0", LOWER.toUpperCase(java.util.Locale.ROOT) + DIGITS,
          "a0", LOWER + DIGITS,
          "alnum", ALNUM,
          "hex", DIGITS + "abcdef",
          "b64", ALNUM + "+/",
          "url", ALNUM + "-_",
          "digits", DIGITS,
          "pw", ALNUM + "!#%+.^",
          "plain", LOWER);

  /** Pieces of a secret that are shorter than this can stand in a line by chance. */
  private static final int TELLING = 5;

  private final Redactor redactor = Redactor.standard();

  /** A line with made-up secrets filled in. */
  private record Filled(String line, List<String> secrets) {}

  private static Filled fill(String template, Random random) {
    List<String> secrets = new ArrayList<>();
    String line =
        BRACES
            .matcher(template)
            .replaceAll(
                match -> {
                  String secret = secret(ALPHABETS.get(match.group(1)), match.group(2), random);
                  secrets.add(secret);
                  return Matcher.quoteReplacement(secret);
                });
    return new Filled(line, secrets);
  }

  /** Begins with a letter and a digit: what is random has both, nearly always. */
  private static String secret(String alphabet, String length, Random random) {
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(length); i++) {
      secret.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    if (secret.length() > 2 && alphabet.contains("a") && alphabet.contains("0")) {
      secret.replace(0, 2, "a7");
    }
    return secret.toString();
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = RedactorTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .toList();
    }
  }

  @Test
  void mask_letsNoSecretThrough() throws IOException {
    List<String> templates = lines("mask-secrets.txt");
    Random random = new Random(1);
    List<String> leaks = new ArrayList<>();

    for (String template : templates) {
      Filled filled = fill(template, random);
      String masked = redactor.mask(filled.line());
      assertEquals(filled.line().length(), masked.length());
      for (String secret : filled.secrets()) {
        if (leaks(secret, masked)) {
          leaks.add(template + " -> " + masked);
        }
      }
    }

    assertEquals(List.of(), leaks);
    assertTrue(templates.size() >= 150, "secrets: " + templates.size());
  }

  private static boolean leaks(String secret, String masked) {
    for (int i = 0; i + TELLING <= secret.length(); i++) {
      if (masked.contains(secret.substring(i, i + TELLING))) {
        return true;
      }
    }
    return secret.length() < TELLING && masked.contains(secret);
  }

  @Test
  void mask_leavesLookAlikesReadable() throws IOException {
    List<String> templates = lines("mask-lookalikes.txt");
    Random random = new Random(2);
    List<String> hidden = new ArrayList<>();

    for (String template : templates) {
      String line = fill(template, random).line();
      if (!redactor.mask(line).equals(line)) {
        hidden.add(line + " -> " + redactor.mask(line));
      }
    }

    assertEquals(List.of(), hidden);
    assertTrue(templates.size() >= 100, "look-alikes: " + templates.size());
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
