package dev.bosky.identity;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;
import software.amazon.awssdk.imds.Ec2MetadataClientException;
import software.amazon.awssdk.imds.Ec2MetadataRetryPolicy;

/**
 * The instance metadata service of EC2, version 2: a session token first, then one value a request.
 *
 * <p>The SDK's client does the talking. Its retries are off, because early in a boot "not there" is
 * an ordinary answer and the caller asks again later; no request goes through a proxy, whatever the
 * environment or the JVM's properties say, because a proxy would answer for its own machine.
 *
 * <p>Where the service's hop limit is 1 and we are in a container, the token's request is never
 * answered: after {@link #TIMEOUT} that is an {@code IOException} like any other. Any thread may
 * call it.
 */
public final class MetadataService implements AutoCloseable {
  /** For the connection and again for the answer; a service that is there needs milliseconds. */
  public static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final URI IPV4 = URI.create("http://169.254.169.254");
  private static final URI IPV6 = URI.create("http://[fd00:ec2::254]");
  private static final int NOT_FOUND = 404;

  private final SdkHttpClient http;
  private final Ec2MetadataClient client;

  /**
   * The service at that address.
   *
   * @param timeout for the connection and again for the answer
   */
  public MetadataService(URI endpoint, Duration timeout) {
    http = UrlConnectionHttpClient.create(uri -> connection(uri, timeout));
    client =
        Ec2MetadataClient.builder()
            .endpoint(endpoint)
            .retryPolicy(Ec2MetadataRetryPolicy.none())
            .httpClient(http)
            .build();
  }

  /**
   * The service as the environment says: {@code AWS_EC2_METADATA_DISABLED}, {@code
   * AWS_EC2_METADATA_SERVICE_ENDPOINT}, {@code AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE}.
   *
   * @return empty if it is switched off
   * @throws IllegalArgumentException if the endpoint is no URL; the message names the variable
   */
  public static Optional<MetadataService> of(Map<String, String> environment) {
    if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
      return Optional.empty();
    }
    return Optional.of(new MetadataService(endpoint(environment), TIMEOUT));
  }

  private static URI endpoint(Map<String, String> environment) {
    String named = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "");
    if (named.isEmpty()) {
      String mode = environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
      return "IPv6".equalsIgnoreCase(mode) ? IPV6 : IPV4;
    }
    try {
      URI endpoint = new URI(named);
      if (endpoint.getHost() != null && "http".equals(endpoint.getScheme())) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // told below, in the same words
    }
    throw new IllegalArgumentException(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT: '"
            + named
            + "' is no URL; write one such as http://169.254.169.254");
  }

  private static HttpURLConnection connection(URI uri, Duration timeout) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      return connection;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * The value at a path, such as {@code /latest/meta-data/instance-id}.
   *
   * @return empty if there is no such value (yet)
   * @throws IOException if the service cannot be reached, does not answer in time or refuses
   */
  public Optional<String> get(String path) throws IOException {
    try {
      return Optional.of(client.get(path).asString());
    } catch (Ec2MetadataClientException e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw new IOException("metadata service: status " + e.statusCode() + " for " + path, e);
    } catch (SdkException | java.io.UncheckedIOException e) {
      throw new IOException("metadata service: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
