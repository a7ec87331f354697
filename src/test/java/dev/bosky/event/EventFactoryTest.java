package dev.bosky.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.identity.InstanceIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventFactoryTest {
  private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456789Z");
  private static final InstanceIdentity INSTANCE =
      new InstanceIdentity(
          Optional.of("i-0abc"),
          Optional.of("us-gov-west-1"),
          Optional.of("us-gov-west-1a"),
          Optional.of("123456789012"),
          Optional.of("t3.small"),
          Optional.empty(),
          Optional.of("ip-10-0-0-1"),
          Optional.empty(),
          Map.of("team", "from-the-tag"));

  private final EventFactory factory = new EventFactory(EventSettings.of("my-project", "1.0.0"));

  @Test
  void finish_isTheSameBytesForTheSameDraft() {
    Draft draft = marker("package foo-bar is not in any repository");

    Event once = factory.finish(draft, INSTANCE, "boot-1");
    Event again = factory.finish(Draft.fromJson(draft.toJson()), INSTANCE, "boot-1");

    assertEquals(once, again);
    assertEquals(32, once.id().length());
  }

  @Test
  void finish_givesAnotherIdForAnotherBootInstanceOrKey() {
    Event event = factory.finish(marker("text"), INSTANCE, "boot-1");

    assertNotEquals(event.id(), factory.finish(marker("text"), INSTANCE, "boot-2").id());
    assertNotEquals(
        event.id(), factory.finish(marker("text"), InstanceIdentity.of("i-1"), "boot-1").id());
  }

  @Test
  void finish_putsTheArnOfTheRightPartitionBehindTheId() {
    Event event = factory.finish(marker("text"), INSTANCE, "boot-1");

    assertEquals(
        List.of("i-0abc", "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-0abc"),
        event.resources());
    assertEquals(
        List.of("i-1"),
        factory.finish(marker("text"), InstanceIdentity.of("i-1"), "boot-1").resources());
  }

  @Test
  void finish_prefersTheMarkersTeamThenTheOptionThenTheTag() throws IOException {
    Draft noTeam = marker("text");
    Draft ofTeam =
        new Draft(Kind.MARKER, Status.FAIL, 7, TIME, "0:1:apt/x", "payments", noTeam.detail());

    assertEquals("payments", detail(factory.finish(ofTeam, INSTANCE, "b")).get("Team").asText());
    assertEquals(
        "from-the-tag", detail(factory.finish(noTeam, INSTANCE, "b")).get("Team").asText());
    assertEquals(
        "unknown",
        detail(factory.finish(noTeam, InstanceIdentity.UNKNOWN, "b")).get("Team").asText());
  }

  @Test
  void summary_isOneLineOfAtMost200Characters() throws IOException {
    JsonNode detail =
        detail(factory.finish(marker("first\nsecond " + "😀".repeat(300)), INSTANCE, "boot-1"));

    String summary = detail.get("Summary").asText();
    assertTrue(summary.length() <= 200, summary);
    assertTrue(summary.startsWith("i-0abc from-the-tag: first second 😀"), summary);
    assertTrue(summary.endsWith(" (part-001, 41 s after boot)"), summary);
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(summary), "half a surrogate pair");
  }

  @Test
  void finish_cutsEvidenceFirstAndSaysSo() throws IOException {
    Draft draft = marker("short");
    ObjectNode evidence = draft.detail().putObject("Evidence");
    ArrayNode before = evidence.putArray("Before");
    for (int i = 0; i < 50; i++) {
      before.add("line " + i + " " + "x".repeat(1_000));
    }
    evidence.put("Text", "E: the decisive line");

    Event event = factory.finish(draft, INSTANCE, "boot-1");

    JsonNode cut = detail(event).get("Evidence");
    assertTrue(event.detail().getBytes(StandardCharsets.UTF_8).length <= DetailSize.MAX_BYTES);
    assertTrue(cut.get("Cut").asBoolean());
    assertEquals("E: the decisive line", cut.get("Text").asText());
    assertTrue(cut.get("Before").get(cut.get("Before").size() - 1).asText().startsWith("line 49 "));
  }

  @Test
  void message_arrivesWholeHoweverLong() throws IOException {
    String text = "\"quotes\"\nnewline 😀 " + "x".repeat(300_000);

    Event event =
        factory.message(
            Status.INFO, text, INSTANCE, "b", JsonNodeFactory.instance.objectNode(), TIME);

    assertEquals(text, detail(event).get("Message").asText());
    assertEquals("message", detail(event).get("Kind").asText());
    assertEquals(Instant.parse("2026-11-22T10:00:00.123Z"), event.time());
  }

  @Test
  void message_getsAnotherIdEachTime() {
    ObjectNode boot = JsonNodeFactory.instance.objectNode();

    assertNotEquals(
        factory.message(Status.INFO, "x", INSTANCE, "b", boot, TIME).id(),
        factory.message(Status.INFO, "x", INSTANCE, "b", boot, TIME).id());
  }

  @Test
  void codec_givesBackWhatItWasGiven() throws IOException {
    Event event = factory.finish(marker("text \u0000 \" \\ 😀"), INSTANCE, "boot-1");

    assertEquals(event, EventCodec.decode(EventCodec.encode(event)));
  }

  private static Draft marker(String message) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("Message", message);
    detail.putObject("Boot").put("Script", "part-001").put("UptimeSeconds", 41.3);
    return new Draft(
        Kind.MARKER, Status.FAIL, 7, TIME, "0:18233:apt/apt-unable-to-locate", "", detail);
  }

  private static JsonNode detail(Event event) throws IOException {
    return new ObjectMapper().readTree(event.detail());
  }
}
