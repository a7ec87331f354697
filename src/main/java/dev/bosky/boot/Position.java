package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where a line stands; the same at each reading of it.
 *
 * @param log {@code output}, {@code cloud-init}, or a path
 * @param generation counts the files that stood under that name
 * @param offset byte position of the line's first byte in that file
 * @param number the line's number in that file, from 1
 */
public record Position(String log, int generation, long offset, long number) {
  /** Where that line stands. */
  public static Position of(CleanLine line) {
    return new Position(line.log(), line.generation(), line.offset(), line.number());
  }

  /** How many lines it stands after the other; -1 if they are not of the same file, or before. */
  long linesAfter(Position other) {
    boolean same = log.equals(other.log) && generation == other.generation;
    return same ? Math.max(-1, number - other.number) : -1;
  }

  /** As a JSON tree, for the checkpoint. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("log", log)
        .put("generation", generation)
        .put("offset", offset)
        .put("number", number);
  }

  /** The position that {@link #toJson} made. */
  public static Position fromJson(JsonNode json) {
    return new Position(
        json.path("log").asText(),
        json.path("generation").asInt(),
        json.path("offset").asLong(),
        json.path("number").asLong());
  }
}
