package dev.bosky.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills made-up secrets into templates, and looks for them where they must not be.
 *
 * <p>A template says what a secret is made of: {@code PASSWORD={pw:12}}. The secrets come from a
 * seed, so that nothing that looks like a real one is kept in a file. For one thread.
 */
public final class MadeUpSecrets {
  private static final Pattern BRACES = Pattern.compile("\\{(\\w+):(\\d+)}");

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String ALNUM = UPPER + LOWER + DIGITS;
  private static final Map<String, String> ALPHABETS =
      Map.of(
          "A0", UPPER + DIGITS,
          "a0", LOWER + DIGITS,
          "alnum", ALNUM,
          "hex", DIGITS + "abcdef",
          "b64", ALNUM + "+/",
          "url", ALNUM + "-_",
          "digits", DIGITS,
          "pw", ALNUM + "!#%+.^",
          "plain", LOWER);

  /** What is shorter, such as a part of a UUID, stands in long texts by chance. */
  private static final int SHORTEST = 8;

  private final Random random;
  private final List<String> secrets = new ArrayList<>();

  public MadeUpSecrets(long seed) {
    this.random = new Random(seed);
  }

  /** The template with secrets in place of what stands in braces. */
  public String fill(String template) {
    return BRACES
        .matcher(template)
        .replaceAll(
            match -> {
              String alphabet = ALPHABETS.get(match.group(1));
              String secret = secret(alphabet, Integer.parseInt(match.group(2)));
              secrets.add(secret);
              return Matcher.quoteReplacement(secret);
            });
  }

  /** Begins with a letter and a digit: what is random has both, nearly always. */
  private String secret(String alphabet, int length) {
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < length; i++) {
      secret.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    if (length > 2 && alphabet.contains("a") && alphabet.contains("0")) {
      secret.replace(0, 2, "a7");
    }
    return secret.toString();
  }

  /** All that were filled in. */
  public List<String> all() {
    return List.copyOf(secrets);
  }

  /** How many were filled in. */
  public int count() {
    return secrets.size();
  }

  /**
   * Which of the secrets since number {@code from} show in a text, whole or a piece of them.
   *
   * @param telling a piece of so many characters is no chance; a shorter secret counts whole,
   *     unless it is too short to tell anything
   */
  public List<String> shownIn(String text, int from, int telling) {
    Map<Integer, Map<String, String>> pieces = new HashMap<>();
    for (String secret : secrets.subList(from, secrets.size())) {
      int length = Math.min(telling, secret.length());
      if (length < Math.min(telling, SHORTEST)) {
        continue;
      }
      Map<String, String> ofLength = pieces.computeIfAbsent(length, any -> new HashMap<>());
      for (int i = 0; i + length <= secret.length(); i++) {
        ofLength.put(secret.substring(i, i + length), secret);
      }
    }
    Set<String> shown = new HashSet<>();
    pieces.forEach(
        (length, ofLength) -> {
          for (int i = 0; i + length <= text.length(); i++) {
            String secret = ofLength.get(text.substring(i, i + length));
            if (secret != null) {
              shown.add(secret);
            }
          }
        });
    return List.copyOf(shown);
  }

  /** The templates of a file, one a line. */
  public static List<String> lines(String resource) throws IOException {
    return withoutComments(resource).filter(line -> !line.isEmpty()).toList();
  }

  /** The templates of a file that take several lines; an empty line stands between them. */
  public static List<String> blocks(String resource) throws IOException {
    String all = String.join("\n", withoutComments(resource).toList());
    return Stream.of(all.split("\n\n+")).filter(block -> !block.isBlank()).toList();
  }

  private static Stream<String> withoutComments(String resource) throws IOException {
    try (InputStream in = MadeUpSecrets.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("# ")).toList().stream();
    }
  }
}
