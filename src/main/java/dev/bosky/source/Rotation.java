package dev.bosky.source;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the files held in step with those found: takes in what has come under the log's name since,
 * follows one that was emptied into its copy, and lets go of the oldest.
 *
 * <p>Assumed of a sibling not seen before that holds the same bytes as the file under the log's
 * name: it is a copy (of copytruncate, or by hand), and is not read again.
 */
final class Rotation {
  /**
   * How long a deleted file is held after its last byte, once there is a newer one: a writer may
   * still have it open, but its room on the disk is not given back as long.
   */
  static final Duration GONE_AFTER = Duration.ofMinutes(10);

  private final HeldFiles held;

  /** Siblings that are not to be read, as they were when that was decided, by key. */
  private final Map<String, FoundFile> passed = new HashMap<>();

  /** A compressed file last written up to then is of a file that was read and let go. */
  private Instant letGo = Instant.MIN;

  private boolean undecided;

  /** Siblings that hold the same as a log that is not held yet. */
  private final List<FoundFile> copies = new ArrayList<>();

  /** The emptied file whose copy was not in the last list of the folder; null for none. */
  private LogFile lookedFor;

  Rotation(HeldFiles held) {
    this.held = held;
  }

  /** Does not read this sibling, unless it changes. */
  void pass(FoundFile file) {
    passed.put(file.key(), file);
  }

  /** Finds the compressed form of a file that was read, which then is no news. */
  Optional<CompressedFile> passCompressed(Fingerprint print, Found found) throws IOException {
    for (FoundFile sibling : found.siblings()) {
      CompressedFile compressed = new CompressedFile(sibling);
      if (CompressedFile.isOne(sibling) && compressed.holds(print)) {
        pass(sibling);
        return Optional.of(compressed);
      }
    }
    return Optional.empty();
  }

  /** True if the files found may be others than those held. */
  boolean isDue(Optional<FoundFile> current, Consumer<? super SourceRecord> out) {
    if (undecided || (current.isPresent() && !held.has(current.get()))) {
      return true;
    }
    current.ifPresent(c -> held.find(c.key()).ifPresent(f -> f.noteFound(c)));
    return held.list().stream().anyMatch(file -> !held.isIntact(file, out));
  }

  /**
   * @param since files last written before hold nothing of this boot
   */
  void update(Found found, Instant since, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    undecided = false;
    passed.keySet().retainAll(found.keys());
    for (LogFile file : held.list()) {
      found.find(file.key()).ifPresentOrElse(file::noteFound, file::noteGone);
      if (!held.isIntact(file, out)) {
        leaveEmptied(file, found, now, out);
      }
    }
    copies.clear();
    takeSiblings(found, since, now, out);
    if (found.current().isPresent() && !held.has(found.current().get())) {
      takeCurrent(found, since, now, out);
    }
    letGo(now, out);
  }

  /**
   * Takes in what has come beside the log. A file that was still empty when it was taken may have
   * been copied and emptied since, or renamed: what has come may be older than what is in it now.
   */
  private void takeSiblings(
      Found found, Instant since, long now, Consumer<? super SourceRecord> out) throws IOException {
    if (found.siblings().stream().anyMatch(this::isNew)) {
      Optional<LogFile> newest = held.newest().filter(f -> f.isUntouched() && !f.isGone());
      if (newest.isPresent()) {
        held.putBack(newest.get());
      }
    }
    for (FoundFile sibling : found.siblings()) {
      if (isNew(sibling)) {
        considerSibling(sibling, found, since, now, out);
      }
    }
  }

  private boolean isNew(FoundFile sibling) {
    FoundFile before = passed.get(sibling.key());
    return !held.has(sibling) && (before == null || !sibling.looksLike(before));
  }

  /**
   * The file was emptied: what was unread of it may be in a copy beside it, the longest of them.
   * What is written to it from now on is a generation of its own.
   */
  private void leaveEmptied(LogFile file, Found found, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    FoundFile emptied = file.found();
    boolean gone = file.isGone();
    SeekableByteChannel own = followCopy(file, found, out);
    if (gone) {
      held.add(emptied, own, now).noteGone(); // Only by this channel can it still be read.
    } else {
      own.close();
    }
  }

  /** Goes on in the copy, or tells what is missed; returns the channel of the file itself. */
  private SeekableByteChannel followCopy(
      LogFile file, Found found, Consumer<? super SourceRecord> out) throws IOException {
    Fingerprint print = file.known();
    List<FoundFile> longestFirst =
        found.siblings().stream()
            .filter(s -> s.size() >= print.read() && !held.has(s) && !CompressedFile.isOne(s))
            .sorted(Comparator.comparingLong(FoundFile::size).reversed())
            .toList();
    for (FoundFile sibling : longestFirst) {
      Optional<SeekableByteChannel> copy = held.openIfFits(sibling, print, out);
      if (copy.isPresent()) {
        return file.continueIn(sibling, copy.get());
      }
    }
    if (!file.equals(lookedFor)) {
      // Its copy may have come after the folder was listed.
      lookedFor = file;
      undecided = true;
      throw new RenamedMeanwhileException(file.path());
    }
    file.flush(out);
    out.accept(Missed.emptied(file, passCompressed(print, found)));
    return held.release(file);
  }

  private void considerSibling(
      FoundFile sibling, Found found, Instant since, long now, Consumer<? super SourceRecord> out)
      throws RenamedMeanwhileException {
    try {
      take(sibling, found, since, now, out);
    } catch (RenamedMeanwhileException e) {
      throw e;
    } catch (IOException e) {
      held.cannotRead(sibling, e, out);
    }
  }

  private void take(
      FoundFile sibling, Found found, Instant since, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    if (sibling.modified().isBefore(since)) {
      pass(sibling);
    } else if (CompressedFile.isOne(sibling)) {
      considerCompressed(new CompressedFile(sibling), found, out);
    } else if (sibling.size() == 0) {
      undecided = true; // A new file, or a copy that begins: its first bytes will tell.
    } else {
      considerReadable(sibling, found, now, out);
    }
  }

  private void considerReadable(
      FoundFile sibling, Found found, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    Optional<LogFile> current = found.current().flatMap(c -> held.find(c.key()));
    if (current.isEmpty() && held.isCopy(sibling, found, out)) {
      copies.add(sibling);
      return;
    }
    Optional<SeekableByteChannel> channel = held.openSibling(sibling, out);
    if (channel.isEmpty()) {
      return;
    }
    boolean taken = false;
    try {
      if (current.isPresent() && Fingerprint.isCopy(channel.get(), current.get().channel())) {
        pass(sibling);
      } else if (current.isPresent() && !current.get().intact()) {
        undecided = true; // Emptied a moment ago: this may be its copy, which the next look tells.
      } else {
        taken = true;
        readOn(held.add(sibling, channel.get(), now), sibling);
      }
    } finally {
      if (!taken) {
        channel.get().close();
      }
    }
  }

  /** One that was passed before is read from where it ended then. */
  private void readOn(LogFile taken, FoundFile now) throws IOException {
    FoundFile before = passed.get(now.key());
    if (before != null && before.size() <= now.size()) {
      taken.skipTo(before.size(), line -> {});
    }
  }

  private void considerCompressed(
      CompressedFile compressed, Found found, Consumer<? super SourceRecord> out)
      throws IOException {
    FoundFile file = compressed.file();
    if (found.siblings().stream().anyMatch(s -> compressed.isOf(s.path()))) {
      return; // Still being written: its original is there, and read.
    }
    boolean read = !file.modified().isAfter(letGo);
    for (LogFile other : held.list()) {
      read |= compressed.holds(other.print()) || (other.isGone() && !compressed.isGzip());
    }
    pass(file);
    if (!read) {
      held.countMissed();
      out.accept(Missed.whole(file));
    }
  }

  private void takeCurrent(Found found, Instant since, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    FoundFile current = found.current().get();
    LogFile taken = held.add(current, held.open(current), now);
    if (current.modified().isBefore(since)) {
      taken.skipTo(current.size(), line -> {});
    } else {
      readOn(taken, current);
    }
    passed.remove(current.key());
    for (FoundFile copy : copies) {
      if (held.isCopy(copy, found, out)) {
        pass(copy);
      } else {
        undecided = true; // Emptied just before it was held: the copy is to be read.
      }
    }
  }

  /** Lets go of files beyond the limit, and of deleted ones that nobody writes into any more. */
  private void letGo(long now, Consumer<? super SourceRecord> out) throws IOException {
    TailLimits limits = held.limits();
    List<LogFile> files = held.list();
    int over = files.size() - limits.openFiles();
    for (LogFile file : files.subList(0, Math.max(0, files.size() - 1))) {
      boolean quiet = now - file.newsNanos() >= GONE_AFTER.toNanos();
      if (file.unread() == 0 && (over > 0 || (file.isGone() && quiet))) {
        over--;
        file.flush(out);
        letGo = file.modified().isAfter(letGo) ? file.modified() : letGo;
        if (!file.isGone()) {
          pass(file.asRead());
        }
        held.remove(file);
      }
    }
  }
}
