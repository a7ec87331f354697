package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesSinkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("events.jsonl");
  }

  private JsonLinesSink sink() {
    return JsonLinesSink.toFile(file());
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  @Test
  void send_writesOneEntryALine() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    JsonLinesSink.of("stdout", out).send(Events.infos("a", 2));

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    JsonNode entry = JSON.readTree(lines.get(1));
    assertEquals("my-project", entry.path("Source").asText());
    assertTrue(entry.path("Detail").isTextual(), "a string, as on the wire");
    assertEquals("info a-2", JSON.readTree(entry.path("Detail").asText()).path("Message").asText());
  }

  @Test
  void send_aFileIsForTheOwnerAlone_andAppendedTo() throws IOException {
    sink().send(List.of(Events.info("a")));
    sink().send(List.of(Events.info("b"), Events.info("c")));

    assertEquals(3, lines().size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void send_aFileMovedAwayIsMadeAnew() throws IOException {
    JsonLinesSink sink = sink();
    sink.send(List.of(Events.info("a")));
    Files.move(file(), folder.resolve("events.jsonl.1"));

    sink.send(List.of(Events.info("b")));

    assertEquals(1, lines().size());
    assertTrue(lines().get(0).contains("info b"));
  }

  @Test
  void send_cutsOffATornEntry() throws IOException {
    sink().send(List.of(Events.info("a")));
    String whole = Files.readString(file());
    for (int torn = 1; torn < whole.length() - 1; torn++) {
      Files.writeString(file(), whole + whole.substring(0, torn));

      sink().send(List.of(Events.info("b")));

      assertEquals(2, lines().size(), "torn at " + torn);
      assertTrue(lines().get(1).contains("info b"));
    }
  }

  @Test
  void send_endsAWholeEntryThatHasNoLineEnd() throws IOException {
    sink().send(List.of(Events.info("a")));
    Files.writeString(file(), Files.readString(file()).stripTrailing());

    sink().send(List.of(Events.info("b")));

    assertEquals(2, lines().size());
    for (String line : lines()) {
      JSON.readTree(line);
    }
  }

  @Test
  void send_removesNoTextOfOthers() throws IOException {
    Files.writeString(file(), "# my notes");

    sink().send(List.of(Events.info("a")));

    assertEquals("# my notes", lines().get(0));
    assertTrue(lines().get(1).startsWith("{"));
  }

  @Test
  void send_aTornEntryLongerThanABlock() throws IOException {
    Files.writeString(file(), "{\"whole\":1}\n{\"torn\":\"" + "x".repeat(100_000));

    sink().send(List.of(Events.info("a")));

    assertEquals(2, lines().size());
    assertEquals("{\"whole\":1}", lines().get(0));
  }

  @Test
  void send_saysWhyItCannot() throws IOException {
    Path noFolder = folder.resolve("none/events.jsonl");
    SinkException missing =
        assertThrows(
            SinkException.class,
            () -> JsonLinesSink.toFile(noFolder).send(List.of(Events.info("a"))));
    SinkException isFolder =
        assertThrows(
            SinkException.class,
            () -> JsonLinesSink.toFile(folder).send(List.of(Events.info("a"))));

    assertTrue(
        missing.getMessage().startsWith("file:" + noFolder + " cannot be written:"),
        missing.getMessage());
    assertTrue(isFolder.getMessage().contains("not a regular file"), isFolder.getMessage());
    assertEquals(SinkException.Cause.LOCAL, isFolder.kind());
  }

  @Test
  void send_aClosedPipeIsAFailure() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    SinkException e =
        assertThrows(
            SinkException.class,
            () -> JsonLinesSink.of("stdout", closed).send(List.of(Events.info("a"))));
    assertTrue(e.getMessage().contains("Broken pipe"), e.getMessage());
  }

  @Test
  void parse_knowsTheThree() {
    assertEquals(new SinkSpec.EventBridge(), SinkSpec.parse("eventbridge"));
    assertEquals(new SinkSpec.Stdout(), SinkSpec.parse("stdout"));
    assertEquals(new SinkSpec.File(Path.of("/tmp/x y")), SinkSpec.parse("file:/tmp/x y"));
    for (String wrong : List.of("", "file:", "File:/x", "kafka")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> SinkSpec.parse(wrong));
      assertFalse(e.getMessage().isEmpty());
    }
  }
}
