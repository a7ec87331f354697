package dev.bosky.spool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import dev.bosky.event.NewerEventException;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder through which other processes hand finished events to the agent: a call that sends one
 * event by hand and could not, or a dead letter put back.
 *
 * <pre>
 * 01755864000123-0a1b2c3d4e5f6071.json     milliseconds since 1970, hash of the event's id
 * {"version":1,"id":…,"onlyFor":"eventbridge"}   the event as {@link EventCodec#encode} writes it;
 *                                          with the one sink it is for, if it is not for all
 * </pre>
 *
 * <p>Any process may put; only the one that holds the state folder's lock takes. An event is in the
 * spool before it leaves the inbox, and its id keeps it from being there twice. At most {@link
 * #MAX_FILES} wait. One instance is for one thread.
 */
public final class Inbox {
  public static final int MAX_FILES = 1_000;

  private static final int MAX_FILE_BYTES = 8 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Storage storage;
  private final Path folder;

  private final TroubleLog newer = new TroubleLog(LOG, "inbox: left for a newer build");

  /** Files whose events are in the spool, but which could not be removed yet. */
  private final Set<String> taken = new HashSet<>();

  public Inbox(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /**
   * An event in the inbox.
   *
   * @param file the name of its file
   * @param onlyFor the one sink it is for; empty for all
   */
  public record Handed(String file, Event event, String onlyFor) {}

  /** Hands an event over, on disk before it returns. */
  public void put(Event event) throws IOException {
    put(event, "");
  }

  /**
   * Likewise, for one sink.
   *
   * @throws IOException if the inbox is full or cannot be written
   */
  void put(Event event, String onlyFor) throws IOException {
    storage.createFolder(folder);
    if (storage.list(folder).size() >= MAX_FILES) {
      throw new IOException(
          folder + " is full: " + MAX_FILES + " events wait for an agent to take them");
    }
    ObjectNode json = (ObjectNode) JsonTree.read(EventCodec.encode(event));
    if (!onlyFor.isEmpty()) {
      json.put("onlyFor", onlyFor);
    }
    storage.replace(
        folder.resolve(FileNames.stamped(event.time(), event.id())), JsonTree.bytes(json));
  }

  /** What waits, the oldest first. What cannot be read is moved aside. */
  public List<Handed> list() throws IOException {
    List<Handed> waiting = new ArrayList<>();
    for (String name : storage.list(folder)) {
      if (FileNames.isStamped(name)) {
        read(name, waiting);
      }
    }
    return waiting;
  }

  private void read(String name, List<Handed> waiting) throws IOException {
    byte[] content;
    try {
      content = storage.read(folder.resolve(name), MAX_FILE_BYTES);
    } catch (NoSuchFileException e) {
      // Taken while we looked.
      return;
    }
    try {
      Event event = EventCodec.decode(content);
      String onlyFor = JsonTree.read(content).path("onlyFor").asText("");
      waiting.add(new Handed(name, event, onlyFor));
    } catch (NewerEventException e) {
      newer.failed(name + ": " + e.getMessage());
    } catch (IOException e) {
      LOG.error("inbox: {} is no event, moved aside: {}", folder.resolve(name), e.getMessage());
      storage.move(folder.resolve(name), folder.resolve(name + SpoolNames.CORRUPT));
    }
  }

  /** The event has been delivered or is kept elsewhere. */
  public void remove(Handed handed) throws IOException {
    storage.delete(folder.resolve(handed.file()));
    storage.force(folder);
  }

  /**
   * Moves what waits into the spool.
   *
   * @return the events that were not moved before by this object
   * @throws IOException if the folder cannot be read, or a file not removed; what is in the spool
   *     then is not put there again
   */
  public List<Event> moveInto(Spool spool) throws IOException {
    List<Event> moved = new ArrayList<>();
    List<Handed> waiting = list();
    for (Handed handed : waiting) {
      if (taken.add(handed.file())) {
        if (handed.onlyFor().isEmpty()) {
          spool.append(List.of(handed.event()));
        } else {
          spool.requeue(handed.event(), handed.onlyFor());
        }
        moved.add(handed.event());
      }
    }
    if (spool.isDurable()) {
      for (Handed handed : waiting) {
        remove(handed);
        taken.remove(handed.file());
      }
    }
    return moved;
  }
}
