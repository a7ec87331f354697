package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.LocalBus;
import dev.bosky.testing.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS_CA_BUNDLE, with a server whose certificate nobody else would trust. */
final class CaBundleTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void send_trustsTheBundleAndNothingElse() throws Exception {
    Path keys = makeKeys("keys.p12", "CN=127.0.0.1");
    Path bundle = folder.resolve("ca.pem");
    keytool("-exportcert", "-rfc", "-alias", "me", "-keystore", keys, "-file", bundle);
    try (LocalBus bus = LocalBus.builder().tls(keys, PASSWORD).start()) {
      String url = bus.endpoint().toString();

      try (EventBridgeSink trusting = sink(url, Map.of("AWS_CA_BUNDLE", bundle.toString()))) {
        assertInstanceOf(
            DeliveryOutcome.Delivered.class, trusting.send(List.of(Events.info("a"))).get(0));
      }
      try (EventBridgeSink other = sink(url, Map.of())) {
        SinkException e =
            assertThrows(SinkException.class, () -> other.send(List.of(Events.info("a"))));
        assertTrue(e.getMessage().startsWith("no secure connection to " + url), e.getMessage());
      }
    }
  }

  @Test
  void send_trustsOneOfManyInTheBundle_butNobodyOfTheSameName() throws Exception {
    Path keys = makeKeys("keys.p12", "CN=127.0.0.1");
    String others = pem(makeKeys("a.p12", "CN=a")) + pem(makeKeys("b.p12", "CN=b"));
    String impostor = pem(makeKeys("impostor.p12", "CN=127.0.0.1"));
    Path with = Files.writeString(folder.resolve("with.pem"), "# CAs\n" + others + pem(keys));
    Path without = Files.writeString(folder.resolve("without.pem"), others + impostor);
    try (LocalBus bus = LocalBus.builder().tls(keys, PASSWORD).start()) {
      String url = bus.endpoint().toString();

      try (EventBridgeSink trusting = sink(url, Map.of("AWS_CA_BUNDLE", with.toString()))) {
        assertInstanceOf(
            DeliveryOutcome.Delivered.class, trusting.send(List.of(Events.info("a"))).get(0));
      }
      try (EventBridgeSink other = sink(url, Map.of("AWS_CA_BUNDLE", without.toString()))) {
        assertThrows(SinkException.class, () -> other.send(List.of(Events.info("a"))));
      }
    }
  }

  private String pem(Path keys) throws Exception {
    Path pem = folder.resolve(keys.getFileName() + ".pem");
    keytool("-exportcert", "-rfc", "-alias", "me", "-keystore", keys, "-file", pem);
    return Files.readString(pem);
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

  private Path makeKeys(String file, String name) throws Exception {
    Path keys = folder.resolve(file);
    keytool(
        "-genkeypair",
        "-alias",
        "me",
        "-keyalg",
        "EC",
        "-dname",
        name,
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
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String talk = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), talk);
  }
}
