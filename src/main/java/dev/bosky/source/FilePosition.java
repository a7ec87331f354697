package dev.bosky.source;

import java.time.Instant;
import java.util.Objects;

/**
 * How far one file of a log was read.
 *
 * @param generation which file of the log it is, counted from 0
 * @param key its file key when it was last seen
 * @param print what was read of it, half a line at the end included
 * @param place where to begin again: half a line is read anew
 * @param size its size in bytes when it was last looked at
 * @param modified when it was last written, as far as was seen
 */
record FilePosition(
    int generation,
    String key,
    Fingerprint print,
    LineReader.Place place,
    long size,
    Instant modified) {
  FilePosition {
    Objects.requireNonNull(key);
    Objects.requireNonNull(modified);
    if (generation < 0 || place.offset() > print.read()) {
      throw new IllegalArgumentException(
          "generation %d, offset %d of %d bytes read: expected a generation from 0 and an offset"
                  .formatted(generation, place.offset(), print.read())
              + " within what was read");
    }
  }
}
