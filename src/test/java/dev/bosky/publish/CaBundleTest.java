package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bosky.testing.Events;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS_CA_BUNDLE, with a server whose certificate nobody else would trust. */
final class CaBundleTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void send_trustsTheBundleAndNothingElse() throws Exception {
    Path keys = makeKeys();
    Path bundle = folder.resolve("ca.pem");
    keytool("-exportcert", "-rfc", "-alias", "me", "-keystore", keys, "-file", bundle);
    HttpsServer server = serve(keys);
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();

      try (EventBridgeSink trusting = sink(url, Map.of("AWS_CA_BUNDLE", bundle.toString()))) {
        assertInstanceOf(
            DeliveryOutcome.Delivered.class, trusting.send(List.of(Events.info("a"))).get(0));
      }
      try (EventBridgeSink other = sink(url, Map.of())) {
        SinkException e =
            assertThrows(SinkException.class, () -> other.send(List.of(Events.info("a"))));
        assertTrue(e.getMessage().startsWith("no secure connection to " + url), e.getMessage());
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void send_namesABundleThatIsNone() throws IOException {
    Path bundle = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
    try (EventBridgeSink sink =
        sink("https://127.0.0.1:1", Map.of("AWS_CA_BUNDLE", bundle.toString()))) {
      SinkException e =
          assertThrows(SinkException.class, () -> sink.send(List.of(Events.info("a"))));

      assertEquals(SinkException.Cause.CONFIGURATION, e.kind());
      assertTrue(e.getMessage().startsWith("AWS_CA_BUNDLE " + bundle), e.getMessage());
    }
  }

  private static EventBridgeSink sink(String url, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_ENDPOINT_URL", url);
    return EventBridgeSink.open(
        AwsSettings.from(environment),
        "default",
        DenialPolicy.sinceBoot(() -> Duration.ofDays(1)),
        InstantSource.system());
  }

  private Path makeKeys() throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "me",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys);
    return keys;
  }

  private static void keytool(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String talk = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), talk);
  }

  private static HttpsServer serve(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          PutEventsServer.respond(exchange, 200, "{\"Entries\":[{\"EventId\":\"1\"}]}");
        });
    server.start();
    return server;
  }
}
