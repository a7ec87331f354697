package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.publish.EventBridgeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  @Test
  void read_takesTheArgumentAsItIs() throws IOException {
    assertEquals("text\n", MessageText.read("text\n", InputStream.nullInputStream()));
    assertEquals("", MessageText.read("", InputStream.nullInputStream()));
    assertEquals("--", MessageText.read("--", InputStream.nullInputStream()));
  }

  @Test
  void read_takesStandardInputWithoutItsLastLineEnd() throws IOException {
    assertEquals("two\nlines ü", MessageText.read("-", in("two\nlines ü\n")));
    assertEquals("two\r\nlines\n", MessageText.read("-", in("two\r\nlines\n\r\n")));
    assertEquals("", MessageText.read("-", in("")));
  }

  @Test
  void read_refusesStandardInputThatNoEventCanHold() throws IOException {
    int limit = EventBridgeLimits.MAX_REQUEST_BYTES;

    assertEquals(limit, MessageText.read("-", in("x".repeat(limit))).length());
    IOException e =
        assertThrows(IOException.class, () -> MessageText.read("-", in("x".repeat(limit + 1))));
    assertEquals(
        "standard input is too long: an event may have at most 999,999 bytes", e.getMessage());
  }

  @Test
  void checkSize_refusesAnEventThatNoRequestCanHold() throws IOException {
    long others = EventBridgeLimits.sizeOf(event(""));
    int room = (int) (EventBridgeLimits.MAX_REQUEST_BYTES - others);

    MessageText.checkSize(event("x".repeat(room)));
    IOException e =
        assertThrows(IOException.class, () -> MessageText.checkSize(event("x".repeat(room + 1))));
    assertEquals(
        "the message is too long: the event would have 1,000,000 bytes,"
            + " and may have at most 999,999",
        e.getMessage());
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Event event(String detail) {
    return new Event(
        "id",
        Kind.MESSAGE,
        Status.INFO,
        0,
        Instant.EPOCH,
        "project",
        "User Data",
        List.of("i-0abc"),
        "default",
        detail);
  }
}
