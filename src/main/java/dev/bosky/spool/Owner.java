package dev.bosky.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose state a state folder holds. A machine image may be baked from an instance with state in it;
 * its events belong to that instance and must never be sent in another's name.
 *
 * <p>Each event names its instance, so events are judged one by one: one that a script of this very
 * boot left in the inbox before any agent ran stays. An event that names none counts as one of
 * {@code unknown}; such events of this very boot are this instance's, from before its name was
 * known, and stay: a boot has one instance. Documents do not name theirs: they go by {@code
 * owner.json}, and stay where that is missing or {@code unknown}.
 */
final class Owner {
  private static final String UNKNOWN = "unknown";
  private static final int MAX_FILE_BYTES = 9 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);
  private final Storage storage;
  private final Path folder;
  private final StateFile file;
  private final String bootId;

  Owner(Storage storage, Path folder, String bootId) {
    this.storage = storage;
    this.bootId = bootId;
    this.folder = folder;
    this.file = new StateFile(storage, folder.resolve("owner.json"), 1);
  }

  /** Sets aside what is another's; stopped half-way, the next claim goes on. */
  int claim(String instanceId, List<String> eventFolders) throws IOException {
    String before = UNKNOWN;
    if (file.load() instanceof StateFile.Content.Present present) {
      before = present.document().path("instanceId").asText(UNKNOWN);
      if (before.equals(instanceId)) {
        return 0;
      }
    }
    int setAside = 0;
    for (String name : eventFolders) {
      setAside += setEventsAside(instanceId, name);
    }
    if (!before.equals(UNKNOWN)) {
      setDocumentsAside(before);
    }
    ObjectNode owner = JsonNodeFactory.instance.objectNode();
    owner.put("instanceId", instanceId);
    file.save(owner);
    if (setAside > 0) {
      LOG.warn(
          "state folder {}: {} events of another instance set aside, never sent", folder, setAside);
    }
    return setAside;
  }

  private int setEventsAside(String instanceId, String name) throws IOException {
    Path events = folder.resolve(name);
    int count = 0;
    for (String event : storage.list(events)) {
      boolean request = Requests.isRequest(event);
      if (request || SpoolNames.isEvent(event) || FileNames.isStamped(event)) {
        Path file = events.resolve(event);
        String theirs =
            request ? instanceOfRequest(file, instanceId) : instanceOf(file, instanceId);
        if (!theirs.equals(instanceId)) {
          move(events, event, asideOf(theirs).resolve(name));
          count++;
        }
      }
    }
    return count;
  }

  private void setDocumentsAside(String before) throws IOException {
    for (String name : storage.list(folder)) {
      if (name.endsWith(".json") && !name.equals("owner.json")) {
        move(folder, name, asideOf(before));
      }
    }
    Path spool = folder.resolve("spool");
    if (storage.list(spool).contains(SpoolNames.LEDGER)) {
      move(spool, SpoolNames.LEDGER, asideOf(before).resolve("spool"));
    }
  }

  /**
   * The instance an event, or a dead letter's event, is about; what is no event is {@code unknown}.
   *
   * @param ours what a nameless event of this boot is taken for
   */
  private String instanceOf(Path event, String ours) throws IOException {
    try {
      JsonNode json = JsonTree.read(storage.read(event, MAX_FILE_BYTES));
      JsonNode entry = (json.path("event").isObject() ? json.path("event") : json).path("entry");
      String named = entry.path("Resources").path(0).asText(UNKNOWN);
      return named.equals(UNKNOWN) && isOfThisBoot(entry) ? ours : named;
    } catch (JsonProcessingException | NoSuchFileException e) {
      return UNKNOWN;
    }
  }

  /** A message is of no event yet, and names no instance: only this boot's is surely ours. */
  private String instanceOfRequest(Path file, String ours) throws IOException {
    try {
      String content = new String(storage.read(file, MAX_FILE_BYTES), StandardCharsets.UTF_8);
      Optional<String> boot = Requests.parse("", content, Instant.EPOCH).bootId();
      return boot.filter(bootId::equals).isPresent() ? ours : UNKNOWN;
    } catch (IllegalArgumentException | NoSuchFileException e) {
      return UNKNOWN;
    }
  }

  private boolean isOfThisBoot(JsonNode entry) throws JsonProcessingException {
    JsonNode detail = JsonTree.read(entry.path("Detail").asText("{}"));
    return !bootId.isEmpty() && detail.at("/Boot/Id").asText().equals(bootId);
  }

  private Path asideOf(String instanceId) {
    return folder.resolve("set-aside").resolve(instanceId.replaceAll("[^A-Za-z0-9_-]", "_"));
  }

  private void move(Path from, String name, Path to) throws IOException {
    storage.createFolder(to);
    storage.move(from.resolve(name), to.resolve(name));
    storage.force(to);
  }
}
