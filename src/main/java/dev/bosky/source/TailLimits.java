package dev.bosky.source;

import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of a {@link LogTailer}.
 *
 * @param maxLineBytes the longest line that is kept whole, in bytes without its line end
 * @param pollBytes how much one poll reads at most, in bytes
 * @param partialAfter after how long without a byte a line without its end is given
 * @param openFiles how many files of one log are held open once they are read: rotated ones that a
 *     writer may still write into, and the one under the name
 */
public record TailLimits(int maxLineBytes, int pollBytes, Duration partialAfter, int openFiles) {
  /** 256 KB a line, 1 MB a poll, 10 seconds, 8 files. */
  public static final TailLimits DEFAULT =
      new TailLimits(LineReader.DEFAULT_MAX_LINE_BYTES, 1024 * 1024, Duration.ofSeconds(10), 8);

  public TailLimits {
    Objects.requireNonNull(partialAfter);
    if (pollBytes < 1 || openFiles < 1) {
      throw new IllegalArgumentException("limits of at least 1 are expected");
    }
  }
}
