package dev.bosky.publish;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
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

  /**
   * The operating system's certificates: Debian, Ubuntu and Alpine; Amazon Linux and Red Hat; SUSE.
   */
  private static final List<Path> SYSTEM_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"));

  private static final Logger LOG = LoggerFactory.getLogger(EventBridgeClients.class);

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
    SSLContext tls = tls(trusted(settings));
    makeDefault(tls);
    OneKeyShare sockets = OneKeyShare.of(tls, settings.fips());
    Connections connections =
        new Connections(settings.proxyFor(endpoint), timeouts.connect(), timeouts.read(), sockets);
    return new PutEventsCall(
        UrlConnectionHttpClient.create(connections), sockets, endpoint, region, timeouts.call());
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

  /** Whom to trust: the bundle that is named, else the operating system's; empty for Java's own. */
  private static Optional<CertificateBundle> trusted(AwsSettings settings) throws SinkException {
    try {
      if (settings.caBundle().isPresent()) {
        return Optional.of(CertificateBundle.read(settings.caBundle().get()));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "AWS_CA_BUNDLE %s: expected certificates in PEM form, found: %s"
              .formatted(settings.caBundle().get(), AwsErrors.oneLine(e.toString())),
          e);
    }
    for (Path file : SYSTEM_BUNDLES) {
      try {
        if (Files.isReadable(file)) {
          return Optional.of(CertificateBundle.read(file));
        }
      } catch (IOException | GeneralSecurityException e) {
        LOG.warn("{}: {}; trusting what Java trusts", file, e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static SSLContext tls(Optional<CertificateBundle> trusted) throws SinkException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          SystemPropertyTlsKeyManagersProvider.create().keyManagers(),
          trusted.map(bundle -> new TrustManager[] {bundle}).orElse(null),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "this Java has no TLS: " + AwsErrors.oneLine(e.toString()),
          e);
    }
  }

  /**
   * Makes it the process's own: every connection of Java's asks for the default first, which would
   * read the certificates that Java brings, to no use; and the SDK's calls for credentials trust
   * the same as ours.
   */
  private static void makeDefault(SSLContext tls) {
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
  }
}
