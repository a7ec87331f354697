package dev.bosky.source;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where this boot's part begins in files that were there before the agent: at the last sign
 * of a boot in their sequence. A file without a sign anywhere counts from its first byte if it was
 * made since this boot began, else from its size when it was first seen.
 *
 * <p>Assumed: the sign that is last was printed by this boot. That is wrong while this boot has
 * written to the log but not yet its sign; a recogniser that looks at the sign's own time is safe.
 */
final class StartSearch {
  private final ThisBoot boot;
  private final Instant since;

  private final List<LineReader.Place> ends = new ArrayList<>();
  private Optional<Sign> sign = Optional.empty();
  private Optional<Sign> substitute = Optional.empty();

  private record Sign(int index, LineReader.Place place) {}

  /** {@code since}: files written before it hold nothing of this boot. */
  StartSearch(ThisBoot boot, Instant since) {
    this.boot = boot;
    this.since = since;
  }

  /**
   * Reads all the files to where they end now, and leaves each where its reading shall begin.
   *
   * @return when the file was last written in which this boot begins; the earliest time if no sign
   *     tells
   */
  Instant place(List<LogFile> files, List<FoundFile> found) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      ends.add(lookThrough(i, files.get(i), found.get(i)));
    }
    Optional<Sign> start = sign.or(() -> substitute);
    for (int i = 0; i < files.size(); i++) {
      files.get(i).moveTo(placeFor(i, found.get(i), start));
    }
    return start.map(s -> found.get(s.index()).modified()).orElse(Instant.MIN);
  }

  private LineReader.Place placeFor(int index, FoundFile file, Optional<Sign> start) {
    if (file.modified().isBefore(since)) {
      return ends.get(index);
    }
    if (start.isPresent()) {
      int first = start.get().index();
      if (index == first) {
        return start.get().place();
      }
      return index < first ? ends.get(index) : LineReader.Place.START;
    }
    boolean madeInThisBoot = file.made().map(made -> !made.isBefore(since)).orElse(false);
    return madeInThisBoot ? LineReader.Place.START : ends.get(index);
  }

  private LineReader.Place lookThrough(int index, LogFile file, FoundFile found)
      throws IOException {
    boolean ofThisBoot = !found.modified().isBefore(since);
    file.skipTo(found.size(), line -> look(ofThisBoot, index, line));
    return file.position().place();
  }

  private void look(boolean ofThisBoot, int index, LogLine line) {
    if (!ofThisBoot) {
      return;
    }
    if (boot.sign().test(line.bytes())) {
      sign = Optional.of(new Sign(index, placeOf(line)));
    } else if (boot.substitute().test(line.bytes())) {
      substitute = Optional.of(new Sign(index, placeOf(line)));
    }
  }

  private static LineReader.Place placeOf(LogLine line) {
    return new LineReader.Place(line.offset(), line.number() - 1, LineReader.Given.NOTHING);
  }
}
