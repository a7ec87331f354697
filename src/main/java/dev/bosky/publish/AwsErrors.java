package dev.bosky.publish;

import dev.bosky.publish.SinkException.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * AWS's errors in one sentence each: what happened, and what a person can do. The same trouble
 * gives the same sentence, without request ids and times, so that it is logged once.
 */
final class AwsErrors {
  /** Codes of an entry, or of a request, that may pass the next time. */
  static final Set<String> TRANSIENT =
      Set.of(
          "InternalFailure",
          "InternalException",
          "ServiceUnavailable",
          "ThrottlingException",
          "Throttling",
          "TooManyRequestsException",
          "RequestLimitExceeded");

  /** Codes of a request that came too often. */
  private static final Set<String> THROTTLED =
      Set.of(
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "SlowDown");

  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation");
  private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken");
  private static final Set<String> CLOCK =
      Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");
  private static final Set<String> SIGNATURE =
      Set.of("InvalidSignatureException", "SignatureDoesNotMatch");
  private static final Set<String> UNKNOWN_KEY =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "InvalidAccessKeyId");

  /** Below this a clock that differs is not the reason: the service allows for 5 minutes. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(4);

  private static final int MAX_TEXT_CHARS = 300;

  private AwsErrors() {}

  /** Whether an entry or a request was refused for want of a permission. */
  static boolean isDenied(String code) {
    return DENIED.contains(code);
  }

  static boolean isExpired(Refusal e) {
    return EXPIRED.contains(e.code());
  }

  /** Whether the request as a whole is what it does not take, so that a part of it may pass. */
  static boolean isAboutTheEntries(Refusal e) {
    return e.status() == 413 || e.code().equals("ValidationException");
  }

  static boolean isClock(Refusal e) {
    return CLOCK.contains(e.code())
        || (SIGNATURE.contains(e.code())
            && (e.text().contains("Signature expired") || e.text().contains("not yet current")));
  }

  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_TEXT_CHARS ? line : line.substring(0, MAX_TEXT_CHARS) + "…";
  }

  /** A request that the service refused. */
  static SinkException explain(Refusal e, URI endpoint, InstantSource clock) {
    String code = e.code();
    if (isClock(e)) {
      return new SinkException(Cause.CLOCK, clockText(e, clock), e);
    }
    if (isExpired(e)) {
      return new SinkException(
          Cause.CREDENTIALS, "the AWS credentials have expired, and no newer ones were found", e);
    }
    if (UNKNOWN_KEY.contains(code)) {
      return new SinkException(
          Cause.CREDENTIALS,
          "AWS does not know these credentials (%s): check the access key, and that it belongs to this partition"
              .formatted(code),
          e);
    }
    if (SIGNATURE.contains(code)) {
      return new SinkException(
          Cause.CREDENTIALS,
          "AWS refuses the signature (%s): the secret key does not belong to the access key"
              .formatted(code),
          e);
    }
    if (isDenied(code)) {
      return new SinkException(Cause.DENIED, code + ": " + e.text(), e);
    }
    if (THROTTLED.contains(code) || e.status() == 429) {
      return new SinkException(
          Cause.UNAVAILABLE, "EventBridge throttles this account (%s)".formatted(code), e);
    }
    if (e.status() >= 500) {
      return new SinkException(
          Cause.UNAVAILABLE, "EventBridge answered %d (%s)".formatted(e.status(), code), e);
    }
    if (code.startsWith("HTTP ")) {
      return new SinkException(
          Cause.CONFIGURATION,
          "%s answered %d without an AWS error code: is this EventBridge, or a proxy in between?"
              .formatted(endpoint, e.status()),
          e);
    }
    return new SinkException(Cause.CONFIGURATION, code + ": " + e.text(), e);
  }

  private static String clockText(Refusal e, InstantSource clock) {
    String by = "";
    if (e.serverTime().isPresent()) {
      Duration ahead = Duration.between(e.serverTime().get(), clock.instant());
      if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
        by =
            " by about %d minutes".formatted(Math.round(ahead.abs().toSeconds() / 60.0))
                + (ahead.isNegative() ? " (it is behind)" : " (it is ahead)");
      }
    }
    return "this machine's clock is wrong"
        + by
        + ", so AWS refuses what it signs ("
        + e.code()
        + "): set the clock";
  }

  /** A request that got no answer, or none that can be read. */
  static SinkException explain(IOException e, URI endpoint) {
    String host = endpoint.getHost();
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return new SinkException(
            Cause.UNREACHABLE,
            "host %s is not known: check the Region, the endpoint, the proxy and the DNS"
                .formatted(host),
            e);
      }
      if (t instanceof SocketTimeoutException) {
        return new SinkException(
            Cause.UNAVAILABLE, "no answer from %s in time".formatted(endpoint), e);
      }
      if (t instanceof ConnectException || t instanceof NoRouteToHostException) {
        return new SinkException(
            Cause.UNREACHABLE,
            "no connection to %s: %s".formatted(endpoint, oneLine(String.valueOf(t.getMessage()))),
            e);
      }
      if (t instanceof SSLException) {
        return new SinkException(
            Cause.UNREACHABLE,
            "no secure connection to %s: %s (AWS_CA_BUNDLE names the certificates to trust)"
                .formatted(endpoint, oneLine(String.valueOf(t.getMessage()))),
            e);
      }
    }
    return new SinkException(
        Cause.UNAVAILABLE, "no usable answer from %s: %s".formatted(endpoint, rootText(e)), e);
  }

  /** The first cause's own words. */
  private static String rootText(IOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return oneLine(root.getMessage() == null ? root.toString() : root.getMessage());
  }
}
