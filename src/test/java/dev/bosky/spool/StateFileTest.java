package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.spool.StateFile.Content;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateFileTest {
  private static final Path FILE = Path.of("/state/checkpoint.json");

  private final MemoryStorage disk = new MemoryStorage();
  private final FaultyStorage storage = new FaultyStorage(disk);

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private StateFile file() {
    return new StateFile(storage, FILE, 1);
  }

  private byte[] bytes() throws IOException {
    return disk.read(FILE, 1 << 20);
  }

  @Test
  void load_givesBackWhatWasSaved() throws IOException {
    JsonNode document = json("{'a':1,'b':[0.1,1e300,12345678901234567890],'c':'é\\n🙂'}");
    file().save(document);

    assertEquals(new Content.Present(document, 1), file().load());
  }

  @Test
  void load_withoutAFileIsAbsent() throws IOException {
    assertEquals(new Content.Absent(), file().load());
  }

  @Test
  void load_anyByteCutOffOrChangedIsQuarantined() throws IOException {
    file().save(json("{'offset':18233}"));
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      disk.create(FILE, Arrays.copyOf(whole, length));
      assertInstanceOf(Content.Quarantined.class, file().load(), "cut at " + length);
    }
    for (int at = 0; at < whole.length - 1; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      disk.create(FILE, changed);
      Content content = file().load();
      boolean found = content instanceof Content.Present present && present.version() == 1;
      assertTrue(!found || isHarmless(whole, at), "changed at " + at + ": " + content);
    }
  }

  /** A changed line end or name of a field of the header may leave the document as it was. */
  private static boolean isHarmless(byte[] whole, int at) {
    String text = new String(whole, StandardCharsets.US_ASCII);
    return at < text.indexOf('\n') && text.charAt(at) == '"';
  }

  @Test
  void load_saysWhereExpectedFoundAndDone() throws IOException {
    disk.create(
        FILE,
        "{\"version\":1,\"crc32c\":\"00000000\",\"bytes\":2}\n{}\n"
            .getBytes(StandardCharsets.UTF_8));

    Content.Quarantined first = assertInstanceOf(Content.Quarantined.class, file().load());

    assertEquals(
        "/state/checkpoint.json: the checksum is not that of the document; moved to"
            + " checkpoint.json.corrupt-1, starting without it",
        first.text());
    assertEquals(new Content.Absent(), file().load());
    assertEquals(List.of("checkpoint.json.corrupt-1"), disk.list(FILE.getParent()));
  }

  @Test
  void load_keepsTheLastFiveQuarantined() throws IOException {
    for (int i = 0; i < 12; i++) {
      disk.create(FILE, new byte[0]);
      file().load();
    }

    assertEquals(
        List.of(
            "checkpoint.json.corrupt-10",
            "checkpoint.json.corrupt-11",
            "checkpoint.json.corrupt-12",
            "checkpoint.json.corrupt-8",
            "checkpoint.json.corrupt-9"),
        disk.list(FILE.getParent()));
  }

  @Test
  void load_refusesANewerVersion_andKeepsItWhole() throws IOException {
    new StateFile(storage, FILE, 3).save(json("{'new':true}"));
    byte[] theirs = bytes();

    Content.Newer newer = assertInstanceOf(Content.Newer.class, file().load());

    assertEquals(
        "/state/checkpoint.json: version 3, this build reads up to 1; moved to"
            + " checkpoint.json.newer-1, starting without it",
        newer.text());
    file().save(json("{'ours':true}"));
    assertTrue(
        Arrays.equals(theirs, disk.read(FILE.resolveSibling("checkpoint.json.newer-1"), 1 << 20)));
  }

  @Test
  void load_givesAnOlderVersionToItsOwner() throws IOException {
    file().save(json("{'old':true}"));

    assertEquals(
        new Content.Present(json("{'old':true}"), 1), new StateFile(storage, FILE, 2).load());
  }

  @Test
  void load_whatCannotBeMovedAsideIsStillNotFatal() throws IOException {
    disk.create(FILE, new byte[0]);
    storage.at(1, Fault.READ_ONLY);

    Content.Quarantined text = assertInstanceOf(Content.Quarantined.class, file().load());
    assertTrue(text.text().contains("could not be moved aside"), text.text());
  }

  @Test
  void save_writesOnlyWhatHasChanged() throws IOException {
    StateFile file = file();
    file.save(json("{'a':1}"));
    long calls = storage.calls();

    file.save(json("{'a':1}"));
    assertEquals(calls, storage.calls());
    file.save(json("{'a':2}"));
    assertTrue(storage.calls() > calls);

    StateFile next = file();
    next.load();
    calls = storage.calls();
    next.save(json("{'a':2}"));
    assertEquals(calls, storage.calls(), "also what was loaded");
  }

  @Test
  void save_afterAFailureWritesTheSameAgain() throws IOException {
    StateFile file = file();
    file.save(json("{'a':1}"));
    storage.at(4, Fault.FAIL_ONCE);
    assertThrows(IOException.class, () -> file.save(json("{'a':2}")));

    file.save(json("{'a':1}"));

    assertEquals(new Content.Present(json("{'a':1}"), 1), file().load());
  }
}
