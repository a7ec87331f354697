package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many lines the markers took in this boot, and how many of those made no event. */
public final class MatchCounts {
  private final Map<String, Integer> byMarker = new HashMap<>();
  private final Map<MarkerStatus, Integer> byStatus = new EnumMap<>(MarkerStatus.class);
  private int published;
  private int suppressed;

  MatchCounts() {}

  public int info() {
    return of(MarkerStatus.INFO);
  }

  public int fail() {
    return of(MarkerStatus.FAIL);
  }

  public int success() {
    return of(MarkerStatus.SUCCESS);
  }

  /** Over the limit of their marker, or of the boot. */
  public int suppressed() {
    return suppressed;
  }

  /**
   * Counts one match.
   *
   * @return true if it is within the limits
   */
  boolean count(Marker marker, int maxEvents) {
    byStatus.merge(marker.status(), 1, Integer::sum);
    int ofMarker = byMarker.merge(marker.key(), 1, Integer::sum);
    if (ofMarker <= marker.limit() && published < maxEvents) {
      published++;
      return true;
    }
    suppressed++;
    return false;
  }

  private int of(MarkerStatus status) {
    return byStatus.getOrDefault(status, 0);
  }

  boolean seen(Marker marker) {
    return byMarker.containsKey(marker.key());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("info", info()).put("fail", fail()).put("success", success());
    json.put("published", published).put("suppressed", suppressed);
    ObjectNode each = json.putObject("by_marker");
    new TreeMap<>(byMarker).forEach(each::put);
    return json;
  }

  static MatchCounts fromJson(JsonNode json) {
    MatchCounts counts = new MatchCounts();
    counts.byStatus.put(MarkerStatus.INFO, json.path("info").asInt());
    counts.byStatus.put(MarkerStatus.FAIL, json.path("fail").asInt());
    counts.byStatus.put(MarkerStatus.SUCCESS, json.path("success").asInt());
    counts.published = json.path("published").asInt();
    counts.suppressed = json.path("suppressed").asInt();
    json.path("by_marker")
        .properties()
        .forEach(entry -> counts.byMarker.put(entry.getKey(), entry.getValue().asInt()));
    return counts;
  }
}
