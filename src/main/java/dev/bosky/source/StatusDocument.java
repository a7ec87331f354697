package dev.bosky.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A new content of one of cloud-init's status files.
 *
 * @param kind which of the two
 * @param json the whole document
 * @param modified when the file was last written, by the file system's clock
 */
public record StatusDocument(Kind kind, JsonNode json, Instant modified) implements SourceRecord {
  /** The two files that cloud-init writes. */
  public enum Kind {
    /** {@code result.json}: written once, at the end. */
    RESULT,
    /** {@code status.json}: rewritten at each stage's start and end. */
    STATUS
  }
}
