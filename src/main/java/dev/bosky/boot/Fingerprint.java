package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Gives like failures on different machines the same short hash.
 *
 * <p>What differs from machine to machine is masked in the text: ids, times, addresses, numbers,
 * and the folders of paths. A path's last part stays, since {@code nginx.conf} and {@code php.ini}
 * are two failures; so do quoted names, packages and hosts' names. What is masked wrongly joins two
 * failures, what is missed tears one apart; nothing else depends on it.
 */
final class Fingerprint {
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S*"
              + "|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \\d+ \\w{3} \\d{4} [\\d:]+(?: [-+]\\d{4})?"
              + "|\\b\\w{3} +\\d+ \\d\\d:\\d\\d:\\d\\d\\b|\\b\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b\\d{1,3}(?:[.-]\\d{1,3}){3}\\b(?::\\d+)?|\\b(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}\\b");
  private static final Pattern ID =
      Pattern.compile(
          "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b"
              + "|\\b[a-z]{1,10}-(?=[0-9a-f]*\\d)[0-9a-f]{8,17}\\b"
              + "|\\b(?:0x)?(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b"
              + "|\\btmp[._-]?\\w{6,}");
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w:/.])~?/(?:[^/\\s'\":,;()\\[\\]]++/)++");
  private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++)*+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Fingerprint() {}

  /**
   * The hash of a failure.
   *
   * @param verdict how the boot went
   * @param what the marker, the module or whatever else names the kind of failure
   * @param text the decisive line or the cause
   * @return 16 hexadecimal characters
   */
  static String of(Verdict verdict, String what, String text) {
    String like = verdict.label() + '\n' + what + '\n' + masked(text);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(like.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String masked(String text) {
    String line = text.lines().findFirst().orElse("");
    line = TIME.matcher(line).replaceAll("<time>");
    line = ADDRESS.matcher(line).replaceAll("<address>");
    line = FOLDERS.matcher(line).replaceAll("/");
    line = ID.matcher(line).replaceAll("<id>");
    line = NUMBER.matcher(line).replaceAll("#");
    return BLANKS.matcher(line).replaceAll(" ").strip();
  }
}
