package dev.bosky.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.BusClients;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** The bus as the AWS SDK's client sees it. */
class LocalBusTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final PutEventsRequestEntry ENTRY =
      PutEventsRequestEntry.builder()
          .time(Instant.parse("2026-01-02T03:04:05.678Z"))
          .source("my-project")
          .resources("i-0abc", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc")
          .detailType("User Data")
          .detail("{\"Status\":[\"info\"], \"Status\" : \"info\",\"Message\":\"héllo 🚀\"}")
          .build();

  private LocalBus bus;
  private EventBridgeClient client;

  private void start(LocalBusBuilder settings) throws IOException {
    bus = settings.start();
    client = BusClients.of(bus);
  }

  @AfterEach
  void stop() {
    client.close();
    bus.close();
  }

  @Test
  void putEvents_makesTheEventThatRulesSee() throws Exception {
    start(LocalBus.builder());

    String id = put(ENTRY).get(0).eventId();

    ReceivedEvent event = bus.received().get(0);
    assertEquals(
        Json.parseObject(
            """
            {"version": "0", "id": "%s", "detail-type": "User Data", "source": "my-project",
             "account": "123456789012", "time": "2026-01-02T03:04:05Z", "region": "eu-west-1",
             "resources": ["i-0abc", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc"],
             "detail": {"Status": "info", "Message": "héllo 🚀"}}"""
                .formatted(id)),
        event.event());
    assertEquals(ENTRY.detail(), event.detailText());
    assertEquals("default", event.bus());
    assertTrue(event.busKnown());
  }

  @Test
  void putEvents_tellsTheRulesMet() throws Exception {
    start(
        LocalBus.builder()
            .rules(
                RuleSet.of(
                    Map.of(
                        "all",
                        "{\"detail-type\":[\"User Data\"]}",
                        "info",
                        """
                        {"source":["my-project"],"detail-type":["User Data"],"detail":{"Status":["info"]}}
                        """,
                        "fail",
                        "{\"detail\":{\"Status\":[\"fail\"]}}"))));

    put(ENTRY);
    put(ENTRY.toBuilder().source("other").detail("{\"Status\":\"fail\"}").build());
    put(ENTRY.toBuilder().detailType("Other").build());

    assertEquals(
        List.of(List.of("all", "info"), List.of("all", "fail"), List.of()),
        bus.received().stream().map(e -> e.rules().stream().sorted().toList()).toList());
  }

  @Test
  void putEvents_answersForAnUnknownBusAndDropsTheEvent() throws Exception {
    start(
        LocalBus.builder()
            .buses("ops")
            .rules(RuleSet.of(Map.of("all", "{\"detail-type\":[\"User Data\"]}"))));

    for (String name :
        List.of("typo", "ops", "arn:aws:events:eu-west-1:123456789012:event-bus/ops")) {
      assertNull(put(ENTRY.toBuilder().eventBusName(name).build()).get(0).errorCode());
    }

    List<ReceivedEvent> events = bus.received();
    assertEquals(List.of("typo", "ops", "ops"), events.stream().map(ReceivedEvent::bus).toList());
    assertFalse(events.get(0).busKnown());
    assertEquals(List.of(), events.get(0).rules());
    assertTrue(events.get(1).busKnown());
    assertEquals(List.of("all"), events.get(2).rules());
  }

  @Test
  void putEvents_refusesEntriesOneByOne() throws Exception {
    start(LocalBus.builder());

    PutEventsResponse answer =
        client.putEvents(
            r ->
                r.entries(
                    ENTRY.toBuilder().source(null).build(),
                    ENTRY.toBuilder().detailType("").build(),
                    ENTRY,
                    ENTRY.toBuilder().detail(null).build(),
                    ENTRY.toBuilder().detail("[]").build(),
                    ENTRY.toBuilder().detail("{\"a\":1} x").build(),
                    ENTRY.toBuilder().source("aws.ec2").build()));

    assertEquals(6, answer.failedEntryCount());
    assertEquals(
        List.of(
            "InvalidArgument: Parameter Source is not valid. Reason: Source is a required argument.",
            "InvalidArgument: Parameter DetailType is not valid. Reason: DetailType is a required argument.",
            "null: null",
            "InvalidArgument: Parameter Detail is not valid. Reason: Detail is a required argument.",
            "MalformedDetail: Detail is malformed.",
            "MalformedDetail: Detail is malformed.",
            "NotAuthorizedForSourceException: Not authorized for the source."),
        answer.entries().stream().map(e -> e.errorCode() + ": " + e.errorMessage()).toList());
    assertEquals(1, bus.received().size());
  }

  @Test
  void putEvents_takesTenEntriesAndRefusesEleven() throws Exception {
    start(LocalBus.builder());

    assertEquals(10, put(Collections.nCopies(10, ENTRY)).size());
    AwsServiceException e =
        assertThrows(AwsServiceException.class, () -> put(Collections.nCopies(11, ENTRY)));

    assertError(400, "ValidationException", e);
    assertTrue(
        e.awsErrorDetails()
            .errorMessage()
            .endsWith(
                "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10"));
    assertError(
        400, "ValidationException", assertThrows(AwsServiceException.class, () -> put(List.of())));
    assertEquals(10, bus.received().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {LocalBusBuilder.MAX_REQUEST_BYTES, LocalBusBuilder.OLD_MAX_REQUEST_BYTES})
  void putEvents_countsBytesAsEventBridgeDoes(int limit) throws Exception {
    start(LocalBus.builder().maxRequestBytes(limit));
    // 14 for the time, "é" is two bytes; the bus's name is free.
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .time(Instant.EPOCH)
            .source("é")
            .detailType("t")
            .resources("r1", "r2")
            .eventBusName("default")
            .build();
    int rest = limit - 14 - 2 - 1 - 4;

    put(entry.toBuilder().detail(detail(rest)).build());
    AwsServiceException e =
        assertThrows(
            AwsServiceException.class,
            () -> put(entry.toBuilder().detail(detail(rest + 1)).build()));

    assertError(400, "ValidationException", e);
    assertEquals(
        "Total size of the entries in the request is over the limit.",
        e.awsErrorDetails().errorMessage());
    assertEquals(1, bus.received().size());
  }

  private static String detail(int bytes) {
    return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
  }

  @Test
  void putEvents_refusesAnUnknownKeyId() throws Exception {
    start(LocalBus.builder().accessKeyId("AKIDOTHER"));

    AwsServiceException e = assertThrows(AwsServiceException.class, () -> put(ENTRY));

    assertError(400, "UnrecognizedClientException", e);
    assertEquals(List.of(), bus.received());
  }

  @Test
  void putEvents_takesTheKnownKeyId() throws Exception {
    start(LocalBus.builder().accessKeyId("AKIDEXAMPLE"));

    assertEquals(1, put(ENTRY).size());
  }

  @Test
  void putEvents_refusesASignatureOfAnotherTime() throws Exception {
    start(LocalBus.builder().clock(() -> Instant.now().plusSeconds(600)));

    AwsServiceException e = assertThrows(AwsServiceException.class, () -> put(ENTRY));

    assertError(400, "InvalidSignatureException", e);
    assertTrue(e.awsErrorDetails().errorMessage().startsWith("Signature expired: "));
  }

  @Test
  void describeEventBus_findsOnlyKnownBuses() throws Exception {
    start(LocalBus.builder().buses("ops"));

    assertEquals("default", client.describeEventBus(r -> {}).name());
    assertEquals(
        "arn:aws:events:eu-west-1:123456789012:event-bus/ops",
        client.describeEventBus(r -> r.name("ops")).arn());
    ResourceNotFoundException e =
        assertThrows(
            ResourceNotFoundException.class, () -> client.describeEventBus(r -> r.name("typo")));
    assertEquals("Event bus typo does not exist.", e.awsErrorDetails().errorMessage());
  }

  @Test
  void otherOperations_areUnknown() throws Exception {
    start(LocalBus.builder());

    assertError(
        400,
        "UnknownOperationException",
        assertThrows(AwsServiceException.class, () -> client.listRules(r -> {})));
  }

  @Test
  void faults_comeInTheirOrderAndThenNoMore() throws Exception {
    start(LocalBus.builder());
    bus.faults(Fault.throttled(), Fault.internalFailure(), Fault.expiredToken());
    bus.faults(Fault.clockSkew(), Fault.accessDenied(), Fault.bare(413));

    assertError(400, "ThrottlingException", refused());
    assertError(500, "InternalFailure", refused());
    assertError(400, "ExpiredTokenException", refused());
    assertError(403, "InvalidSignatureException", refused());
    assertError(400, "AccessDeniedException", refused());
    assertEquals(413, refused().statusCode());
    put(ENTRY);

    assertEquals(
        List.of(400, 500, 400, 403, 400, 413, 200),
        bus.requests().stream().map(BusRequest::status).toList());
    assertEquals(1, bus.received().size());
  }

  @Test
  void always_lastsUntilHealed() throws Exception {
    start(LocalBus.builder());
    bus.always(Fault.throttled()).faults(Fault.internalFailure());

    assertError(500, "InternalFailure", refused());
    assertError(400, "ThrottlingException", refused());
    assertError(400, "ThrottlingException", refused());
    bus.heal();

    assertEquals(1, put(ENTRY).size());
  }

  @Test
  void failEntries_refusesThoseAndTakesTheOthers() throws Exception {
    start(LocalBus.builder());
    bus.faults(Fault.throttledEntries(0, 2));

    PutEventsResponse answer = client.putEvents(r -> r.entries(ENTRY, ENTRY, ENTRY));

    assertEquals(2, answer.failedEntryCount());
    assertEquals("ThrottlingException", answer.entries().get(0).errorCode());
    assertEquals("ThrottlingException", answer.entries().get(2).errorCode());
    assertEquals(answer.entries().get(1).eventId(), bus.received().get(0).eventId());
    assertEquals(1, bus.received().size());
  }

  @Test
  void hangUp_leavesTheClientInDoubtWhetherItWasTaken() throws Exception {
    start(LocalBus.builder());
    // Java's own client repeats a request by itself where a kept connection turns out to be closed.
    bus.always(new Fault.HangUpBefore());
    assertThrows(SdkClientException.class, () -> put(ENTRY));
    assertEquals(List.of(), bus.received());

    bus.heal().always(new Fault.HangUpAfter());
    assertThrows(SdkClientException.class, () -> put(ENTRY));
    assertFalse(bus.received().isEmpty());
  }

  @Test
  void slow_answersLateOrWhenClosed() throws Exception {
    start(LocalBus.builder());
    bus.faults(new Fault.Slow(Duration.ofMillis(50)), new Fault.Slow(Duration.ofHours(1)));

    long before = System.nanoTime();
    put(ENTRY);
    assertTrue(System.nanoTime() - before >= 50_000_000);

    Thread closer = new Thread(bus::close);
    Thread waiting = new Thread(() -> assertThrows(SdkClientException.class, () -> put(ENTRY)));
    waiting.start();
    closer.start();
    waiting.join(LONG.toMillis());
    assertFalse(waiting.isAlive());
  }

  @Test
  void eventIds_areNewAtEachTry() throws Exception {
    start(LocalBus.builder());

    assertNotEquals(put(ENTRY).get(0).eventId(), put(ENTRY).get(0).eventId());
  }

  @Test
  void awaitEvents_returnsOnceTheyAreThereAndTellsWhatCameOtherwise() throws Exception {
    start(LocalBus.builder());
    Thread sender =
        new Thread(
            () -> {
              put(ENTRY);
              put(ENTRY);
            });
    sender.start();

    assertEquals(2, bus.awaitEvents(2, LONG).size());
    assertEquals(2, bus.awaitRequests(2, LONG).size());
    TimeoutException e =
        assertThrows(TimeoutException.class, () -> bus.awaitEvents(3, Duration.ZERO));
    assertTrue(e.getMessage().contains("my-project"), e.getMessage());
    sender.join();
  }

  @Test
  void received_isBoundedAndTheRestCounted() throws Exception {
    start(LocalBus.builder().maxKeptBytes(100_000));
    for (int i = 1; i <= 20; i++) {
      put(
          ENTRY.toBuilder()
              .detail("{\"n\":%d,\"a\":\"%s\"}".formatted(i, "x".repeat(5_000)))
              .build());
    }

    List<ReceivedEvent> kept = bus.received();
    assertTrue(kept.size() >= 5 && kept.size() < 20, "" + kept.size());
    assertEquals(20, kept.size() + bus.forgotten());
    assertEquals(20, kept.get(kept.size() - 1).detail().path("n").asInt());
  }

  private List<PutEventsResultEntry> put(PutEventsRequestEntry entry) {
    return put(List.of(entry));
  }

  private List<PutEventsResultEntry> put(List<PutEventsRequestEntry> entries) {
    return client.putEvents(r -> r.entries(entries)).entries();
  }

  private AwsServiceException refused() {
    return assertThrows(AwsServiceException.class, () -> put(ENTRY));
  }

  private static void assertError(int status, String code, AwsServiceException e) {
    assertEquals(code, e.awsErrorDetails().errorCode());
    assertEquals(status, e.statusCode());
  }
}
