package dev.bosky.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts and tells the bytes of a log that were gone before they were read. */
final class Missed {
  private Missed() {}

  /**
   * A file that was read before is not there any more.
   *
   * @param newest true if it stood under the log's name when it was last seen, so that more may
   *     have been written to it
   * @param compressed the file in compressed form, if that is there
   */
  static Optional<SourceNotice> gone(
      Path log, FilePosition file, boolean newest, Optional<CompressedFile> compressed)
      throws IOException {
    long from = file.place().offset();
    String what = "log %s (generation %d) is gone".formatted(log, file.generation());
    OptionalLong length = lengthOf(compressed);
    if (length.isPresent()) {
      return bytes(length.getAsLong() - from, what + ", compressed to " + compressed.get().path());
    }
    Optional<SourceNotice> known = bytes(Math.max(file.size(), file.print().read()) - from, what);
    return known.isPresent() || !newest
        ? known
        : Optional.of(
            new SourceNotice(
                SourceNotice.BYTES_MISSED,
                0,
                what + "; whether more was written to it after byte " + from + " is not known"));
  }

  /** A file was emptied, and nothing beside it holds what had been read of it. */
  static SourceNotice emptied(LogFile file, Optional<CompressedFile> compressed)
      throws IOException {
    long from = file.print().read();
    String what = "log %s was emptied after %d bytes were read".formatted(file.path(), from);
    long length = lengthOf(compressed).orElse(from + file.unread());
    return bytes(length - from, what)
        .orElse(
            new SourceNotice(
                SourceNotice.TRUNCATED, 0, what + "; none is known to have been unread"));
  }

  private static OptionalLong lengthOf(Optional<CompressedFile> compressed) throws IOException {
    return compressed.isPresent() ? compressed.get().length() : OptionalLong.empty();
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
