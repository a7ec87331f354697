package dev.bosky.bus;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request's Signature Version 4 says of its sender; its sum is not checked, for the bus does
 * not know the secret key.
 *
 * @param accessKeyId who signed
 * @param region the Region it was signed for
 */
record Signature(String accessKeyId, String region) {
  /** How far the sender's clock may be off, as AWS has it. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Reads and checks it.
   *
   * @param headers the request's, by name in any case
   * @param expectedKeyId the only key id that is known, if there is such
   * @throws BusError with AWS's code and words
   */
  static Signature check(Map<String, String> headers, Optional<String> expectedKeyId, Instant now)
      throws BusError {
    String authorization = headers.get("Authorization");
    if (authorization == null) {
      throw new BusError("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Map<String, String> parts = parts(authorization);
    checkComplete(authorization, parts, headers);
    String[] scope = parts.get("Credential").split("/", -1);
    if (scope.length != 5) {
      throw new BusError(
          "IncompleteSignatureException",
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'".formatted(parts.get("Credential")));
    }
    if (!scope[3].equals("events")) {
      throw new BusError(
          "InvalidSignatureException",
          "Credential should be scoped to correct service: 'events'. ");
    }
    if (expectedKeyId.isPresent() && !expectedKeyId.get().equals(scope[0])) {
      throw new BusError(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    checkDate(headers.get("X-Amz-Date"), now);
    return new Signature(scope[0], scope[2]);
  }

  private static Map<String, String> parts(String authorization) {
    Map<String, String> parts = new HashMap<>();
    if (authorization.startsWith(ALGORITHM + " ")) {
      for (String part : authorization.substring(ALGORITHM.length()).split("[, ]+", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
      }
    }
    return parts;
  }

  private static void checkComplete(
      String authorization, Map<String, String> parts, Map<String, String> headers)
      throws BusError {
    List<String> missing = new ArrayList<>();
    for (String part : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(part, "").isEmpty()) {
        missing.add("Authorization header requires '%s' parameter.".formatted(part));
      }
    }
    if (!headers.containsKey("X-Amz-Date")) {
      missing.add(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    if (!missing.isEmpty()) {
      throw new BusError(
          "IncompleteSignatureException",
          String.join(" ", missing) + " Authorization=" + authorization.split(" ", 2)[0]);
    }
  }

  private static void checkDate(String text, Instant now) throws BusError {
    Instant signed;
    try {
      signed = DATE.parse(text, Instant::from);
    } catch (DateTimeException e) {
      throw new BusError(
          "IncompleteSignatureException",
          "Date must be in ISO-8601 'basic format'. Got '%s'.".formatted(text));
    }
    if (signed.isBefore(now.minus(TOLERANCE))) {
      throw new BusError(
          "InvalidSignatureException",
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(text, DATE.format(now.minus(TOLERANCE)), DATE.format(now)));
    }
    if (signed.isAfter(now.plus(TOLERANCE))) {
      throw new BusError(
          "InvalidSignatureException",
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(text, DATE.format(now.plus(TOLERANCE)), DATE.format(now)));
    }
  }
}
