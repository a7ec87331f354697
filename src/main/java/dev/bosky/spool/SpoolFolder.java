package dev.bosky.spool;

import dev.bosky.event.Event;
import dev.bosky.event.EventCodec;
import dev.bosky.event.NewerEventException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool's folder: its entries' files written, read, renamed and removed. No method throws; what
 * the disk refuses is told in the answer or done by a later call. Guarded by the spool.
 */
final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);

  private final Storage storage;
  private final Path folder;
  private final int maxEventBytes;
  private final TroubleLog writing;
  private final TroubleLog reading;
  private final TroubleLog removing;

  /** Names of files that nobody needs and that could not be removed yet. */
  private final Set<String> unwanted = new TreeSet<>();

  /** Entries whose file's name does not tell yet who has the event. */
  private final Set<Entry> unmarked = new LinkedHashSet<>();

  /** Whether names have changed since the folder was last forced. */
  private boolean namesChanged;

  SpoolFolder(Storage storage, Path folder, int maxEventBytes) {
    this.storage = storage;
    this.folder = folder;
    this.maxEventBytes = maxEventBytes;
    this.writing = new TroubleLog(LOG, "spool: events are held in memory only");
    this.reading = new TroubleLog(LOG, "spool: events cannot be read now, will be tried again");
    this.removing = new TroubleLog(LOG, "spool: sent events cannot be removed, may be sent again");
  }

  /** What a file holds. */
  sealed interface Content {
    record Whole(Event event, int bytes) implements Content {}

    /** It is gone, or was no event and has been moved aside. */
    record Lost() implements Content {}

    /** It is there and may be read another time, or by a newer build. */
    record NotNow() implements Content {}
  }

  /** The names of the events that wait from an earlier run; what was never whole is removed. */
  List<String> recover() {
    List<String> names = new ArrayList<>();
    try {
      storage.createFolder(folder);
      for (String name : storage.list(folder)) {
        if (name.endsWith(Storage.TEMPORARY)) {
          unwanted.add(name);
        } else if (SpoolNames.isEvent(name)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      writing.failed(why(e));
    }
    settleNames();
    return names;
  }

  /** What waits, for a process that only looks: changes nothing. */
  List<Spooled> waiting() throws IOException {
    List<Spooled> waiting = new ArrayList<>();
    for (String name : storage.list(folder)) {
      if (SpoolNames.isEvent(name)) {
        try {
          Event event = EventCodec.decode(storage.read(folder.resolve(name), maxEventBytes));
          waiting.add(new Spooled(SpoolNames.number(name), event));
        } catch (NoSuchFileException e) {
          // Sent while we looked.
        } catch (IOException e) {
          LOG.warn("spool: {}: {}", folder.resolve(name), e.getMessage());
        }
      }
    }
    return waiting;
  }

  /** Writes what is not on disk yet; true if all that waits is on disk now, forced. */
  boolean write(SpoolIndex index) {
    List<Entry> entries = index.unsaved();
    try {
      if (!entries.isEmpty()) {
        storage.createFolder(folder);
      }
      for (Entry entry : entries) {
        Path temporary = temporary(entry);
        unwanted.add(temporary.getFileName().toString());
        storage.create(temporary, entry.unsaved);
        storage.force(temporary);
      }
      for (Entry entry : entries) {
        String name = SpoolNames.name(entry.number, entry.takenBy);
        storage.move(temporary(entry), folder.resolve(name));
        unwanted.remove(temporary(entry).getFileName().toString());
        index.saved(entry, name);
        namesChanged = true;
      }
      forceNames();
      writing.ended();
      return true;
    } catch (IOException e) {
      writing.failed(why(e));
      settleNames();
      return false;
    }
  }

  /** Without the file's name, by which each failure of one kind would be another. */
  private String why(IOException e) {
    return e instanceof FileSystemException onFile && onFile.getReason() != null
        ? folder + ": " + onFile.getReason()
        : e.toString();
  }

  private Path temporary(Entry entry) {
    return folder.resolve(SpoolNames.name(entry.number, Set.of()) + Storage.TEMPORARY);
  }

  /** The event in a file, byte for byte as it was appended. */
  Content read(String name) {
    byte[] content;
    try {
      content = storage.read(folder.resolve(name), maxEventBytes);
      reading.ended();
    } catch (NoSuchFileException e) {
      LOG.error("spool: {} is gone", name);
      return new Content.Lost();
    } catch (IOException e) {
      reading.failed(why(e));
      return new Content.NotNow();
    }
    try {
      return new Content.Whole(EventCodec.decode(content), content.length);
    } catch (NewerEventException e) {
      LOG.warn("spool: {} left for a newer build: {}", name, e.getMessage());
      return new Content.NotNow();
    } catch (IOException e) {
      LOG.error("spool: {} is no event, moved aside: {}", name, e.getMessage());
      moveAside(name);
      return new Content.Lost();
    }
  }

  /** The entry's event, from memory or from its file. */
  Content read(Entry entry) {
    if (entry.isSaved()) {
      return read(entry.file);
    }
    try {
      return new Content.Whole(EventCodec.decode(entry.unsaved), entry.bytes);
    } catch (IOException e) {
      throw new IllegalStateException("what was just encoded can be decoded", e);
    }
  }

  /** Notes in the name of the entry's file which sinks have the event. */
  void mark(Entry entry) {
    if (entry.isSaved()) {
      unmarked.add(entry);
    }
  }

  /** The entry's file is needed no more. */
  void unwanted(Entry entry) {
    if (entry.isSaved()) {
      unmarked.remove(entry);
      unwanted.add(entry.file);
    }
  }

  /** Does what is left to do with names, as far as the disk lets it, and makes it durable. */
  void settleNames() {
    try {
      for (String name : List.copyOf(unwanted)) {
        storage.delete(folder.resolve(name));
        unwanted.remove(name);
        namesChanged = true;
      }
      for (Entry entry : List.copyOf(unmarked)) {
        String name = SpoolNames.name(entry.number, entry.takenBy);
        if (!name.equals(entry.file)) {
          storage.move(folder.resolve(entry.file), folder.resolve(name));
          entry.file = name;
          namesChanged = true;
        }
        unmarked.remove(entry);
      }
      forceNames();
      removing.ended();
    } catch (IOException e) {
      removing.failed(why(e));
    }
  }

  private void forceNames() throws IOException {
    if (namesChanged) {
      storage.force(folder);
      namesChanged = false;
    }
  }

  private void moveAside(String name) {
    try {
      storage.move(folder.resolve(name), folder.resolve(name + SpoolNames.CORRUPT));
      namesChanged = true;
    } catch (IOException e) {
      removing.failed(why(e));
    }
  }
}
