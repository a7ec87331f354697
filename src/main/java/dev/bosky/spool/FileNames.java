package dev.bosky.spool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * File names that sort by time and are safe whatever the id is: {@code 01755864000123-0a1b….json}.
 */
final class FileNames {
  private FileNames() {}

  /**
   * @param identity what the hash in the name is of
   */
  static String stamped(Instant time, String identity) {
    return String.format("%014d-%s.json", Math.max(0, time.toEpochMilli()), hashOf(identity));
  }

  static boolean isStamped(String name) {
    return name.matches("\\d{14}-[0-9a-f]{16}\\.json");
  }

  /** The hash in such a name. */
  static String hash(String name) {
    return name.substring(15, 31);
  }

  private static String hashOf(String identity) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
