package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows which hits say again what another log has said: a script that sends its words through
 * {@code tee} is read twice.
 *
 * <p>A marker's n-th hit with one text in one log is an echo if another log has had n of them
 * already, whichever log is read first. So what a script says twice counts twice, and what two logs
 * say counts once. Assumed: the same words in two logs are one happening.
 */
final class Echoes {
  /** So many different hits are remembered; those beyond count in each log. */
  static final int MAX_HITS = 500;

  /** By hit, how often each log had it. */
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();

  /**
   * Counts a hit, and says whether it is an echo.
   *
   * @param text the line, masked
   */
  boolean isEcho(String log, Marker marker, String text) {
    String hit = marker.key() + ' ' + Integer.toHexString(text.hashCode());
    if (counts.size() >= MAX_HITS && !counts.containsKey(hit)) {
      return false;
    }
    Map<String, Integer> byLog = counts.computeIfAbsent(hit, h -> new LinkedHashMap<>());
    int mine = byLog.merge(log, 1, Integer::sum);
    return byLog.entrySet().stream()
        .anyMatch(other -> !other.getKey().equals(log) && other.getValue() >= mine);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    counts.forEach(
        (hit, byLog) -> {
          ObjectNode logs = json.putObject(hit);
          byLog.forEach(logs::put);
        });
    return json;
  }

  static Echoes fromJson(JsonNode json) {
    Echoes echoes = new Echoes();
    for (Map.Entry<String, JsonNode> hit : json.properties()) {
      Map<String, Integer> byLog = new LinkedHashMap<>();
      hit.getValue().properties().forEach(log -> byLog.put(log.getKey(), log.getValue().asInt()));
      echoes.counts.put(hit.getKey(), byLog);
    }
    return echoes;
  }
}
