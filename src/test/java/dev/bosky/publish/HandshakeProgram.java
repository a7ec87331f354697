package dev.bosky.publish;

import dev.bosky.publish.TlsPeer.Way;
import dev.bosky.testing.Events;
import dev.bosky.testing.TestKeyStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Sends an event to one peer after another and says what came of it, a line each: a program of its
 * own, for another Java than the one that runs the tests.
 *
 * <p>Words: a key store; the certificates to trust; then of each peer {@code VERSION GROUP,…}
 * (after {@code proxy} through itself), {@code hangup TIMES} (after {@code fips} as such an
 * endpoint, by a mere handshake) or {@code swallow}.
 */
final class HandshakeProgram {
  private final SSLContext keys;
  private final String trusted;

  private HandshakeProgram(SSLContext keys, String trusted) {
    this.keys = keys;
    this.trusted = trusted;
  }

  public static void main(String[] words) throws Exception {
    HandshakeProgram program = new HandshakeProgram(keys(Path.of(words[0])), words[1]);
    for (int i = 2; i < words.length; i++) {
      System.out.println(program.meet(words[i].split(" ")));
    }
  }

  /** The outcome of each of two requests, and what the peer saw. */
  private String meet(String[] peer) throws IOException, GeneralSecurityException {
    boolean proxy = peer[0].equals("proxy");
    boolean fips = peer[0].equals("fips");
    try (TlsPeer server = TlsPeer.start(keys, way(proxy || fips ? 1 : 0, proxy, peer))) {
      if (fips) {
        shakeHands(server.socket());
        return server.history().toString();
      }
      String here = "127.0.0.1:" + server.socket().getLocalPort();
      Map<String, String> environment = new HashMap<>();
      environment.put("AWS_REGION", "eu-west-1");
      environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
      environment.put("AWS_SECRET_ACCESS_KEY", "secret");
      environment.put("AWS_CA_BUNDLE", trusted);
      environment.put("AWS_ENDPOINT_URL", "https://" + here);
      if (proxy) {
        environment.put("https_proxy", "http://u:p@" + here);
      }
      try (EventBridgeSink sink =
          EventBridgeSink.open(
              AwsSettings.from(environment),
              "default",
              DenialPolicy.sinceBoot(() -> Duration.ofDays(1)),
              InstantSource.system())) {
        return send(sink, here) + "; " + send(sink, here) + "; " + server.history();
      }
    }
  }

  private static String send(EventBridgeSink sink, String here) {
    try {
      return sink.send(List.of(Events.info("a"))).get(0).getClass().getSimpleName();
    } catch (SinkException e) {
      return e.getMessage().replace(here, "HERE");
    }
  }

  private static void shakeHands(ServerSocket with) throws IOException, GeneralSecurityException {
    OneKeyShare sockets = OneKeyShare.of(SSLContext.getDefault(), true);
    try (Socket socket = sockets.createSocket(with.getInetAddress(), with.getLocalPort())) {
      ((SSLSocket) socket).startHandshake();
    } catch (SSLException e) {
      // It hung up.
    }
  }

  private static Way way(int at, boolean proxy, String[] words) {
    return switch (words[at]) {
      case "hangup" -> new Way.HangUp(Integer.parseInt(words[at + 1]));
      case "swallow" -> new Way.Swallow();
      default -> new Way.Serve(words[at], words[at + 1].split(","), proxy);
    };
  }

  private static SSLContext keys(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, TestKeyStore.PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, TestKeyStore.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
