package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.MetadataServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class MetadataServiceTest {
  private static final String ID = "/latest/meta-data/instance-id";

  private MetadataServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MetadataServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void get_fetchesATokenOnceAndThenValues() throws IOException {
    try (MetadataService service = service()) {
      assertEquals(Optional.of("i-0abc"), service.get(ID));
      assertEquals(Optional.of("i-0abc"), service.get(ID));
    }

    assertEquals(List.of("PUT /latest/api/token", "GET " + ID, "GET " + ID), server.requests());
  }

  @Test
  void get_isEmptyForWhatIsNotThere() throws IOException {
    try (MetadataService service = service()) {
      assertEquals(Optional.empty(), service.get("/latest/meta-data/spot/instance-action"));
    }
  }

  @Test
  void get_toleratesThatTheServiceIsNotReadyYet() throws IOException {
    server.notFoundFirst(1);

    try (MetadataService service = service()) {
      assertNothingYet(service);
      assertEquals(Optional.of("i-0abc"), service.get(ID));
    }
  }

  @Test
  void get_givesUpWhereTheAnswerNeverArrives() throws IOException {
    server.silent(true);

    try (MetadataService service = new MetadataService(server.endpoint(), Duration.ofMillis(100))) {
      assertThrows(IOException.class, () -> service.get(ID));
      assertEquals(List.of("PUT /latest/api/token"), server.requests(), "no retry");

      server.silent(false);
      assertEquals(Optional.of("i-0abc"), service.get(ID));
    }
  }

  @Test
  void get_tellsThatNobodyListens() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    try (MetadataService service = new MetadataService(nobody, Duration.ofSeconds(1))) {
      IOException e = assertThrows(IOException.class, () -> service.get(ID));
      assertTrue(e.getMessage().startsWith("metadata service: "), e.getMessage());
    }
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void get_goesThroughNoProxy() throws IOException {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    System.setProperty("http.nonProxyHosts", "");
    try (MetadataService service = service()) {
      assertEquals(Optional.of("i-0abc"), service.get(ID));
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @Test
  void of_readsTheEnvironment() throws IOException {
    String endpoint = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    assertTrue(MetadataService.of(Map.of("AWS_EC2_METADATA_DISABLED", "true")).isEmpty());
    assertTrue(MetadataService.of(Map.of("AWS_EC2_METADATA_DISABLED", "false")).isPresent());
    try (MetadataService service =
        MetadataService.of(Map.of(endpoint, server.endpoint().toString())).orElseThrow()) {
      assertEquals(Optional.of("i-0abc"), service.get(ID));
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> MetadataService.of(Map.of(endpoint, "here")));
    assertEquals(
        endpoint + ": 'here' is no URL; write one such as http://169.254.169.254", e.getMessage());
  }

  private MetadataService service() {
    return new MetadataService(server.endpoint(), Duration.ofSeconds(10));
  }

  /** Not there, or not reachable: both are "ask again later". */
  private static void assertNothingYet(MetadataService service) {
    Optional<String> answer;
    try {
      answer = service.get(ID);
    } catch (IOException e) {
      answer = Optional.empty();
    }
    assertEquals(Optional.empty(), answer);
  }
}
