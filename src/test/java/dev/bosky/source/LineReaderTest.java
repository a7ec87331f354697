package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.source.LineReader.Given;
import dev.bosky.source.LineReader.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private final List<LogLine> lines = new ArrayList<>();

  @Test
  void feed_givesEachLineWithItsOffsetAndNumber() {
    feed(new LineReader("output", 3, 100), "one\n\ntwo\r\nthree");

    assertEquals(List.of("output#3@0 one", "output#3@4 ", "output#3@5 two"), shown());
    assertEquals(List.of(1L, 2L, 3L), lines.stream().map(LogLine::number).toList());
  }

  @Test
  void feed_givesTheSameWhereverTheBytesAreCut() {
    String text =
        "\0\0a\n\nb\r\nca\rd\n\r\n0123456789\n01234567890\n0123456789\r\n01234567890\r\nx\0y\né𝄞\n";
    feed(new LineReader("output", 0, 10), text);
    List<String> whole = shownWithCuts();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        lines.clear();
        LineReader reader = new LineReader("output", 0, 10);
        reader.feed(bytes, 0, first, lines::add);
        reader.feed(bytes, first, second, lines::add);
        reader.feed(bytes, second, bytes.length, lines::add);
        assertEquals(whole, shownWithCuts(), "cut at " + first + " and " + second);
      }
    }
  }

  @Test
  void feed_goesOnTheSameAfterARestartAtAnyByte() {
    String text = "\0\0a\n\nb\r\nca\rd\n0123456789\n01234567890123\n0123456789\r\nx\n";
    feed(new LineReader("output", 0, 10), text);
    List<String> whole = shownWithCuts();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    for (int stop = 0; stop <= bytes.length; stop++) {
      lines.clear();
      LineReader before = new LineReader("output", 0, 10);
      before.feed(bytes, 0, stop, lines::add);
      Place place = before.place();
      LineReader after = new LineReader("output", 0, 10, place);
      after.feed(bytes, (int) place.offset(), bytes.length, lines::add);
      assertEquals(whole, shownWithCuts(), "restart at " + stop);
    }
  }

  @Test
  void feed_keepsALineAtTheLimitWhole() {
    feed(new LineReader("output", 0, 5), "12345\n12345\r\nnext\n");

    assertEquals(List.of("12345", "12345", "next"), texts());
    assertTrue(lines.stream().noneMatch(LogLine::cut));
  }

  @Test
  void feed_cutsALineOnePastTheLimit() {
    feed(new LineReader("output", 0, 5), "123456\n12345\r6\nnext\n");

    assertEquals(List.of("12345", "12345", "next"), texts());
    assertEquals(List.of(true, true, false), lines.stream().map(LogLine::cut).toList());
    assertEquals(List.of(0L, 7L, 15L), lines.stream().map(LogLine::offset).toList());
  }

  @Test
  void feed_givesTheBeginningOfAnEndlessLineOnceAndKeepsNothingOfTheRest() {
    LineReader reader = new LineReader("output", 0, 1000);
    byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i < 16 * 1024; i++) { // 1 GB
      reader.feed(piece, 0, piece.length, lines::add);
    }
    feed(reader, "\nnext\n");

    assertEquals(List.of("x".repeat(1000), "next"), texts());
    assertEquals(List.of(true, false), lines.stream().map(LogLine::cut).toList());
    assertEquals((1L << 30) + 1, lines.get(1).offset());
  }

  @Test
  void feed_dropsHolesBeforeALineAndKeepsBytesWithinIt() {
    feed(new LineReader("output", 0, 100), "a\n\0\0\0b\0c\n\0\n");

    assertEquals(List.of("output#0@0 a", "output#0@5 b\0c", "output#0@10 "), shown());
  }

  @Test
  void feed_keepsBytesThatAreNoText() {
    byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', 0x1B, '[', (byte) 0xC3, '\n'};
    new LineReader("output", 0, 100).feed(bytes, 0, bytes.length, lines::add);

    assertArrayEquals(java.util.Arrays.copyOf(bytes, 7), lines.get(0).bytes());
  }

  @Test
  void flush_givesHalfALineAndItsNewlineGivesNothingAgain() {
    for (String end : List.of("\n", "\r\n")) {
      lines.clear();
      LineReader reader = new LineReader("output", 0, 100);
      feed(reader, "half");
      reader.flush(lines::add);
      reader.flush(lines::add);
      feed(reader, end + "next\n");

      assertEquals(List.of("half", "next"), texts());
      assertEquals(List.of(1L, 2L), lines.stream().map(LogLine::number).toList());
    }
  }

  @Test
  void flush_makesALineOfItsOwnOfWhatFollows() {
    LineReader reader = new LineReader("output", 0, 100);
    feed(reader, "half");
    reader.flush(lines::add);
    feed(reader, " rest\n");

    assertEquals(List.of("output#0@0 half", "output#0@4  rest"), shown());
  }

  @Test
  void place_rememberThatHalfALineWasGiven() {
    LineReader reader = new LineReader("output", 0, 100);
    feed(reader, "a\nhalf");
    reader.flush(lines::add);

    assertEquals(new Place(6, 1, Given.BEGINNING), reader.place());
    feed(new LineReader("output", 0, 100, reader.place()), "\nnext\n");
    assertEquals(List.of("a", "half", "next"), texts());
  }

  @Test
  void hasPartial_isTrueOnlyWithinALine() {
    LineReader reader = new LineReader("output", 0, 100);
    feed(reader, "a\n");
    assertFalse(reader.hasPartial());
    feed(reader, "b");
    assertTrue(reader.hasPartial());
  }

  @Test
  void constructor_refusesLimitsItCannotHold() {
    assertThrows(IllegalArgumentException.class, () -> new LineReader("output", 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LineReader("output", 0, LineReader.MOST_MAX_LINE_BYTES + 1));
  }

  private void feed(LineReader reader, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    reader.feed(bytes, 0, bytes.length, lines::add);
  }

  private List<String> shown() {
    return lines.stream().map(LogLine::toString).toList();
  }

  private List<String> shownWithCuts() {
    return lines.stream().map(l -> l + " " + l.number() + (l.cut() ? " cut" : "")).toList();
  }

  private List<String> texts() {
    return lines.stream().map(LogLine::text).toList();
  }
}
