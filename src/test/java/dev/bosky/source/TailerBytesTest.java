package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bosky.testing.LogWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the lines: odd bytes, long lines, and last lines without their end. */
class TailerBytesTest {
  @TempDir Path folder;
  private Path log;
  private Tail tail;
  private LogWriter writer;

  @BeforeEach
  void tail() {
    log = folder.resolve("cloud-init-output.log");
    tail = new Tail(log);
    tail.poll();
    writer = LogWriter.appending(log);
  }

  @AfterEach
  void close() {
    tail.close();
    writer.close();
  }

  @Test
  void poll_givesEveryByteOfALineAsItStands() {
    List<byte[]> lines = new ArrayList<>();
    lines.add(new byte[0]);
    lines.add(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'B', 'O', 'M'});
    lines.add("10%\r20%\r100%".getBytes(StandardCharsets.UTF_8));
    lines.add("\u001b[31mred\u001b[0m \u001b]0;title\u0007".getBytes(StandardCharsets.UTF_8));
    lines.add(new byte[] {'a', 0, 'b', (byte) 0xFF, (byte) 0xC3, (byte) 0x28});
    lines.add("größe 𝄞".getBytes(StandardCharsets.UTF_8));
    for (byte[] line : lines) {
      writer.write(line).write("\n");
    }
    writer.write("windows\r\n");
    tail.poll();

    for (int i = 0; i < lines.size(); i++) {
      assertArrayEquals(lines.get(i), tail.lines.get(i).bytes(), "line " + i);
    }
    assertEquals("windows", tail.texts().get(lines.size()));
  }

  @Test
  void poll_givesLinesWholeThatStraddleTheEdgesOfItsBuffers() {
    Random random = new Random(7);
    List<String> expected = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < 400_000) {
      String line = expected.size() + " é𝄞".repeat(random.nextInt(60));
      expected.add(line);
      bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    writer.write(bytes.toByteArray());
    tail.poll();

    assertEquals(expected, tail.texts());
  }

  @Test
  void poll_keepsALineAtTheDefaultLimitWholeAndCutsOneThatIsLonger() {
    String most = "x".repeat(LineReader.DEFAULT_MAX_LINE_BYTES);
    writer.lines(most, most + "y", "next");
    tail.poll();

    assertEquals(List.of(most, most, "next"), tail.texts());
    assertEquals(List.of(false, true, false), tail.lines.stream().map(LogLine::cut).toList());
  }

  @Test
  void poll_dropsTheRestOfACutLineAlsoAfterARestart() {
    writer.write("x".repeat(LineReader.DEFAULT_MAX_LINE_BYTES + 2));
    tail.poll();
    tail.restart();
    writer.write("y".repeat(1000) + "\nnext\n");
    tail.poll();

    assertEquals(2, tail.lines.size());
    assertEquals("next", tail.texts().get(1));
  }

  /** Of a sparse file: that much is not written anywhere. */
  @Test
  void poll_readsAGigabyteWithoutNewlineInBoundedMemory() throws IOException {
    long gigabyte = 1L << 30;
    writer.write("x");
    try (FileChannel hole = FileChannel.open(log, StandardOpenOption.WRITE)) {
      hole.write(ByteBuffer.wrap("\nnext\n".getBytes(StandardCharsets.US_ASCII)), gigabyte);
    }
    long before = allocated();
    tail.poll();
    long used = allocated() - before;

    assertEquals(List.of(true, false), tail.lines.stream().map(LogLine::cut).toList());
    assertEquals(LineReader.DEFAULT_MAX_LINE_BYTES, tail.lines.get(0).bytes().length);
    assertEquals("next", tail.texts().get(1));
    assertEquals("0@" + (gigabyte + 1) + " #2", tail.places().get(1));
    assertTrue(used < 32L << 20, () -> used + " bytes were allocated, in all");
  }

  /** How many bytes this thread has asked for until now, those given back included. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void poll_joinsHalvesOfALineSecondsApartAndAcrossARestart() {
    writer.write("first ha");
    tail.poll();
    tail.pass(Duration.ofSeconds(9));
    tail.restart();
    tail.poll();
    tail.pass(Duration.ofSeconds(9));
    tail.poll();
    assertEquals(List.of(), tail.texts(), "no restart makes half a line a line");

    writer.write("lf\n");
    tail.poll();
    assertEquals(List.of("first half"), tail.texts());
  }

  @Test
  void poll_givesHalfALineWhenItsFileIsGone() {
    writer.lines("one").write("half");
    tail.poll();
    writer.delete();
    tail.poll();
    writer.write("\n").lines("two");
    tail.poll();

    assertEquals(List.of("one", "half", "two"), tail.texts());
  }

  @Test
  void poll_keepsHalfALineOfARenamedFileForItsRest() {
    writer.write("ha");
    tail.poll();
    writer.rename("cloud-init-output.log.1");
    tail.poll();
    writer.write("lf\n");
    tail.poll();

    assertEquals(List.of("half"), tail.texts());
  }

  @Test
  void flushPartial_givesTheLastLineAtTheEndAndItsNewlineNothing() {
    writer.lines("one").write("last");
    tail.poll();
    tail.flush();
    tail.flush();
    assertEquals(List.of("one", "last"), tail.texts());

    tail.restart();
    writer.write("\n");
    tail.poll();
    assertEquals(List.of("one", "last"), tail.texts());
    assertTrue(tail.notices.isEmpty());
  }
}
