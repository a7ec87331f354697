package dev.bosky.spool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.EventCodec;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of events that can never be delivered, a file each, for a person to look at, to put
 * back, or to drop.
 *
 * <pre>
 * 01755864000123-0a1b2c3d4e5f6071.json     milliseconds since 1970, hash of event id and sink
 * {"version":1,"sink":"eventbridge","code":"InvalidArgument","reason":"…","time":"…","event":{…}}
 * </pre>
 *
 * <p>Bounded: beyond {@link #MAX_LETTERS} or {@link #MAX_BYTES} the oldest go, counted in {@link
 * #dropped}. An event refused twice by the same sink has one letter, the later. The publisher adds;
 * commands of other processes list, put back and drop, also while the agent runs: each file changes
 * in one step.
 */
public final class DeadLetters {
  public static final int MAX_LETTERS = 5_000;
  public static final long MAX_BYTES = 16L << 20;

  private static final int VERSION = 1;
  private static final int MAX_LETTER_BYTES = 9 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private final Storage storage;
  private final Path folder;
  private final int maxLetters;
  private final long maxBytes;
  private long dropped;

  public DeadLetters(Storage storage, Path folder) {
    this(storage, folder, MAX_LETTERS, MAX_BYTES);
  }

  DeadLetters(Storage storage, Path folder, int maxLetters, long maxBytes) {
    this.storage = storage;
    this.folder = folder;
    this.maxLetters = maxLetters;
    this.maxBytes = maxBytes;
  }

  /**
   * Keeps the letter, on disk before it returns.
   *
   * @throws IOException if it cannot be written
   */
  public synchronized void add(DeadLetter letter) throws IOException {
    byte[] content = format(letter);
    storage.createFolder(folder);
    NavigableMap<String, Long> letters = sizes();
    String name = name(letter);
    for (String other : List.copyOf(letters.keySet())) {
      if (FileNames.hash(other).equals(FileNames.hash(name))) {
        letters.remove(other);
        storage.delete(folder.resolve(other));
      }
    }
    makeRoom(letters, content.length);
    storage.replace(folder.resolve(name), content);
  }

  private void makeRoom(NavigableMap<String, Long> letters, int bytes) throws IOException {
    long total = bytes + letters.values().stream().mapToLong(Long::longValue).sum();
    while (!letters.isEmpty() && (letters.size() >= maxLetters || total > maxBytes)) {
      String oldest = letters.firstKey();
      storage.delete(folder.resolve(oldest));
      total -= letters.remove(oldest);
      dropped++;
      LOG.error("dead letters: more than are kept, {} dropped", oldest);
    }
  }

  /**
   * All letters, the oldest first. A file that is no letter is left out, with a line in the log.
   *
   * @throws IOException if the folder cannot be read
   */
  public List<DeadLetter> list() throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (String name : names()) {
      try {
        letters.add(parse(storage.read(folder.resolve(name), MAX_LETTER_BYTES)));
      } catch (NoSuchFileException e) {
        // Put back or dropped while we looked.
      } catch (IOException e) {
        LOG.warn("dead letters: {}: {}", folder.resolve(name), e.getMessage());
      }
    }
    return letters;
  }

  /** How many letters there are. */
  public int size() throws IOException {
    return names().size();
  }

  /** How many letters went, since the start, because there were too many. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Hands the event over to be sent again to the sink that refused it; the letter goes. */
  public void retry(DeadLetter letter, Inbox inbox) throws IOException {
    inbox.put(letter.event(), letter.sink());
    drop(letter);
  }

  /** Removes the letter for good. */
  public void drop(DeadLetter letter) throws IOException {
    storage.delete(folder.resolve(name(letter)));
    storage.force(folder);
  }

  private List<String> names() throws IOException {
    return storage.list(folder).stream().filter(FileNames::isStamped).toList();
  }

  private NavigableMap<String, Long> sizes() throws IOException {
    NavigableMap<String, Long> sizes = new TreeMap<>();
    for (String name : names()) {
      try {
        sizes.put(name, storage.size(folder.resolve(name)));
      } catch (NoSuchFileException e) {
        // Put back or dropped while we looked.
      }
    }
    return sizes;
  }

  private static String name(DeadLetter letter) {
    return FileNames.stamped(letter.time(), letter.event().id() + '\n' + letter.sink());
  }

  private static byte[] format(DeadLetter letter) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION);
    json.put("sink", letter.sink());
    json.put("code", letter.code());
    json.put("reason", letter.reason());
    json.put("time", letter.time().toString());
    json.set("event", JsonTree.read(EventCodec.encode(letter.event())));
    return JsonTree.bytes(json);
  }

  private static DeadLetter parse(byte[] content) throws IOException {
    JsonNode json = JsonTree.read(content);
    int version = json.path("version").asInt();
    if (version != VERSION) {
      throw new IOException("dead letter of version " + version + ", this build reads " + VERSION);
    }
    try {
      return new DeadLetter(
          EventCodec.decode(JsonTree.bytes(json.path("event"))),
          json.path("sink").asText(),
          json.path("code").asText(),
          json.path("reason").asText(),
          Instant.parse(json.path("time").asText()));
    } catch (DateTimeException e) {
      throw new IOException("dead letter without a time: " + e.getMessage(), e);
    }
  }
}
