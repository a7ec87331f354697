package dev.bosky.publish;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS connections that offer x25519 alone to agree on a key, until a server will not have it; from
 * then on whatever Java offers.
 *
 * <p>Java begins a handshake with two key pairs, of the first group of either kind that it offers:
 * x25519 and secp256r1. Servers take the first. The second costs a process that sends one event a
 * seventh of its time, and there is no way to offer secp256r1 without its key pair. So it is left
 * out, and {@link #mayPassWithAll} says when a request is to be made again with it: when the
 * handshake failed, so that the server has not seen a byte of the request.
 *
 * <p>Changes nothing where x25519 is not Java's own first choice, where {@code jdk.tls.namedGroups}
 * or a FIPS provider say what to offer, and before Java 20, which cannot be told.
 *
 * <p>One thread makes connections and asks {@link #mayPassWithAll}.
 */
final class OneKeyShare extends SSLSocketFactory {
  private static final String GROUP = "x25519";

  /** The session of a connection whose handshake did not succeed, says Java. */
  private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

  private static final Logger LOG = LoggerFactory.getLogger(OneKeyShare.class);

  /** Java's methods to read and to set the groups, which 17 does not have. */
  private record Groups(Method get, Method set) {
    static Optional<Groups> find() {
      try {
        return Optional.of(
            new Groups(
                SSLParameters.class.getMethod("getNamedGroups"),
                SSLParameters.class.getMethod("setNamedGroups", String[].class)));
      } catch (NoSuchMethodException e) {
        return Optional.empty();
      }
    }
  }

  private final SSLSocketFactory sockets;

  /** Empty: offers what Java offers. */
  private Optional<Groups> groups;

  /** The latest that offered one group; null once {@link #mayPassWithAll} was asked. */
  private SSLSocket latest;

  private OneKeyShare(SSLSocketFactory sockets, Optional<Groups> groups) {
    this.sockets = sockets;
    this.groups = groups;
  }

  /**
   * Connections of this context.
   *
   * @param fips whether the endpoint is known not to take x25519
   */
  static OneKeyShare of(SSLContext context, boolean fips) {
    boolean free = !fips && System.getProperty("jdk.tls.namedGroups") == null && !hasFipsProvider();
    return new OneKeyShare(context.getSocketFactory(), free ? Groups.find() : Optional.empty());
  }

  /** By the names in Java's configuration: to load the providers takes longer than what is won. */
  private static boolean hasFipsProvider() {
    String provider = "";
    for (int i = 1; provider != null; i++) {
      if (provider.toLowerCase(Locale.ROOT).contains("fips")) {
        return true;
      }
      provider = Security.getProperty("security.provider." + i);
    }
    return false;
  }

  /**
   * Whether the request that failed may pass if it is made again, now that all groups are offered:
   * its handshake failed with one. True once at most. A server whose certificate is not trusted has
   * taken the group; one that gave no answer in time is not asked again here.
   */
  boolean mayPassWithAll(IOException failure) {
    SSLSocket tried = latest;
    latest = null;
    if (tried == null || !tried.isConnected() || isFor(CertificateException.class, failure)) {
      return false;
    }
    boolean late = isFor(SocketTimeoutException.class, failure);
    if (!late && !tried.getSession().getCipherSuite().equals(NO_CIPHER)) {
      return false;
    }
    LOG.debug("no handshake with {} alone, all groups from now on", GROUP, failure);
    groups = Optional.empty();
    return !late;
  }

  private static boolean isFor(Class<? extends Throwable> reason, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (reason.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private Socket prepared(Socket socket) {
    if (groups.isPresent() && socket instanceof SSLSocket tls) {
      try {
        SSLParameters parameters = tls.getSSLParameters();
        String[] offered = (String[]) groups.get().get().invoke(parameters);
        if (offered.length > 1 && offered[0].equals(GROUP)) {
          groups.get().set().invoke(parameters, (Object) new String[] {GROUP});
          tls.setSSLParameters(parameters);
          latest = tls;
        }
      } catch (ReflectiveOperationException e) {
        LOG.debug("{} alone cannot be offered", GROUP, e);
        groups = Optional.empty();
      }
    }
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prepared(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return prepared(sockets.createSocket(connected, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prepared(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prepared(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prepared(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prepared(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
