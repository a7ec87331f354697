package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.publish.DeliveryOutcome.Delivered;
import dev.bosky.publish.DeliveryOutcome.Rejected;
import dev.bosky.publish.DeliveryOutcome.Retryable;
import dev.bosky.testing.Events;
import dev.bosky.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

final class EventBridgeSinkTest {
  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration OLD = Duration.ofDays(3);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private PutEventsServer server;
  private EventBridgeSink sink;

  @BeforeEach
  void open() throws IOException {
    server = new PutEventsServer();
    sink = sink(OLD);
  }

  @AfterEach
  void close() {
    sink.close();
    server.close();
  }

  private static Map<String, String> environment(URI endpoint) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    return environment;
  }

  private EventBridgeSink sink(Duration sinceBoot) throws IOException {
    return sink(sinceBoot, environment(server.endpoint()));
  }

  private EventBridgeSink sink(Duration sinceBoot, Map<String, String> environment)
      throws IOException {
    return EventBridgeSink.open(
        AwsSettings.from(environment), "default", DenialPolicy.sinceBoot(() -> sinceBoot), clock);
  }

  private SinkException failure() {
    return failure(sink);
  }

  private static SinkException failure(EventSink sink) {
    return assertThrows(SinkException.class, () -> sink.send(List.of(Events.info("a"))));
  }

  @Test
  void send_putsTheEntryOnTheWireAsItIs() throws IOException {
    Event event =
        new Event(
            "id",
            Kind.MARKER,
            Status.FAIL,
            7,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "my-project",
            "User Data",
            List.of("i-0abc", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc"),
            "my-bus",
            "{\"Message\":\"quote \\\" é 🙂\"}");

    assertEquals(List.of(new Delivered("e-0")), sink.send(List.of(event)));

    PutEventsServer.Request request = server.requests().get(0);
    assertEquals("AWSEvents.PutEvents", request.header("X-amz-target"));
    assertTrue(request.header("Authorization").contains("/eu-west-1/events/aws4_request"));
    JsonNode entry = request.entries().get(0);
    assertEquals(1767323045.678, entry.path("Time").asDouble());
    assertEquals("my-project", entry.path("Source").asText());
    assertEquals("User Data", entry.path("DetailType").asText());
    assertEquals(2, entry.path("Resources").size());
    assertEquals("my-bus", entry.path("EventBusName").asText());
    assertEquals(event.detail(), entry.path("Detail").asText());
  }

  @Test
  void send_looksAtEachEntryOfTheAnswer() throws IOException {
    server.then(
        PutEventsServer.answers(
            200,
            """
            {"FailedEntryCount":4,"Entries":[
              {"EventId":"1"},
              {"ErrorCode":"ThrottlingException","ErrorMessage":"slow down"},
              {"ErrorCode":"InternalFailure","ErrorMessage":"oops"},
              {"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."},
              {"ErrorCode":"InvalidArgument"}]}"""));

    assertEquals(
        List.of(
            new Delivered("1"),
            new Retryable("ThrottlingException", "slow down"),
            new Retryable("InternalFailure", "oops"),
            new Rejected("MalformedDetail", "Detail is malformed."),
            new Rejected("InvalidArgument", "no reason given")),
        sink.send(Events.infos("a", 5)));
  }

  @Test
  void send_neverTakesForDeliveredWhatTheAnswerDoesNotName() throws IOException {
    server.then(PutEventsServer.answers(200, "{\"Entries\":[{\"EventId\":\"1\"},{}]}"));
    List<DeliveryOutcome> outcomes = sink.send(Events.infos("a", 3));

    assertEquals(new Delivered("1"), outcomes.get(0));
    assertInstanceOf(Retryable.class, outcomes.get(1));
    assertInstanceOf(Retryable.class, outcomes.get(2));
  }

  @Test
  void send_answersThatAreNone() {
    server.then(PutEventsServer.answers(200, "<html>Please log in</html>"));
    server.then(PutEventsServer.answers(403, "<html>Forbidden by proxy</html>"));

    assertEquals(SinkException.Cause.UNAVAILABLE, failure().kind());
    SinkException html = failure();
    assertEquals(SinkException.Cause.CONFIGURATION, html.kind());
    assertTrue(html.getMessage().contains("proxy in between"), html.getMessage());
  }

  @Test
  void send_asksOnce_theSdkRetriesNothing() {
    for (int i = 0; i < 5; i++) {
      server.then(PutEventsServer.refuses(500, "InternalFailure", "oops"));
    }

    SinkException e = failure();

    assertEquals(1, server.requests().size());
    assertEquals("EventBridge answered 500 (InternalFailure)", e.getMessage());
    assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
  }

  @Test
  void send_throttledAsAWhole() {
    server.then(PutEventsServer.refuses(400, "ThrottlingException", "Rate exceeded"));

    assertEquals(
        "EventBridge throttles this account (ThrottlingException)", failure().getMessage());
    assertEquals(1, server.requests().size());
  }

  @Test
  void send_deniedIsTriedAgainInTheFirstMinutesOfABoot_thenRejected() throws IOException {
    String text = "User: x is not authorized to perform: events:PutEvents";
    PutEventsServer.Answer whole = PutEventsServer.refuses(400, "AccessDeniedException", text);
    PutEventsServer.Answer entry =
        PutEventsServer.answers(
            200,
            "{\"Entries\":[{\"ErrorCode\":\"AccessDeniedException\",\"ErrorMessage\":\"no\"}]}");
    server.then(whole).then(entry).then(whole).then(entry);

    try (EventBridgeSink young = sink(YOUNG)) {
      SinkException e = failure(young);
      assertEquals(SinkException.Cause.DENIED, e.kind());
      assertEquals("AccessDeniedException: " + text, e.getMessage());
      assertEquals(
          List.of(new Retryable("AccessDeniedException", "no")),
          young.send(List.of(Events.info("a"))));
    }
    assertEquals(
        List.of(
            new Rejected("AccessDeniedException", text),
            new Rejected("AccessDeniedException", text)),
        sink.send(Events.infos("a", 2)));
    assertEquals(
        List.of(new Rejected("AccessDeniedException", "no")), sink.send(List.of(Events.info("a"))));
  }

  @Test
  void mayPass_untilTheGraceIsOver() {
    Duration grace = DenialPolicy.DEFAULT_GRACE;

    assertTrue(DenialPolicy.sinceBoot(() -> grace.minusNanos(1)).mayPass());
    assertFalse(DenialPolicy.sinceBoot(() -> grace).mayPass());
  }

  @Test
  void send_tooMuchAsAWholeIsSentInParts_untilTheOneAtFaultStandsAlone() throws IOException {
    PutEventsServer.Answer picky =
        (exchange, request) -> {
          boolean bad =
              request.entries().stream().anyMatch(e -> e.path("Detail").asText().contains("a-6"));
          if (bad) {
            PutEventsServer.refuses(400, "ValidationException", "too large")
                .give(exchange, request);
          } else {
            PutEventsServer.takes().give(exchange, request);
          }
        };
    IntStream.range(0, 20).forEach(i -> server.then(picky));

    List<DeliveryOutcome> outcomes = sink.send(Events.infos("a", 10));

    for (int i = 0; i < 10; i++) {
      Class<?> expected = i == 5 ? Rejected.class : Delivered.class;
      assertInstanceOf(expected, outcomes.get(i), "entry " + i);
    }
    assertTrue(server.requests().size() <= 10, "requests: " + server.requests().size());
  }

  @Test
  void send_aBare413IsTreatedAlike() throws IOException {
    server.then(PutEventsServer.answers(413, ""));
    assertEquals(2, sink.send(Events.infos("a", 2)).size());
    assertEquals(3, server.requests().size());

    server.then(PutEventsServer.answers(413, ""));
    assertEquals(
        List.of(new Rejected("HTTP 413", "no reason given")), sink.send(List.of(Events.info("b"))));
  }

  @Test
  void send_whatTheFirstHalfGotIsNotForgottenWhenTheSecondFails() throws IOException {
    server
        .then(PutEventsServer.refuses(400, "ValidationException", "too large"))
        .then(PutEventsServer.takes())
        .then(PutEventsServer.refuses(500, "InternalFailure", "oops"));

    List<DeliveryOutcome> outcomes = sink.send(Events.infos("a", 2));

    assertInstanceOf(Delivered.class, outcomes.get(0));
    assertInstanceOf(Retryable.class, outcomes.get(1));
  }

  @Test
  void send_anEntryAtTheLimitGoes_onePastItIsRejectedAndDoesNotHoldTheOthersBack()
      throws IOException {
    Event at = Events.ofSize("at", EventBridgeLimits.MAX_REQUEST_BYTES);
    Event past = Events.ofSize("past", EventBridgeLimits.MAX_REQUEST_BYTES + 1);

    assertInstanceOf(Delivered.class, sink.send(List.of(at)).get(0));
    List<DeliveryOutcome> outcomes = sink.send(List.of(Events.info("a"), past, Events.info("b")));

    assertInstanceOf(Delivered.class, outcomes.get(0));
    assertEquals(
        new Rejected("EntryTooLarge", "the entry is 1000000 bytes long, EventBridge takes 999999"),
        outcomes.get(1));
    assertInstanceOf(Delivered.class, outcomes.get(2));
    assertEquals(2, server.requests().size());
  }

  @Test
  void send_expiredCredentialsAreFetchedAnew() throws IOException {
    AtomicInteger fetched = new AtomicInteger();
    EventBridgeSink refreshing =
        EventBridgeSink.open(
            AwsSettings.from(environment(server.endpoint())),
            "default",
            DenialPolicy.sinceBoot(() -> OLD),
            () -> {
              AwsBasicCredentials keys =
                  AwsBasicCredentials.create("AKID" + fetched.incrementAndGet(), "secret");
              return () -> keys;
            },
            clock,
            EventBridgeClients.Timeouts.DEFAULT);
    server.then(PutEventsServer.refuses(400, "ExpiredTokenException", "expired"));

    List<DeliveryOutcome> outcomes = refreshing.send(List.of(Events.info("a")));
    refreshing.close();

    assertEquals(List.of(new Delivered("e-0")), outcomes);
    assertTrue(server.requests().get(0).header("Authorization").contains("AKID1/"));
    assertTrue(server.requests().get(1).header("Authorization").contains("AKID2/"));
  }

  @Test
  void send_credentialsThatStayExpiredAreTold() {
    server.then(PutEventsServer.refuses(400, "ExpiredTokenException", "expired"));
    server.then(PutEventsServer.refuses(400, "ExpiredTokenException", "expired"));

    SinkException e = failure();

    assertEquals(SinkException.Cause.CREDENTIALS, e.kind());
    assertEquals("the AWS credentials have expired, and no newer ones were found", e.getMessage());
    assertEquals(2, server.requests().size());
  }

  @Test
  void send_wrongCredentials() {
    server.then(
        PutEventsServer.refuses(
            400,
            "UnrecognizedClientException",
            "The security token included in the request is invalid."));
    server.then(
        PutEventsServer.refuses(
            400,
            "InvalidSignatureException",
            "The request signature we calculated does not match"));

    assertEquals(
        "AWS does not know these credentials (UnrecognizedClientException): check the access key,"
            + " and that it belongs to this partition",
        failure().getMessage());
    assertEquals(
        "AWS refuses the signature (InvalidSignatureException): the secret key does not belong to"
            + " the access key",
        failure().getMessage());
  }

  @Test
  void send_noCredentials() throws IOException {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
    EventBridgeSink without =
        EventBridgeSink.open(
            AwsSettings.from(environment(server.endpoint())),
            "default",
            DenialPolicy.sinceBoot(() -> OLD),
            () -> none,
            clock,
            EventBridgeClients.Timeouts.DEFAULT);

    SinkException e = failure(without);
    without.close();

    assertEquals(SinkException.Cause.CREDENTIALS, e.kind());
    assertTrue(e.getMessage().startsWith("no AWS credentials found"), e.getMessage());
    assertEquals(0, server.requests().size());
  }

  @Test
  void send_aClockThatIsWrongIsPutRightByTheServicesTime_orTold() throws IOException {
    String skewed =
        RawServer.answer(
            "400 Bad Request",
            "Date: Fri, 02 Jan 2026 02:34:05 GMT",
            "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature not yet current\"}");
    String taken = RawServer.answer("200 OK", "X: y", "{\"Entries\":[{\"EventId\":\"1\"}]}");
    try (RawServer raw = new RawServer(skewed, taken, skewed, skewed);
        EventBridgeSink wrong = sink(OLD, environment(raw.endpoint()))) {
      assertEquals(List.of(new Delivered("1")), wrong.send(List.of(Events.info("a"))));
      assertTrue(
          raw.requests().get(1).contains("x-amz-date: 20260102t0234"),
          "signed with the service's time: " + raw.requests().get(1));

      SinkException e = failure(wrong);
      assertEquals(SinkException.Cause.CLOCK, e.kind());
      assertEquals(
          "this machine's clock is wrong by about 30 minutes (it is ahead), so AWS refuses what it"
              + " signs (InvalidSignatureException): set the clock",
          e.getMessage());
    }
  }

  @Test
  void send_unknownHost() throws IOException {
    URI nowhere = URI.create("http://events.no-such-host.invalid:1234");
    try (EventBridgeSink lost = sink(OLD, environment(nowhere))) {
      SinkException e = failure(lost);

      assertEquals(SinkException.Cause.UNREACHABLE, e.kind());
      assertEquals(
          "host events.no-such-host.invalid is not known: check the Region, the endpoint, the proxy"
              + " and the DNS",
          e.getMessage());
    }
  }

  @Test
  void send_nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI closed = URI.create("http://127.0.0.1:" + port);
    try (EventBridgeSink refused = sink(OLD, environment(closed))) {
      SinkException e = failure(refused);

      assertEquals(SinkException.Cause.UNREACHABLE, e.kind());
      assertTrue(e.getMessage().startsWith("no connection to " + closed), e.getMessage());
    }
  }

  @Test
  void send_aConnectionCutInTheMiddleIsNotAskedTwice() {
    server.then((exchange, request) -> exchange.close());

    assertEquals(SinkException.Cause.UNAVAILABLE, failure().kind());
    assertEquals(1, server.requests().size());
  }

  @Test
  void send_anAnswerThatDoesNotComeIsGivenUp() throws IOException, InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    server.then(
        (exchange, request) -> {
          try {
            over.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    Duration most = Duration.ofMillis(200);
    AwsSettings settings = AwsSettings.from(environment(server.endpoint()));
    try (EventBridgeSink impatient =
        EventBridgeSink.open(
            settings,
            "default",
            DenialPolicy.sinceBoot(() -> OLD),
            () -> EventBridgeClients.credentials(settings),
            clock,
            new EventBridgeClients.Timeouts(most, most, Duration.ofSeconds(10)))) {
      SinkException e = failure(impatient);

      assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
      assertEquals("no answer from " + server.endpoint() + " in time", e.getMessage());
    } finally {
      over.countDown();
    }
    assertEquals(1, server.requests().size());
  }

  @Test
  void send_goesThroughTheProxy() throws IOException {
    Map<String, String> environment = environment(URI.create("http://events.example.invalid"));
    String taken = RawServer.answer("200 OK", "X: y", "{\"Entries\":[{\"EventId\":\"1\"}]}");
    try (RawServer proxy = new RawServer(taken)) {
      environment.put("http_proxy", proxy.endpoint().toString());
      try (EventBridgeSink through = sink(OLD, environment)) {
        assertEquals(List.of(new Delivered("1")), through.send(List.of(Events.info("a"))));
      }
      assertTrue(
          proxy.requests().get(0).startsWith("post http://events.example.invalid/ "),
          proxy.requests().get(0));
    }
  }

  @Test
  void send_theSameTroubleGivesTheSameSentence() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      server.then(
          (exchange, request) -> {
            exchange.getResponseHeaders().set("x-amzn-RequestId", "id-" + server.requests().size());
            PutEventsServer.refuses(503, "ServiceUnavailable", "").give(exchange, request);
          });
      sentences.add(failure().getMessage());
    }

    assertEquals(sentences.get(0), sentences.get(1));
  }

  @Test
  void open_withoutARegion() {
    Map<String, String> environment = environment(server.endpoint());
    environment.remove("AWS_REGION");

    SinkException e = assertThrows(SinkException.class, () -> sink(OLD, environment));

    assertEquals("no Region: give --region or set AWS_REGION", e.getMessage());
    assertEquals(SinkException.Cause.CONFIGURATION, e.kind());
  }

  @Test
  void open_refusesABusOfAnotherRegion() throws IOException {
    AwsSettings settings = AwsSettings.from(environment(server.endpoint()));
    DenialPolicy denials = DenialPolicy.sinceBoot(() -> OLD);
    String ours = "arn:aws:events:eu-west-1:123456789012:event-bus/mine";
    String theirs = "arn:aws:events:us-east-1:123456789012:event-bus/mine";

    EventBridgeSink.open(settings, ours, denials, clock).close();
    SinkException other =
        assertThrows(
            SinkException.class, () -> EventBridgeSink.open(settings, theirs, denials, clock));
    SinkException none =
        assertThrows(
            SinkException.class, () -> EventBridgeSink.open(settings, "my bus", denials, clock));

    assertEquals(
        "bus "
            + theirs
            + " is in Region us-east-1, but events are sent to Region eu-west-1: give --region"
            + " us-east-1, or a bus of eu-west-1",
        other.getMessage());
    assertTrue(none.getMessage().contains("found \"my bus\""), none.getMessage());
  }
}
