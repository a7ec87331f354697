package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir private Path folder;
  private Requests requests;

  @BeforeEach
  void open() throws IOException {
    requests = new Requests(new DiskStorage(), folder);
    requests.open(4711, "99", "boot-1");
  }

  @Test
  void open_saysWhoTakesAndInWhichBoot() throws Exception {
    String[] words = Files.readString(folder.resolve("open")).strip().split(" ", -1);
    assertEquals("4711", words[0]);
    assertTrue(words[1].matches("\\d+:\\d+"), words[1]);
    assertEquals("boot-1", words[2]);
    assertEquals("99", words[3]);
    requests.close();
    assertFalse(Files.exists(folder.resolve("open")));
  }

  @Test
  void take_givesTheMessageByteForByte() throws Exception {
    put(
        "1-2.5",
        "status fail\nproject it's \r$x\nanswer no\nboot boot-0\nuptime 41.37\n\nline one\n\n  \"two\" é\\ 'three'\n");
    assertEquals(
        List.of(
            new Requests.Request(
                "1-2.5",
                "fail",
                Optional.of("it's \r$x"),
                false,
                Optional.of("boot-0"),
                OptionalDouble.of(41.37),
                "line one\n\n  \"two\" é\\ 'three'\n",
                NOON)),
        requests.take());
  }

  @Test
  void take_afterACrash_givesTheSameAgainUntilDone() throws Exception {
    put("1-2.5", "status info\n\nhello");
    List<Requests.Request> first = requests.take();
    List<Requests.Request> again = new Requests(new DiskStorage(), folder).take();
    assertEquals(first, again);
    requests.done(first.get(0));
    assertEquals(List.of(), requests.take());
  }

  @Test
  void take_whereTheCallTookItBack_givesNothing() throws Exception {
    Path file = put("1-2.5", "status info\n\nhello");
    Files.move(file, folder.resolve("1-2.5.new"));
    assertEquals(List.of(), requests.take());
  }

  @Test
  void take_ofWhatIsNoRequest_movesItAsideAndAnswers() throws Exception {
    Files.writeString(folder.resolve("1-2.5.request"), "something else");
    put("1-2.6", "status info\n\nhello");
    assertEquals(1, requests.take().size());
    assertEquals(
        "the request cannot be read: expected bosky-request 1 and an empty line\n",
        Files.readString(folder.resolve("1-2.5.refused")));
    assertEquals("something else", Files.readString(folder.resolve("1-2.5" + SpoolNames.CORRUPT)));
  }

  /** Where a page of memory is large, one word may be longer than any event. */
  @Test
  void take_ofWhatIsTooLong_answersAndGoesOn() throws Exception {
    put("1-2.5", "status info\n\n" + "x".repeat(1 << 20));
    put("1-2.6", "status info\n\nhello");
    assertEquals(1, requests.take().size());
    assertEquals(
        "the request cannot be read: longer than 1048576 bytes\n",
        Files.readString(folder.resolve("1-2.5.refused")));
  }

  @Test
  void take_leavesWhatIsBeingWrittenAndWhatTheInboxHas() throws Exception {
    Files.writeString(folder.resolve("1-2.5.new"), "bosky-requ");
    Files.writeString(folder.resolve("01755864000123-0a1b2c3d4e5f6071.json"), "{}");
    assertEquals(List.of(), requests.take());
    assertEquals(3, new DiskStorage().list(folder).size());
  }

  @Test
  void forget_removesAnswersAndLeftoversThatNobodyFetched() throws Exception {
    requests.sent("1-2.5", "id-1");
    requests.refused("1-2.6", "why");
    Files.writeString(folder.resolve("1-2.7.new"), "half");
    assertEquals("id-1\n", Files.readString(folder.resolve("1-2.5.sent")));
    requests.forget(Instant.now());
    assertEquals(4, new DiskStorage().list(folder).size());
    requests.forget(Instant.now().plusSeconds(61));
    assertEquals(List.of("open"), new DiskStorage().list(folder));
  }

  private Path put(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".request"), "bosky-request 1\n" + content);
    Files.setLastModifiedTime(file, FileTime.from(NOON));
    return file;
  }
}
