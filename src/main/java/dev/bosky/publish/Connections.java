package dev.bosky.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * Opens the SDK's connections as we want them: the SDK's own way has no place for how a TLS
 * connection is to be made.
 *
 * @param proxy by which to go; its user and password stand in the URL
 * @param connect how long to wait for a connection
 * @param read how long to wait for a byte of the answer
 * @param tls makes what HTTPS goes over
 */
record Connections(Optional<URI> proxy, Duration connect, Duration read, SSLSocketFactory tls)
    implements UrlConnectionFactory {

  @Override
  public HttpURLConnection createConnection(URI target) {
    HttpURLConnection connection = open(target);
    if (connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls);
    }
    proxy
        .map(URI::getUserInfo)
        .filter(user -> user.matches("[^:]+:.+"))
        .ifPresent(user -> connection.addRequestProperty("Proxy-Authorization", basic(user)));
    connection.setConnectTimeout(Math.toIntExact(connect.toMillis()));
    connection.setReadTimeout(Math.toIntExact(read.toMillis()));
    return connection;
  }

  private HttpURLConnection open(URI target) {
    try {
      URLConnection connection =
          proxy.isPresent()
              ? target.toURL().openConnection(through(proxy.get()))
              : target.toURL().openConnection();
      return (HttpURLConnection) connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its name is looked up with each connection, for it may move. */
  private static Proxy through(URI proxy) {
    int usual = proxy.getScheme().equals("https") ? 443 : 80;
    int port = proxy.getPort() < 0 ? usual : proxy.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
