package dev.bosky.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.BusRequest;
import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
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
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkClientException;

final class EventBridgeSinkTest {
  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration OLD = Duration.ofDays(3);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private LocalBus bus;
  private EventBridgeSink sink;

  @BeforeEach
  void open() throws IOException {
    bus = LocalBus.builder().start();
    sink = sink(OLD);
  }

  @AfterEach
  void close() {
    sink.close();
    bus.close();
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
    return sink(sinceBoot, environment(bus.endpoint()));
  }

  private EventBridgeSink sink(Duration sinceBoot, Map<String, String> environment)
      throws IOException {
    return EventBridgeSink.open(
        AwsSettings.from(environment), "default", DenialPolicy.sinceBoot(() -> sinceBoot), clock);
  }

  private SinkException failure() {
    return failure(sink);
  }

  /** An answer with status 200 and this body, whatever the request. */
  private static String ok(String body) {
    return RawServer.answer("200 OK", "X: y", body);
  }

  /** What a sink gets that is answered like this. */
  private List<DeliveryOutcome> answered(int events, String answer) throws IOException {
    try (RawServer raw = new RawServer(answer);
        EventBridgeSink other = sink(OLD, environment(raw.endpoint()))) {
      return other.send(Events.infos("a", events));
    }
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

    DeliveryOutcome outcome = sink.send(List.of(event)).get(0);

    ReceivedEvent received = bus.received().get(0);
    assertEquals(new Delivered(received.eventId()), outcome);
    assertEquals("my-project", received.source());
    assertEquals("User Data", received.detailType());
    assertEquals("my-bus", received.bus());
    assertEquals(event.detail(), received.detailText());
    assertEquals(2, received.event().path("resources").size());
    BusRequest request = bus.requests().get(0);
    assertTrue(request.body().contains("1767323045.678"), request.body());
    assertTrue(request.headers().get("Authorization").contains("/eu-west-1/events/aws4_request"));
  }

  @Test
  void send_looksAtEachEntryOfTheAnswer() throws IOException {
    String answer =
        """
        {"FailedEntryCount":4,"Entries":[
          {"EventId":"1"},
          {"ErrorCode":"ThrottlingException","ErrorMessage":"slow down"},
          {"ErrorCode":"InternalFailure","ErrorMessage":"oops"},
          {"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."},
          {"ErrorCode":"InvalidArgument"}]}""";

    assertEquals(
        List.of(
            new Delivered("1"),
            new Retryable("ThrottlingException", "slow down"),
            new Retryable("InternalFailure", "oops"),
            new Rejected("MalformedDetail", "Detail is malformed."),
            new Rejected("InvalidArgument", "no reason given")),
        answered(5, ok(answer)));
  }

  @Test
  void send_neverTakesForDeliveredWhatTheAnswerDoesNotName() throws IOException {
    List<DeliveryOutcome> outcomes = answered(3, ok("{\"Entries\":[{\"EventId\":\"1\"},{}]}"));

    assertEquals(new Delivered("1"), outcomes.get(0));
    assertInstanceOf(Retryable.class, outcomes.get(1));
    assertInstanceOf(Retryable.class, outcomes.get(2));
  }

  @Test
  void send_answersThatAreNone() {
    SinkException page =
        assertThrows(SinkException.class, () -> answered(1, ok("<html>Please log in</html>")));
    SinkException proxy =
        assertThrows(
            SinkException.class,
            () -> answered(1, RawServer.answer("403 Forbidden", "X: y", "<html>No</html>")));

    assertEquals(SinkException.Cause.UNAVAILABLE, page.kind());
    assertEquals(SinkException.Cause.CONFIGURATION, proxy.kind());
    assertTrue(proxy.getMessage().contains("proxy in between"), proxy.getMessage());
  }

  @Test
  void send_asksOnce_theSdkRetriesNothing() {
    bus.always(Fault.internalFailure());

    SinkException e = failure();

    assertEquals(1, bus.requests().size());
    assertEquals("EventBridge answered 500 (InternalFailure)", e.getMessage());
    assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
  }

  @Test
  void send_throttledAsAWhole() {
    bus.always(Fault.throttled());

    assertEquals(
        "EventBridge throttles this account (ThrottlingException)", failure().getMessage());
    assertEquals(1, bus.requests().size());
  }

  @Test
  void send_deniedIsTriedAgainInTheFirstMinutesOfABoot_thenRejected() throws IOException {
    Fault whole = new Fault.Refuse(400, "AccessDeniedException", "not authorized");
    Fault entry = Fault.failedEntries("AccessDeniedException", "no", 0);
    bus.faults(whole, entry, whole, entry);

    try (EventBridgeSink young = sink(YOUNG)) {
      SinkException e = failure(young);
      assertEquals(SinkException.Cause.DENIED, e.kind());
      assertEquals("AccessDeniedException: not authorized", e.getMessage());
      assertEquals(
          List.of(new Retryable("AccessDeniedException", "no")),
          young.send(List.of(Events.info("a"))));
    }
    Rejected rejected = new Rejected("AccessDeniedException", "not authorized");
    assertEquals(List.of(rejected, rejected), sink.send(Events.infos("a", 2)));
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
    // A service whose limit is still the old one, say.
    try (LocalBus strict = LocalBus.builder().maxRequestBytes(3_000).start();
        EventBridgeSink other = sink(OLD, environment(strict.endpoint()))) {
      List<Event> events = new ArrayList<>(Events.infos("a", 10));
      events.set(5, Events.ofSize("large", 3_001));

      List<DeliveryOutcome> outcomes = other.send(events);

      for (int i = 0; i < 10; i++) {
        Class<?> expected = i == 5 ? Rejected.class : Delivered.class;
        assertInstanceOf(expected, outcomes.get(i), "entry " + i);
      }
      assertEquals(9, strict.received().size());
      assertTrue(strict.requests().size() <= 10, "requests: " + strict.requests().size());
    }
  }

  @Test
  void send_aBare413IsTreatedAlike() throws IOException {
    bus.faults(Fault.bare(413));
    assertEquals(2, sink.send(Events.infos("a", 2)).size());
    assertEquals(2, bus.received().size());

    bus.faults(Fault.bare(413));
    assertEquals(
        List.of(new Rejected("HTTP 413", "no reason given")), sink.send(List.of(Events.info("b"))));
  }

  @Test
  void send_whatTheFirstHalfGotIsNotForgottenWhenTheSecondFails() throws IOException {
    bus.faults(Fault.bare(413), new Fault.Slow(Duration.ZERO), Fault.internalFailure());

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
    assertEquals(2, bus.requests().size());
  }

  @Test
  void send_expiredCredentialsAreFetchedAnew() throws IOException {
    AtomicInteger fetched = new AtomicInteger();
    EventBridgeSink refreshing =
        EventBridgeSink.open(
            AwsSettings.from(environment(bus.endpoint())),
            "default",
            DenialPolicy.sinceBoot(() -> OLD),
            () -> {
              AwsBasicCredentials keys =
                  AwsBasicCredentials.create("AKID" + fetched.incrementAndGet(), "secret");
              return () -> keys;
            },
            clock,
            EventBridgeClients.Timeouts.DEFAULT);
    bus.faults(Fault.expiredToken());

    List<DeliveryOutcome> outcomes = refreshing.send(List.of(Events.info("a")));
    refreshing.close();

    assertInstanceOf(Delivered.class, outcomes.get(0));
    assertTrue(bus.requests().get(0).headers().get("Authorization").contains("AKID1/"));
    assertTrue(bus.requests().get(1).headers().get("Authorization").contains("AKID2/"));
  }

  @Test
  void send_credentialsThatStayExpiredAreTold() {
    bus.faults(Fault.expiredToken());
    bus.faults(Fault.expiredToken());

    SinkException e = failure();

    assertEquals(SinkException.Cause.CREDENTIALS, e.kind());
    assertEquals("the AWS credentials have expired, and no newer ones were found", e.getMessage());
    assertEquals(2, bus.requests().size());
  }

  @Test
  void send_wrongCredentials() {
    bus.faults(
        new Fault.Refuse(400, "UnrecognizedClientException", "The security token is invalid."),
        new Fault.Refuse(400, "InvalidSignatureException", "The signature does not match"));

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
            AwsSettings.from(environment(bus.endpoint())),
            "default",
            DenialPolicy.sinceBoot(() -> OLD),
            () -> none,
            clock,
            EventBridgeClients.Timeouts.DEFAULT);

    SinkException e = failure(without);
    without.close();

    assertEquals(SinkException.Cause.CREDENTIALS, e.kind());
    assertTrue(e.getMessage().startsWith("no AWS credentials found"), e.getMessage());
    assertEquals(0, bus.requests().size());
  }

  @Test
  void send_aClockThatIsWrongIsPutRightByTheServicesTime_orTold() throws IOException {
    String skewed =
        RawServer.answer(
            "400 Bad Request",
            "Date: Fri, 02 Jan 2026 02:34:05 GMT",
            "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature not yet current\"}");
    String taken = ok("{\"Entries\":[{\"EventId\":\"1\"}]}");
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
    } finally {
      // The SDK keeps what it learned of the time for the whole process.
      SdkGlobalTime.setGlobalTimeOffset(0);
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
    bus.faults(new Fault.HangUpAfter());

    SinkException e = failure();

    assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
    assertEquals(
        "no usable answer from " + bus.endpoint() + ": Unexpected end of file from server",
        e.getMessage());
    assertEquals(1, bus.requests().size());
  }

  @Test
  void send_anAnswerThatDoesNotComeIsGivenUp() throws IOException {
    bus.faults(new Fault.Slow(Duration.ofMinutes(1)));
    Duration most = Duration.ofMillis(200);
    AwsSettings settings = AwsSettings.from(environment(bus.endpoint()));
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
      assertEquals("no answer from " + bus.endpoint() + " in time", e.getMessage());
    }
  }

  @Test
  void send_anAnswerThatDripsIsGivenUp() throws IOException {
    // Each byte comes within the time for one; the whole never would.
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread dripping = new Thread(() -> drip(socket), "dripping");
      dripping.start();
      AwsSettings settings =
          AwsSettings.from(environment(URI.create("http://127.0.0.1:" + socket.getLocalPort())));
      Duration ample = Duration.ofSeconds(20);
      try (EventBridgeSink impatient =
          EventBridgeSink.open(
              settings,
              "default",
              DenialPolicy.sinceBoot(() -> OLD),
              () -> EventBridgeClients.credentials(settings),
              clock,
              new EventBridgeClients.Timeouts(ample, ample, Duration.ofMillis(300)))) {
        SinkException e = failure(impatient);

        assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
        assertTrue(e.getMessage().endsWith(" in time"), e.getMessage());
      }
    }
  }

  /** Answers with a header that has no end. */
  private static void drip(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
      while (true) {
        client.getOutputStream().write("X-Wait: a little\r\n".getBytes(US_ASCII));
        client.getInputStream().read();
      }
    } catch (IOException e) {
      // The caller has given up.
    }
  }

  @Test
  void send_goesThroughTheProxy() throws IOException {
    Map<String, String> environment = environment(URI.create("http://events.example.invalid"));
    String taken = ok("{\"Entries\":[{\"EventId\":\"1\"}]}");
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
    bus.always(new Fault.Refuse(503, "ServiceUnavailable", ""));

    assertEquals(failure().getMessage(), failure().getMessage());
  }

  @Test
  void open_withoutARegion() {
    Map<String, String> environment = environment(bus.endpoint());
    environment.remove("AWS_REGION");

    SinkException e = assertThrows(SinkException.class, () -> sink(OLD, environment));

    assertEquals("no Region: give --region or set AWS_REGION", e.getMessage());
    assertEquals(SinkException.Cause.CONFIGURATION, e.kind());
  }

  @Test
  void open_refusesABusOfAnotherRegion() throws IOException {
    AwsSettings settings = AwsSettings.from(environment(bus.endpoint()));
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
