package dev.bosky.publish;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * How to reach AWS: what its own environment variables say, also those that the SDK for Java does
 * not look at. What an option says replaces it ({@link #withRegion}, {@link #withEndpoint}).
 *
 * @param region {@code AWS_REGION}, else {@code AWS_DEFAULT_REGION}
 * @param profile {@code AWS_PROFILE}
 * @param endpoint {@code AWS_ENDPOINT_URL_EVENTBRIDGE}, else {@code AWS_ENDPOINT_URL}, unless
 *     {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is true
 * @param fips {@code AWS_USE_FIPS_ENDPOINT}
 * @param caBundle {@code AWS_CA_BUNDLE}: the only certificates to trust, as PEM
 * @param httpProxy {@code http_proxy}: for endpoints with {@code http:}
 * @param httpsProxy {@code https_proxy}: for endpoints with {@code https:}
 * @param noProxy {@code no_proxy}: hosts and domains to be reached directly; {@code *} for all
 * @param keys {@code AWS_ACCESS_KEY_ID} with its secret and token
 */
public record AwsSettings(
    Optional<String> region,
    Optional<String> profile,
    Optional<URI> endpoint,
    boolean fips,
    Optional<Path> caBundle,
    Optional<URI> httpProxy,
    Optional<URI> httpsProxy,
    List<String> noProxy,
    Optional<AwsCredentials> keys) {

  public AwsSettings {
    noProxy = List.copyOf(noProxy);
  }

  /**
   * What the environment says.
   *
   * @throws SinkException if a variable cannot be used; the message names it
   */
  public static AwsSettings from(Map<String, String> environment) throws SinkException {
    Optional<URI> endpoint = Optional.empty();
    if (!isTrue(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
      endpoint = url(environment, "AWS_ENDPOINT_URL_EVENTBRIDGE");
      if (endpoint.isEmpty()) {
        endpoint = url(environment, "AWS_ENDPOINT_URL");
      }
    }
    return new AwsSettings(
        value(environment, "AWS_REGION").or(() -> value(environment, "AWS_DEFAULT_REGION")),
        value(environment, "AWS_PROFILE"),
        endpoint,
        isTrue(environment, "AWS_USE_FIPS_ENDPOINT"),
        value(environment, "AWS_CA_BUNDLE").map(Path::of),
        proxy(environment, "http_proxy"),
        proxy(environment, "https_proxy"),
        either(environment, "no_proxy").map(AwsSettings::hosts).orElse(List.of()),
        keys(environment));
  }

  /** The same with another Region. */
  public AwsSettings withRegion(String other) {
    return new AwsSettings(
        Optional.of(other),
        profile,
        endpoint,
        fips,
        caBundle,
        httpProxy,
        httpsProxy,
        noProxy,
        keys);
  }

  /** The same with another endpoint. */
  public AwsSettings withEndpoint(URI other) {
    return new AwsSettings(
        region, profile, Optional.of(other), fips, caBundle, httpProxy, httpsProxy, noProxy, keys);
  }

  /** The proxy on the way to this endpoint, if there is one. */
  Optional<URI> proxyFor(URI target) {
    boolean direct = noProxy.stream().anyMatch(pattern -> isUnder(target.getHost(), pattern));
    if (direct) {
      return Optional.empty();
    }
    return "http".equals(target.getScheme()) ? httpProxy : httpsProxy;
  }

  private static boolean isUnder(String host, String pattern) {
    String domain = pattern.startsWith(".") ? pattern.substring(1) : pattern;
    return pattern.equals("*")
        || host.equalsIgnoreCase(domain)
        || host.toLowerCase(java.util.Locale.ROOT)
            .endsWith("." + domain.toLowerCase(java.util.Locale.ROOT));
  }

  private static List<String> hosts(String list) {
    return Arrays.stream(list.split("[,\\s]+"))
        .map(host -> host.startsWith("*.") ? host.substring(1) : host)
        .filter(host -> !host.isEmpty())
        .toList();
  }

  private static Optional<AwsCredentials> keys(Map<String, String> environment) {
    Optional<String> key = value(environment, "AWS_ACCESS_KEY_ID");
    Optional<String> secret = value(environment, "AWS_SECRET_ACCESS_KEY");
    if (key.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> token = value(environment, "AWS_SESSION_TOKEN");
    return Optional.of(
        token.isPresent()
            ? AwsSessionCredentials.create(key.get(), secret.get(), token.get())
            : AwsBasicCredentials.create(key.get(), secret.get()));
  }

  private static Optional<URI> proxy(Map<String, String> environment, String name)
      throws SinkException {
    Optional<String> text = either(environment, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(url(name, text.get().contains("://") ? text.get() : "http://" + text.get()));
  }

  /** The variable in small letters, as curl has it, else in capitals. */
  private static Optional<String> either(Map<String, String> environment, String name) {
    return value(environment, name)
        .or(() -> value(environment, name.toUpperCase(java.util.Locale.ROOT)));
  }

  private static Optional<URI> url(Map<String, String> environment, String name)
      throws SinkException {
    Optional<String> text = value(environment, name);
    return text.isEmpty() ? Optional.empty() : Optional.of(url(name, text.get()));
  }

  /**
   * A URL with a host.
   *
   * @param where what to name in the error: a variable or an option
   */
  public static URI url(String where, String text) throws SinkException {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below, without the parser's words.
    }
    throw new SinkException(
        SinkException.Cause.CONFIGURATION,
        "%s: expected a URL such as https://host:port, found \"%s\"".formatted(where, text));
  }

  private static boolean isTrue(Map<String, String> environment, String name) {
    return value(environment, name).map("true"::equalsIgnoreCase).orElse(false);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
