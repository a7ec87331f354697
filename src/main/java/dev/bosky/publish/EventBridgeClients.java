package dev.bosky.publish;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Makes what a request needs of the SDK from our settings: short timeouts, and nothing taken from
 * the environment behind our back. The metadata service is asked by the SDK without any proxy.
 */
final class EventBridgeClients {
  /**
   * How long a request may take.
   *
   * @param connect until there is a connection, which within a Region takes milliseconds
   * @param read without a byte of the answer
   * @param call as a whole, however slowly its bytes come
   */
  record Timeouts(Duration connect, Duration read, Duration call) {
    static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(10));
  }

  private EventBridgeClients() {}

  /** Where requests go, for messages and for the choice of a proxy. */
  static URI endpoint(AwsSettings settings, String region) throws SinkException {
    if (settings.endpoint().isPresent()) {
      if (settings.fips()) {
        throw new SinkException(
            SinkException.Cause.CONFIGURATION,
            "AWS_USE_FIPS_ENDPOINT and the endpoint %s exclude each other: give one of them"
                .formatted(settings.endpoint().get()));
      }
      return settings.endpoint().get();
    }
    return URI.create(
        "https://%s.%s.%s"
            .formatted(
                settings.fips() ? "events-fips" : "events",
                region,
                PartitionMetadata.of(Region.of(region)).dnsSuffix()));
  }

  static PutEventsCall create(AwsSettings settings, String region, URI endpoint, Timeouts timeouts)
      throws SinkException {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(timeouts.connect())
            .socketTimeout(timeouts.read())
            .proxyConfiguration(proxy(settings.proxyFor(endpoint)));
    if (settings.caBundle().isPresent()) {
      TrustManager[] trusted = trustOnly(settings.caBundle().get());
      http.tlsTrustManagersProvider(() -> trusted);
    }
    return new PutEventsCall(http.build(), endpoint, region, timeouts.call());
  }

  /** The keys of the environment, else the profile, the container's and the instance's role. */
  static AwsCredentialsProvider credentials(AwsSettings settings) {
    if (settings.keys().isPresent()) {
      return StaticCredentialsProvider.create(settings.keys().get());
    }
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(chain::profileName);
    return chain.build();
  }

  private static ProxyConfiguration proxy(Optional<URI> proxy) {
    ProxyConfiguration.Builder builder =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariablesValues(false);
    proxy.ifPresent(
        url -> {
          builder.endpoint(url);
          if (url.getUserInfo() != null) {
            String[] user = url.getUserInfo().split(":", 2);
            builder.username(user[0]);
            builder.password(user.length > 1 ? user[1] : "");
          }
        });
    return builder.build();
  }

  private static TrustManager[] trustOnly(Path bundle) throws SinkException {
    try (InputStream in = Files.newInputStream(bundle)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("bundle-" + number++, certificate);
      }
      if (number == 0) {
        throw new GeneralSecurityException("no certificate in it");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "AWS_CA_BUNDLE %s: expected certificates in PEM form, found: %s"
              .formatted(bundle, AwsErrors.oneLine(e.toString())),
          e);
    }
  }
}
