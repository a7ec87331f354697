package dev.bosky.source;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How a tailer begins: with this boot's part of what is there, or where it stopped before. */
final class FirstLook {
  /** How many rotated files of this boot are read back at most; older ones are told as missed. */
  static final int MOST_SIBLINGS = 64;

  private final Path path;
  private final HeldFiles held;
  private final Rotation rotation;

  /** Of those read before, the ones that the look before did not find. */
  private Set<FilePosition> notFound = Set.of();

  FirstLook(Path path, HeldFiles held, Rotation rotation) {
    this.path = path;
    this.held = held;
    this.rotation = rotation;
  }

  /** Begins without a position: at this boot's first byte. */
  void begin(
      Found found, StartSearch search, Instant since, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    List<FoundFile> taken = new ArrayList<>();
    List<FoundFile> unreadable = new ArrayList<>();
    for (FoundFile sibling : found.siblings()) {
      if (sibling.modified().isBefore(since)) {
        rotation.pass(sibling);
      } else if (CompressedFile.isOne(sibling)) {
        rotation.pass(sibling);
        unreadable.add(sibling);
      } else {
        taken.add(sibling);
      }
    }
    while (taken.size() > MOST_SIBLINGS) {
      FoundFile oldest = taken.remove(0);
      rotation.pass(oldest);
      unreadable.add(oldest);
    }
    List<FoundFile> copies = copies(taken, found, out);
    taken.removeAll(copies);
    List<FoundFile> opened = new ArrayList<>();
    for (FoundFile sibling : taken) {
      Optional<SeekableByteChannel> channel = held.openSibling(sibling, out);
      if (channel.isPresent()) {
        held.add(sibling, channel.get(), now);
        opened.add(sibling);
      }
    }
    if (found.current().isPresent()) {
      held.add(found.current().get(), held.open(found.current().get()), now);
      opened.add(found.current().get());
    }
    Instant begins = search.place(held.list(), opened);
    // Now that its files are held it must be as it was, or a part of this boot goes unread.
    boolean same = copies(copies, found, out).equals(copies);
    for (LogFile file : held.list()) {
      same &= held.isIntact(file, out);
    }
    if (!same) {
      throw new RenamedMeanwhileException(path);
    }
    copies.forEach(rotation::pass);
    for (FoundFile file : unreadable) {
      if (!file.modified().isBefore(begins)) {
        out.accept(Missed.whole(file));
      }
    }
  }

  /** Those of the siblings that hold what the log itself holds. */
  private List<FoundFile> copies(
      List<FoundFile> siblings, Found found, Consumer<? super SourceRecord> out)
      throws IOException {
    List<FoundFile> copies = new ArrayList<>();
    for (FoundFile sibling : siblings) {
      if (held.isCopy(sibling, found, out)) {
        copies.add(sibling);
      }
    }
    return copies;
  }

  /**
   * Goes on from a position: finds each file again by its key and what was read of it, else, if it
   * was copied or the device has another number by now, by what was read of it alone.
   *
   * @param since siblings last written before are no news
   * @throws RenamedMeanwhileException if one is not found that was not missed before: the folder
   *     may have been listed before the copy was made, and the file looked at after it was emptied
   */
  void resume(
      TailPosition position,
      Found found,
      Instant since,
      long now,
      Consumer<? super SourceRecord> out)
      throws IOException {
    Map<FilePosition, FoundFile> places = findAgain(position, found, out);
    Set<FilePosition> missing = new HashSet<>(position.files());
    missing.removeAll(places.keySet());
    if (!notFound.containsAll(missing)) {
      notFound = missing;
      throw new RenamedMeanwhileException(path);
    }
    List<SourceNotice> lost = new ArrayList<>();
    for (FilePosition file : position.files()) {
      FoundFile place = places.get(file);
      if (place != null) {
        boolean moved = !place.key().equals(file.key());
        held.addAgain(file, place, moved && !found.isCurrent(place), now);
      } else {
        Optional<CompressedFile> compressed = rotation.passCompressed(file.print(), found);
        Missed.gone(path, file, position.isNewest(file), compressed).ifPresent(lost::add);
      }
    }
    for (FoundFile sibling : found.siblings()) {
      if (!held.has(sibling) && sibling.modified().isBefore(since)) {
        rotation.pass(sibling);
      }
    }
    rotation.update(found, since, now, out);
    lost.forEach(out);
  }

  private Map<FilePosition, FoundFile> findAgain(
      TailPosition position, Found found, Consumer<? super SourceRecord> out) throws IOException {
    Map<FilePosition, FoundFile> places = new HashMap<>();
    for (FilePosition file : position.files()) {
      Optional<FoundFile> same = found.find(file.key());
      if (same.isPresent()
          && (file.print().read() == 0
              ? isStillUnread(file, same.get(), position) && !held.isCopy(same.get(), found, out)
              : isSame(file, same.get(), found, out))) {
        places.put(file, same.get());
      }
    }
    for (FilePosition file : position.files()) {
      if (!places.containsKey(file) && file.print().read() > 0) {
        for (FoundFile other : found.all()) {
          if (!places.containsValue(other) && isSame(file, other, found, out)) {
            places.put(file, other);
          }
        }
      }
    }
    return places;
  }

  /**
   * A file of which nothing was read is known by its key alone, which may have been given to
   * another file since: one that was followed by a newer one must look as it did. If it does not,
   * it is taken as a new file. So is a copy of the log, which was given the key of one that was
   * deleted unread.
   */
  private static boolean isStillUnread(FilePosition file, FoundFile same, TailPosition position) {
    return position.isNewest(file)
        ? same.size() >= file.size()
        : same.size() == file.size() && same.modified().equals(file.modified());
  }

  /** The current file must be readable to go on; a sibling that is not is as good as gone. */
  private boolean isSame(
      FilePosition file, FoundFile candidate, Found found, Consumer<? super SourceRecord> out)
      throws IOException {
    if (CompressedFile.isOne(candidate) || candidate.size() < file.print().read()) {
      return false;
    }
    if (!found.isCurrent(candidate)) {
      Optional<SeekableByteChannel> sibling = held.openIfFits(candidate, file.print(), out);
      if (sibling.isPresent()) {
        sibling.get().close();
      }
      return sibling.isPresent();
    }
    try (SeekableByteChannel current = held.open(candidate)) {
      return file.print().fits(current);
    }
  }
}
