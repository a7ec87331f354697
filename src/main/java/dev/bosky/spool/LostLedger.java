package dev.bosky.spool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was given up, so that the count is exact also after a crash.
 *
 * <p>It is written before the files go. Since the last cover it also names the events and their
 * files: files it names that are still there when the spool is opened are removed and not counted
 * again, and their lines, read again, do not bring them back.
 *
 * <pre>
 * { "info": 12, "success": 0, "fail": 0, "unreadable": 0, "recent": { "id": number, … } }
 * </pre>
 */
final class LostLedger {
  private static final Logger LOG = LoggerFactory.getLogger(LostLedger.class);

  private final StateFile file;
  private final TroubleLog trouble = new TroubleLog(LOG, "spool: count of lost events not saved");
  private final Map<String, Long> recent = new LinkedHashMap<>();
  private Lost lost = Lost.NONE;
  private boolean changed;

  LostLedger(StateFile file) {
    this.file = file;
  }

  /** Takes up the count on disk. */
  void load() {
    try {
      StateFile.Content content = file.load();
      if (content instanceof StateFile.Content.Present present) {
        take(present.document());
      } else if (content instanceof StateFile.Content.Quarantined quarantined) {
        LOG.warn(quarantined.text());
      } else if (content instanceof StateFile.Content.Newer newer) {
        LOG.warn(newer.text());
      }
    } catch (IOException e) {
      trouble.failed(e.toString());
    }
  }

  /** The count in a file that another process may be writing; none if there is no such count. */
  static Lost look(StateFile file) throws IOException {
    return file.look() instanceof StateFile.Content.Present present
        ? count(present.document())
        : Lost.NONE;
  }

  private static Lost count(JsonNode json) {
    return new Lost(
        json.path("info").asLong(),
        json.path("success").asLong(),
        json.path("fail").asLong(),
        json.path("unreadable").asLong());
  }

  private void take(JsonNode json) {
    lost = count(json);
    json.path("recent").properties().forEach(e -> recent.put(e.getKey(), e.getValue().asLong()));
  }

  void givenUp(Entry entry) {
    lost = lost.plus(entry.rank);
    recent.put(entry.id, entry.number);
    changed = true;
  }

  void unreadable() {
    lost = lost.plusUnreadable();
    changed = true;
  }

  /** The lines of what was given up so far are never read again. */
  void covered() {
    recent.clear();
  }

  /** Writes the count if it has changed; what cannot be written now is written the next time. */
  void save() {
    if (!changed) {
      return;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("info", lost.info());
    json.put("success", lost.success());
    json.put("fail", lost.fail());
    json.put("unreadable", lost.unreadable());
    ObjectNode names = json.putObject("recent");
    recent.forEach(names::put);
    try {
      file.save(json);
      changed = false;
      trouble.ended();
    } catch (IOException e) {
      trouble.failed(e.toString());
    }
  }

  Lost lost() {
    return lost;
  }

  Set<String> recentIds() {
    return recent.keySet();
  }

  boolean gaveUp(Entry entry) {
    return Long.valueOf(entry.number).equals(recent.get(entry.id));
  }
}
