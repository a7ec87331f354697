package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bosky.testing.NewerJava;
import dev.bosky.testing.TestKeyStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two requests to each of several real TLS servers, in a process with a Java that can be told what
 * to offer; x25519 is group 29, secp256r1 group 23.
 */
final class OneKeyShareTest {
  /** Java's first that can. */
  private static final int NEW_ENOUGH = 20;

  @TempDir private static Path folder;

  private static Path keys;
  private static Path trusted;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeyStore.in(folder);
    trusted = TestKeyStore.certificateOf(keys);
  }

  @Test
  void send_offersOneKey_andTheServerTakesIt() throws Exception {
    assertEquals(
        List.of(
            "Delivered; Delivered; [connection, request, connection, request]",
            "Delivered; Delivered; [connection, hello with [29], connection, request, connection, request]"),
        meet("TLSv1.3 x25519,secp256r1", "hangup 1"));
  }

  @Test
  void send_reachesAServerThatWillNotHaveIt_withEachEventSentOnce() throws Exception {
    String afterOneFailure =
        "Delivered; Delivered; [connection, connection, request, connection, request]";
    assertEquals(
        List.of(
            afterOneFailure,
            afterOneFailure,
            "Delivered; Delivered; [connection, request, connection, request]",
            // By the old rules the groups are those of the certificate too.
            afterOneFailure,
            afterOneFailure),
        meet(
            "TLSv1.3 secp256r1",
            "TLSv1.3 secp384r1",
            "TLSv1.3 x25519",
            "TLSv1.2 x25519,secp256r1",
            "TLSv1.2 secp256r1"));
  }

  @Test
  void send_goesThroughTheTunnelAgain() throws Exception {
    assertEquals(
        List.of(
            "Delivered; Delivered; [connection, tunnel, connection, tunnel, request, connection, tunnel, request]"),
        meet("proxy TLSv1.3 secp256r1"));
  }

  @Test
  void send_tellsOfAServerThatAlwaysHangsUp_afterOneMoreConnection() throws Exception {
    String hungUp =
        "no secure connection to https://HERE: Remote host terminated the handshake"
            + " (AWS_CA_BUNDLE names the certificates to trust); ";
    assertEquals(
        List.of(
            hungUp
                + hungUp
                + "[connection, hello with [29], connection, hello with [29, 23], connection, hello with [29, 23]]"),
        meet("hangup 9"));
  }

  @Test
  void send_doesNotRepeatWhatAServerHasRead() throws Exception {
    assertEquals(
        List.of(
            "no usable answer from https://HERE: Unexpected end of file from server; "
                .repeat(2)
                .concat("[connection, request, connection, request]")),
        meet("swallow"));
  }

  @Test
  void send_doesNotConnectAgain_whenTheCertificateIsAtFault() throws Exception {
    Path others =
        TestKeyStore.certificateOf(
            TestKeyStore.in(Files.createDirectory(folder.resolve("others"))));
    String said = run(List.of(), others, "TLSv1.3 secp256r1,x25519").get(0);

    assertTrue(said.startsWith("no secure connection to https://HERE: "), said);
    assertTrue(said.endsWith("; [connection, connection]"), said);
  }

  @Test
  void send_offersWhatTheOperatorSaid() throws Exception {
    String property = "-Djdk.tls.namedGroups=x25519,secp256r1";

    assertEquals(
        List.of(
            "no secure connection to https://HERE: Remote host terminated the handshake"
                + " (AWS_CA_BUNDLE names the certificates to trust); Delivered;"
                + " [connection, hello with [29, 23], connection, request]"),
        run(List.of(property), trusted, "hangup 1"));
  }

  @Test
  void createSocket_offersAll_whereX25519IsNotApproved() throws Exception {
    Path rules = Files.writeString(folder.resolve("java.security"), "security.provider.12=X-FIPS");
    String all = "[connection, hello with [29, 23]]";

    assertEquals(List.of(all), meet("fips hangup 1"));
    String said = run(List.of("-Djava.security.properties=" + rules), trusted, "hangup 9").get(0);
    assertTrue(said.contains("[connection, hello with [29, 23], connection"), said);
  }

  private static List<String> meet(String... peers) throws Exception {
    return run(List.of(), trusted, peers);
  }

  private static List<String> run(List<String> options, Path certificates, String... peers)
      throws Exception {
    Optional<Path> java = NewerJava.command(NEW_ENOUGH);
    assumeTrue(java.isPresent(), "needs a Java " + NEW_ENOUGH + " or later; BOSKY_JDK names one");
    List<String> command = new ArrayList<>(List.of(java.get().toString()));
    command.addAll(options);
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(HandshakeProgram.class.getName());
    command.addAll(List.of(keys.toString(), certificates.toString()));
    command.addAll(List.of(peers));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process program = builder.start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), said);
    return said.lines().toList();
  }
}
