package dev.bosky.agent;

import dev.bosky.source.SourceNotice;
import dev.bosky.source.SourceRecord;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls sources so that a bug met in one of them does not keep the others from being read: it is
 * told once for each source, which is polled again like the others. For the reader thread only.
 */
final class SourceGuard {
  private static final Logger LOG = LoggerFactory.getLogger(SourceGuard.class);

  private final Set<String> told = new HashSet<>();

  /**
   * One look at a source.
   *
   * @param name what the source is, for people
   * @param look the look; returns true if there is more to read at once
   * @param out is told of a bug
   */
  boolean poll(String name, BooleanSupplier look, Consumer<? super SourceRecord> out) {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException e) {
      if (told.add(name)) {
        LOG.error("{}: reading it failed, this is a bug; the others are read on", name, e);
        String text = name + " cannot be read, by a bug of Bosky (" + e.getClass().getName() + ")";
        out.accept(new SourceNotice(SourceNotice.UNREADABLE, 0, text));
      }
      return false;
    }
  }
}
