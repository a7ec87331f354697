package dev.bosky.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.testing.TestKeyStore;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus as a plain HTTP client sees it: the bytes and the headers. */
class LocalBusWireTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/events/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature="
          + "0123456789abcdef".repeat(4);
  private static final String BODY =
      "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\"{}\"}]}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private LocalBus bus;

  @BeforeEach
  void start() throws Exception {
    bus = LocalBus.builder().clock(() -> NOW).start();
    headers.put("Content-Type", "application/x-amz-json-1.1");
    headers.put("X-Amz-Target", "AWSEvents.PutEvents");
    headers.put("X-Amz-Date", "20260102T030405Z");
    headers.put("Authorization", AUTHORIZATION);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  @Test
  void answer_hasTheFormOfAwsJson() throws Exception {
    HttpResponse<String> answer = post(BODY);

    String id = bus.received().get(0).eventId();
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"Entries\":[{\"EventId\":\"%s\"}],\"FailedEntryCount\":0}".formatted(id), answer.body());
    assertEquals(
        "application/x-amz-json-1.1", answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(answer.headers().firstValue("x-amzn-RequestId").isPresent());
    assertEquals("2026-01-02T03:04:05Z", bus.received().get(0).event().path("time").asText());
  }

  @Test
  void requests_areKeptWithHeadersAndBody() throws Exception {
    headers.put("User-Agent", "me");

    post(BODY);

    BusRequest request = bus.requests().get(0);
    assertEquals("PutEvents", request.operation());
    assertEquals("me", request.headers().get("user-agent"));
    assertEquals(BODY, request.body());
    assertEquals(200, request.status());
  }

  @Test
  void signature_isRequired() throws Exception {
    headers.remove("Authorization");

    assertError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  @Test
  void signature_isRequiredWhole() throws Exception {
    headers.put("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/x");
    headers.remove("X-Amz-Date");

    assertError(
        400,
        "IncompleteSignatureException",
        "Authorization header requires 'Signature' parameter."
            + " Authorization header requires 'SignedHeaders' parameter."
            + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
            + " Authorization=AWS4-HMAC-SHA256");
  }

  @Test
  void signature_ofAnotherKindIsIncomplete() throws Exception {
    headers.put("Authorization", "Basic dXNlcjpwYXNz");

    assertEquals("IncompleteSignatureException", error(post(BODY)).path("__type").asText());
    assertTrue(!bus.requests().get(0).answer().contains("dXNlcjpwYXNz"));
  }

  @Test
  void signature_isForThisService() throws Exception {
    headers.put("Authorization", AUTHORIZATION.replace("/events/", "/s3/"));

    assertError(
        400,
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'events'. ");
  }

  @Test
  void signature_mayBeFiveMinutesOff() throws Exception {
    for (String near : List.of("20260102T025905Z", "20260102T030905Z")) {
      headers.put("X-Amz-Date", near);
      assertEquals(200, post(BODY).statusCode());
    }
    headers.put("X-Amz-Date", "20260102T025904Z");
    assertError(
        400,
        "InvalidSignatureException",
        "Signature expired: 20260102T025904Z is now earlier than 20260102T025905Z"
            + " (20260102T030405Z - 5 min.)");
    headers.put("X-Amz-Date", "20260102T030906Z");
    assertError(
        400,
        "InvalidSignatureException",
        "Signature not yet current: 20260102T030906Z is still later than 20260102T030905Z"
            + " (20260102T030405Z + 5 min.)");
  }

  @Test
  void otherTargetsAndMethods_areUnknownOperations() throws Exception {
    headers.put("X-Amz-Target", "AWSEvents.PutRule");
    assertError(400, "UnknownOperationException", "");
    headers.put("X-Amz-Target", "DynamoDB_20120810.PutItem");
    assertError(404, "UnknownOperationException", "");
    headers.remove("X-Amz-Target");
    assertError(404, "UnknownOperationException", "");

    HttpResponse<String> get =
        client.send(
            HttpRequest.newBuilder(bus.endpoint()).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(404, get.statusCode());
  }

  @Test
  void bodies_thatAreNoRequestAreRefused() throws Exception {
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{\"Entries\":{}}",
            "{\"Entries\":[1]}",
            "{\"Entries\":[{\"Source\":1}]}",
            "{\"Entries\":[{\"Resources\":\"r\"}]}",
            "{\"Entries\":[{\"Resources\":[1]}]}",
            "{\"Entries\":[{\"Time\":\"yesterday\"}]}",
            "{\"Entries\":[{\"Time\":{}}]}")) {
      HttpResponse<String> answer = post(body);
      assertEquals(400, answer.statusCode(), body);
      assertEquals("SerializationException", error(answer).path("__type").asText(), body);
    }
    assertEquals("ValidationException", error(post("{}")).path("__type").asText());
    assertEquals(List.of(), bus.received());
  }

  @Test
  void bodies_areBoundedByABare413() throws Exception {
    HttpResponse<String> answer = post("x".repeat(LocalBus.MAX_BODY_BYTES + 1));

    assertEquals(413, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(200, post(BODY).statusCode());
  }

  @Test
  void details_nestedTooDeepAreMalformed() throws Exception {
    String deep = "{\\\"a\\\":".repeat(1001) + "1" + "}".repeat(1001);

    String answer = post(BODY.replace("{}", deep)).body();

    assertTrue(answer.contains("MalformedDetail"), answer);
  }

  @Test
  void times_areSecondsOrIso8601() throws Exception {
    String entry = "{\"Time\":%s,\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\"{}\"}";
    for (String time : List.of("1767323045.678", "1767323045", "\"2026-01-02T03:04:05.678Z\"")) {
      post("{\"Entries\":[" + entry.formatted(time) + "]}");
    }

    assertEquals(
        List.of("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        bus.received().stream().map(e -> e.event().path("time").asText()).toList());
  }

  @Test
  void tls_usesTheGivenKey(@TempDir Path folder) throws Exception {
    Path keyStore = TestKeyStore.in(folder);
    try (LocalBus secure =
        LocalBus.builder().clock(() -> NOW).tls(keyStore, TestKeyStore.PASSWORD).start()) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();

      HttpResponse<String> answer = post(trusting, secure, BODY);

      assertEquals("https", secure.endpoint().getScheme());
      assertEquals(200, answer.statusCode());
      assertEquals(1, secure.received().size());
    }
  }

  private static SSLContext trusting(Path keyStore) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, TestKeyStore.PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("bus", keys.getCertificate("bus"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private void assertError(int status, String code, String message) throws Exception {
    HttpResponse<String> answer = post(BODY);
    assertEquals(code, error(answer).path("__type").asText());
    assertEquals(message, error(answer).path("message").asText());
    assertEquals(status, answer.statusCode());
  }

  private static ObjectNode error(HttpResponse<String> answer) {
    return Json.parseObject(answer.body());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post(client, bus, body);
  }

  private HttpResponse<String> post(HttpClient with, LocalBus to, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(to.endpoint());
    headers.forEach(request::header);
    request.POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
    return with.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
