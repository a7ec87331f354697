package dev.bosky.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Something that is read without ever waiting for it: a growing log, a status document.
 *
 * <p>Called by the reader thread only.
 */
public interface Source extends Closeable {
  /**
   * Hands over what is new since the last call, at most a bounded piece of it (a source names its
   * bound), and returns at once.
   *
   * @return true if more is there already, so that the caller polls again without waiting
   * @throws IOException if what is there cannot be read; the next call tries again, at the same
   *     place
   */
  boolean poll(Consumer<? super SourceRecord> out) throws IOException;
}
