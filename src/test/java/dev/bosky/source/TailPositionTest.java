package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailPositionTest {
  /** As an agent stored it: must stay readable. */
  private static final String STORED =
      """
      {"version":1,"next":3,"written":"2026-01-02T03:04:05.678Z","files":[
       {"generation":2,"key":"(dev=fe00,ino=739)","size":4096,"modified":"2026-01-02T03:04:05.678Z",
        "read":4000,"head":-17,"trail":23,"offset":3990,"lines":41,"given":"BEGINNING"}]}
      """;

  private static final TailPosition POSITION =
      new TailPosition(
          3,
          Instant.parse("2026-01-02T03:04:05.678Z"),
          List.of(
              new FilePosition(
                  2,
                  "(dev=fe00,ino=739)",
                  new Fingerprint(4000, -17, 23),
                  new LineReader.Place(3990, 41, LineReader.Given.BEGINNING),
                  4096,
                  Instant.parse("2026-01-02T03:04:05.678Z"))));

  @Test
  void fromJson_readsWhatWasStored() throws JsonProcessingException {
    assertEquals(POSITION, TailPosition.fromJson(new ObjectMapper().readTree(STORED)));
  }

  @Test
  void toJson_writesTheStoredForm() throws JsonProcessingException {
    assertEquals(
        new ObjectMapper().readTree(STORED),
        new ObjectMapper().readTree(POSITION.toJson().toString()));
  }

  @Test
  void fromJson_readsThatNothingWasRead() {
    TailPosition none = TailPosition.fromJson(TailPosition.NONE.toJson());

    assertEquals(TailPosition.NONE, none);
    assertTrue(none.isNone());
  }

  @Test
  void fromJson_refusesWhatItCannotReadInOneSentence() {
    assertEquals(
        "position of a log: version 2, this build reads 1",
        refused(POSITION.toJson().put("version", 2)));
    assertEquals(
        "position of a log: no field \"files\"", refused(without(POSITION.toJson(), "files")));
    assertEquals(
        "position of a log: no time: \"yesterday\"",
        refused(POSITION.toJson().put("written", "yesterday")));
    ObjectNode offset = POSITION.toJson();
    ((ObjectNode) offset.path("files").path(0)).put("offset", 4001);
    assertTrue(refused(offset).contains("offset 4001 of 4000 bytes read"), refused(offset));
  }

  private static ObjectNode without(ObjectNode json, String field) {
    json.remove(field);
    return json;
  }

  private static String refused(ObjectNode json) {
    return assertThrows(IllegalArgumentException.class, () -> TailPosition.fromJson(json))
        .getMessage();
  }
}
