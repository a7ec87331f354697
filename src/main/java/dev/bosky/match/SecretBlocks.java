package dev.bosky.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.CleanLine;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Masks what is secret only because of the lines before it, such as the inside of a private key,
 * log by log ({@link SecretLines}).
 *
 * <p>This comes before anybody else looks at a line: of a line in the middle of a key nobody could
 * tell later what it is. What shows itself within one line is left to the {@link Redactor}.
 *
 * <p>For the reader thread only.
 */
public final class SecretBlocks {
  private final Map<String, SecretLines> logs = new LinkedHashMap<>();

  /** The next line of its log, as long as before; the same one if it is in no such block. */
  public CleanLine mask(CleanLine line) {
    SecretLines lines = logs.computeIfAbsent(line.log(), log -> new SecretLines());
    Optional<String> secret = lines.next(line.bytes(), line.start(), line.end());
    if (secret.isEmpty()) {
      return line;
    }
    byte[] masked = secret.get().getBytes(StandardCharsets.UTF_8);
    return new CleanLine(
        line.log(),
        line.generation(),
        line.offset(),
        line.number(),
        masked,
        0,
        masked.length,
        line.cut());
  }

  /** The logs that are within a block, for the checkpoint. */
  public ObjectNode snapshot() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    logs.forEach(
        (log, lines) -> {
          String open = lines.snapshot();
          if (!open.isEmpty()) {
            json.put(log, open);
          }
        });
    return json;
  }

  /** Goes on where {@link #snapshot} was taken; a block counts its lines anew. */
  public static SecretBlocks restore(JsonNode json) {
    SecretBlocks blocks = new SecretBlocks();
    json.properties()
        .forEach(
            log -> blocks.logs.put(log.getKey(), SecretLines.restored(log.getValue().asText())));
    return blocks;
  }
}
