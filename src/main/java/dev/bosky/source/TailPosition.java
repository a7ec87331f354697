package dev.bosky.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a log was read, across all the files that stood under its name: what a {@link LogTailer}
 * needs to go on at the exact byte after a restart.
 *
 * <p>Stored as JSON:
 *
 * <pre>
 * version   1
 * next      number of the next generation
 * written   when the log was last written, as far as was seen; absent if it never was there
 * files     one object a file, the oldest first:
 *   generation, key, size, modified    which file it is, and how it looked
 *   read, head, trail                  how many bytes were read, checksums of the first and last of them
 *   offset, lines, given               where to begin again, see {@link LineReader.Place}
 * </pre>
 *
 * @param nextGeneration what the next file under the name will be counted as
 * @param lastWritten when the log was last written, as far as was seen; {@link Instant#MIN} if it
 *     never was there
 * @param files the files held, the oldest first
 */
public record TailPosition(int nextGeneration, Instant lastWritten, List<FilePosition> files) {
  /** Nothing read yet: this boot's part of the log is looked for. */
  public static final TailPosition NONE = new TailPosition(0, Instant.MIN, List.of());

  private static final int VERSION = 1;

  public TailPosition {
    files = List.copyOf(files);
  }

  /** True if the log never was there: this boot's part of it is still to be found. */
  boolean isNone() {
    return nextGeneration == 0;
  }

  /** True of the file that was the last to come under the log's name. */
  boolean isNewest(FilePosition file) {
    return file.equals(files.get(files.size() - 1));
  }

  /** This position as a JSON object. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION).put("next", nextGeneration);
    if (!lastWritten.equals(Instant.MIN)) {
      json.put("written", lastWritten.toString());
    }
    var list = json.putArray("files");
    for (FilePosition file : files) {
      list.addObject()
          .put("generation", file.generation())
          .put("key", file.key())
          .put("size", file.size())
          .put("modified", file.modified().toString())
          .put("read", file.print().read())
          .put("head", file.print().head())
          .put("trail", file.print().trail())
          .put("offset", file.place().offset())
          .put("lines", file.place().lines())
          .put("given", file.place().given().name());
    }
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is not what {@link #toJson} writes, with one sentence
   *     that says what was expected and found
   */
  public static TailPosition fromJson(JsonNode json) {
    int version = json.path("version").asInt(0);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "position of a log: version %d, this build reads %d".formatted(version, VERSION));
    }
    List<FilePosition> files = new ArrayList<>();
    for (JsonNode file : required(json, "files")) {
      files.add(fileFromJson(file));
    }
    return new TailPosition(required(json, "next").asInt(), lastWritten(json), files);
  }

  private static Instant lastWritten(JsonNode json) {
    String text = json.path("written").asText("");
    try {
      return text.isEmpty() ? Instant.MIN : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("position of a log: no time: \"" + text + "\"", e);
    }
  }

  private static FilePosition fileFromJson(JsonNode file) {
    try {
      return new FilePosition(
          required(file, "generation").asInt(),
          required(file, "key").asText(),
          new Fingerprint(
              required(file, "read").asLong(),
              required(file, "head").asInt(),
              required(file, "trail").asInt()),
          new LineReader.Place(
              required(file, "offset").asLong(),
              required(file, "lines").asLong(),
              LineReader.Given.valueOf(required(file, "given").asText())),
          required(file, "size").asLong(),
          Instant.parse(required(file, "modified").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "position of a log: cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static JsonNode required(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException("position of a log: no field \"" + field + "\"");
    }
    return value;
  }
}
