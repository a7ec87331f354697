package dev.bosky.source;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts and tells the bytes of a log that were gone before they were read. */
final class Missed {
  private Missed() {}

  /**
   * A file that was read up to {@code print} is not there any more.
   *
   * @param from the first byte that nobody was given
   * @param known how long the file was at least
   * @param found what is beside the log: among it, perhaps, the file in compressed form
   */
  static Optional<SourceNotice> rest(
      String what, Fingerprint print, long from, long known, Collection<FoundFile> found)
      throws IOException {
    for (FoundFile other : found) {
      if (CompressedFile.isOne(other) && new CompressedFile(other).holds(print)) {
        OptionalLong length = new CompressedFile(other).length();
        if (length.isPresent()) {
          return bytes(length.getAsLong() - from, what + " was compressed to " + other.path());
        }
      }
    }
    return bytes(known - from, what);
  }

  /** A whole file went by unread: it was compressed before, or there were too many. */
  static SourceNotice whole(FoundFile file) throws IOException {
    boolean compressed = CompressedFile.isOne(file);
    OptionalLong length =
        compressed ? new CompressedFile(file).length() : OptionalLong.of(file.size());
    String text =
        "rotated log %s %s"
            .formatted(
                file.path(),
                compressed ? "was compressed before it was read" : "is one of too many to read");
    return bytes(length.orElse(0), text)
        .orElse(new SourceNotice(SourceNotice.BYTES_MISSED, 0, text));
  }

  private static Optional<SourceNotice> bytes(long count, String text) {
    return count > 0
        ? Optional.of(
            new SourceNotice(
                SourceNotice.BYTES_MISSED, count, text + ": " + count + " bytes were not read"))
        : Optional.empty();
  }
}
