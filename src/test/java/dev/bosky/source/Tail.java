package dev.bosky.source;

import dev.bosky.testing.ManualClock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A tailer under test, with what it gave so far; can be stopped and started again. */
final class Tail implements Closeable {
  final ManualClock clock = new ManualClock(Instant.now());
  final List<LogLine> lines = new ArrayList<>();
  final List<SourceNotice> notices = new ArrayList<>();
  private final Path path;
  private ThisBoot boot;
  private TailLimits limits = TailLimits.DEFAULT;
  private FileOpener opener = FileOpener.DISK;
  private Runnable meanwhile = () -> {};
  private LogTailer tailer;

  Tail(Path path) {
    this.path = path;
    boot = signsBy("BOOT", clock.instant().minusSeconds(60));
    start(TailPosition.NONE);
  }

  /** A boot that began then, whose sign is a line that begins with this word. */
  static ThisBoot signsBy(String word, Instant began) {
    return new ThisBoot(
        began,
        line -> new String(line).startsWith(word),
        line -> new String(line).startsWith("SECOND"));
  }

  Tail with(ThisBoot other) {
    boot = other;
    start(TailPosition.NONE);
    return this;
  }

  /** Begins again at a position, with a boot that began at another time by the clock of then. */
  Tail with(ThisBoot other, TailPosition from) {
    boot = other;
    start(from);
    return this;
  }

  Tail with(TailLimits other) {
    limits = other;
    start(TailPosition.NONE);
    return this;
  }

  Tail with(FileOpener other) {
    opener = other;
    start(TailPosition.NONE);
    return this;
  }

  /**
   * Goes on while others work: before each look at the clock, of which there is one between finding
   * the log and listing its folder, and before each call for an open file.
   */
  void meanwhile(Runnable others) {
    FaultyOpener disk = new FaultyOpener();
    disk.meanwhile = () -> meanwhile.run();
    opener = disk;
    meanwhile = others;
  }

  /** Ends without a word, as a killed process does, and begins again at the position. */
  void start(TailPosition from) {
    close();
    TailPosition stored = TailPosition.fromJson(from.toJson());
    tailer = new LogTailer("output", path, boot, stored, limits, clock, this::nanoTime, opener);
  }

  private long nanoTime() {
    meanwhile.run();
    return clock.nanoTime();
  }

  void restart() {
    start(tailer.position());
  }

  LogTailer tailer() {
    return tailer;
  }

  /** Polls until there is nothing more. */
  Tail poll() {
    while (pollOnce()) {
      // Until it has read all there is.
    }
    return this;
  }

  boolean pollOnce() {
    return tailer.poll(this::take);
  }

  private void take(SourceRecord record) {
    if (record instanceof LogLine line) {
      lines.add(line);
    } else {
      notices.add((SourceNotice) record);
    }
  }

  void flush() {
    tailer.flushPartial(this::take);
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  /** The text of the lines given so far. */
  List<String> texts() {
    return lines.stream().map(LogLine::text).toList();
  }

  /** The lines given so far, as generation, offset and number. */
  List<String> places() {
    return lines.stream()
        .map(l -> "%d@%d #%d".formatted(l.generation(), l.offset(), l.number()))
        .toList();
  }

  List<String> noticeCodes() {
    return notices.stream().map(n -> n.code() + " " + n.count()).toList();
  }

  @Override
  public void close() {
    try {
      if (tailer != null) {
        tailer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
