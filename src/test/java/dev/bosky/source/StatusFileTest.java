package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.source.StatusDocument.Kind;
import dev.bosky.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.now());
  private final List<SourceRecord> given = new ArrayList<>();
  private Path data;
  private Path link;
  private StatusFile file;

  @BeforeEach
  void linkAsCloudInitMakesIt() throws IOException {
    data = Files.createDirectories(folder.resolve("data")).resolve("status.json");
    Files.createDirectories(folder.resolve("run"));
    link = folder.resolve("run/status.json");
    file = new StatusFile(Kind.STATUS, link, Instant.MIN, clock::nanoTime);
  }

  @Test
  void poll_givesNothingWhileThereIsNoFileOrALinkToNothing() throws IOException {
    file.poll(given::add);
    makeLink();
    file.poll(given::add);

    assertEquals(List.of(), given);
  }

  @Test
  void poll_givesADocumentOnceAndEachChange() throws IOException {
    makeLink();
    replace("{\"v1\": 1}");
    file.poll(given::add);
    file.poll(given::add);
    replace("{\"v1\": 2}");
    file.poll(given::add);
    clock.advance(Duration.ofHours(1));
    file.poll(given::add);

    assertEquals(List.of("{\"v1\":1}", "{\"v1\":2}"), texts());
    assertEquals(Kind.STATUS, ((StatusDocument) given.get(0)).kind());
  }

  @Test
  void poll_seesAChangeThatLeavesSizeTimeAndInode() throws IOException {
    makeLink();
    replace("{\"v1\": 1}");
    FileTime time = Files.getLastModifiedTime(data);
    file.poll(given::add);
    Files.writeString(data, "{\"v1\": 2}");
    Files.setLastModifiedTime(data, time);
    file.poll(given::add);

    assertEquals(List.of("{\"v1\":1}", "{\"v1\":2}"), texts());
  }

  @Test
  void poll_waitsForJsonThatIsNotWholeYet() throws IOException {
    makeLink();
    for (String part : List.of("", "{\"v1\"", "null", "[1]")) {
      Files.writeString(data, part);
      file.poll(given::add);
    }
    FileTime time = Files.getLastModifiedTime(data);
    clock.advance(Duration.ofHours(1));
    file.poll(given::add);
    Files.writeString(data, "{}\n ");
    Files.setLastModifiedTime(data, time);
    file.poll(given::add);

    assertEquals(List.of("{}"), texts());
  }

  @Test
  void poll_givesTheSameAgainAfterItWasAway() throws IOException {
    makeLink();
    replace("{}");
    file.poll(given::add);
    Files.delete(data);
    file.poll(given::add);
    replace("{}");
    file.poll(given::add);

    assertEquals(List.of("{}", "{}"), texts());
  }

  @Test
  void poll_doesNotCountAFileOfAnEarlierBoot() throws IOException {
    replace("{}");
    Instant modified = Files.getLastModifiedTime(data).toInstant();

    new StatusFile(Kind.RESULT, data, modified.plusNanos(1), clock::nanoTime).poll(given::add);
    assertEquals(List.of(), given);
    new StatusFile(Kind.RESULT, data, modified, clock::nanoTime).poll(given::add);
    assertEquals(List.of("{}"), texts());
  }

  @Test
  void poll_tellsOnceWhatIsNoFileAndGoesOnWhenItIsOne() throws IOException {
    Files.createDirectory(link);
    file.poll(given::add);
    file.poll(given::add);

    String text =
        "status document " + link + " cannot be read: is a folder, expected a regular file";
    assertEquals(List.of(new SourceNotice(SourceNotice.UNREADABLE, 0, text)), given);

    given.clear();
    Files.delete(link);
    makeLink();
    replace("{}");
    file.poll(given::add);
    assertEquals(List.of("{}"), texts());
  }

  @Test
  void poll_readsUpToItsBoundAndRefusesMore() throws IOException {
    makeLink();
    String most = "{\"a\":\"" + "x".repeat(StatusFile.MAX_BYTES - 8) + "\"}";
    replace(most);
    file.poll(given::add);
    assertEquals(List.of(most), texts());

    given.clear();
    replace(most + "\n");
    file.poll(given::add);
    assertEquals(
        "status document " + link + " cannot be read: it has more than 4194304 bytes",
        ((SourceNotice) given.get(0)).text());
  }

  private List<String> texts() {
    return given.stream().map(r -> ((StatusDocument) r).json().toString()).toList();
  }

  private void makeLink() throws IOException {
    Files.createSymbolicLink(link, Path.of("../data/status.json"));
  }

  private void replace(String json) throws IOException {
    Path temp = data.resolveSibling("tmp");
    Files.writeString(temp, json);
    Files.move(temp, data, StandardCopyOption.ATOMIC_MOVE);
  }
}
