package dev.bosky.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One path as one endless log, across rotation and truncation.
 *
 * <p>Every poll looks at the path and its folder first, then reads the files held, the oldest to
 * its end before the next. Files are held open ({@link LogFile}), so what a writer puts into a
 * renamed or deleted file is read as well.
 *
 * <p>Nothing is lost while the agent runs, except what no reader can get: bytes written between two
 * polls into a file that is gone before the second, and those that copytruncate itself drops
 * between its copy and its truncation. Nothing is repeated. A log that was copied and emptied
 * between two steps of one look, with nothing read of it before, may be given after what was
 * written to it since. Across a restart the same holds as long as the files are still in the
 * folder, renamed or copied. What is missed is told by a {@link SourceNotice}.
 *
 * <p>The first poll without a position also looks through what was there before the agent, at some
 * hundred megabytes a second; every other poll reads at most {@link TailLimits#pollBytes}.
 *
 * <p>Called by the reader thread only.
 */
public final class LogTailer implements Source {
  private final Path path;
  private final ThisBoot boot;
  private final TailPosition resume;
  private final TailLimits limits;
  private final LongSupplier nanoTime;
  private final BootClock bootClock;
  private final LogFolder folder;
  private final Troubles troubles = new Troubles();
  private final HeldFiles held;
  private final Rotation rotation;
  private final FirstLook first;

  private boolean started;
  private long newsNanos;

  /**
   * @param log the log's name in its lines: {@code output}, {@code cloud-init}, or a path
   * @param path where it is; a link is followed
   * @param boot how to find this boot's part of what is there already
   * @param resume where to go on, or {@link TailPosition#NONE}
   * @param limits bounds
   * @param clock the wall clock: by comparison with {@code nanoTime} it tells when it was set back
   * @param nanoTime a clock for durations, in nanoseconds, such as {@link System#nanoTime}
   */
  public LogTailer(
      String log,
      Path path,
      ThisBoot boot,
      TailPosition resume,
      TailLimits limits,
      InstantSource clock,
      LongSupplier nanoTime) {
    this(log, path, boot, resume, limits, clock, nanoTime, FileOpener.DISK);
  }

  LogTailer(
      String log,
      Path path,
      ThisBoot boot,
      TailPosition resume,
      TailLimits limits,
      InstantSource clock,
      LongSupplier nanoTime,
      FileOpener opener) {
    this.path = path;
    this.boot = boot;
    this.resume = resume;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.bootClock = new BootClock(boot.began(), clock, nanoTime);
    this.folder = new LogFolder(path, nanoTime);
    this.held = new HeldFiles(log, limits, opener, troubles);
    this.rotation = new Rotation(held);
    this.first = new FirstLook(path, held, rotation);
    this.newsNanos = nanoTime.getAsLong();
  }

  @Override
  public boolean poll(Consumer<? super SourceRecord> out) {
    long now = nanoTime.getAsLong();
    troubles.beginPoll();
    try {
      look(now, out);
    } catch (RenamedMeanwhileException e) {
      return true;
    } catch (IOException e) {
      troubles.cannotRead("log", path, e, out);
    }
    return readAll(now, out);
  }

  /** Finds out which files there are to read. */
  private void look(long now, Consumer<? super SourceRecord> out) throws IOException {
    Instant since = bootClock.began();
    boolean changed = folder.changed();
    Optional<FoundFile> current = folder.current();
    if (!started) {
      start(new Found(siblings(out), current), since, now, out);
    } else if (rotation.isDue(current, out) || changed) {
      rotation.update(new Found(siblings(out), current), since, now, out);
    }
    troubles.over(path);
  }

  /** A folder that cannot be listed hides rotated files, but not the log itself. */
  private List<FoundFile> siblings(Consumer<? super SourceRecord> out) {
    try {
      List<FoundFile> found = folder.siblings();
      troubles.over(folder.path());
      return found;
    } catch (IOException e) {
      troubles.cannotRead("folder", folder.path(), e, out);
      return folder.lastSiblings();
    }
  }

  private void start(Found found, Instant since, long now, Consumer<? super SourceRecord> out)
      throws IOException {
    held.reset(resume);
    try {
      if (resume.isNone()) {
        first.begin(found, new StartSearch(boot, since), since, now, out);
      } else {
        first.resume(resume, found, bootClock.threshold(resume.lastWritten()), now, out);
      }
      started = true;
    } finally {
      if (!started) {
        held.close();
      }
    }
  }

  private boolean readAll(long now, Consumer<? super SourceRecord> out) {
    int left = limits.pollBytes();
    for (LogFile file : held.list()) {
      try {
        int got = file.read(left, now, out);
        left -= got;
        newsNanos = got > 0 ? now : newsNanos;
        troubles.over(file.path());
      } catch (IOException e) {
        troubles.cannotRead("log", file.path(), e, out);
      }
      if (left <= 0) {
        return true;
      }
      if (file.hasLeftover(now)) {
        file.flush(out);
      }
    }
    return false;
  }

  /** Gives last lines that have no end yet: for the end of the boot. */
  public void flushPartial(Consumer<? super SourceRecord> out) {
    held.list().forEach(file -> file.flush(out));
  }

  /** Where to go on after a restart so that no line handed over so far is read again. */
  public TailPosition position() {
    return started ? held.position() : resume;
  }

  /** How many bytes the last poll saw and left unread. */
  public long backlog() {
    return held.list().stream().mapToLong(LogFile::unread).sum();
  }

  /** For how long no byte was read; since this tailer was made, if none ever was. */
  public Duration quietFor() {
    return Duration.ofNanos(nanoTime.getAsLong() - newsNanos);
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
