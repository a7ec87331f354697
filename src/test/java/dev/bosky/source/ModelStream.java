package dev.bosky.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The model's idea of one generation of a log: all that was ever written to it, where that can be
 * found now, and how far a reader has come. As simple as it can be, a character at a time.
 */
final class ModelStream {
  static final int MAX_LINE_BYTES = 40;

  /** Where the bytes are. */
  enum Where {
    /** In a file under the log's name or beside it. */
    FOLDER,
    /** The same, but nobody can add to them: a copy. */
    COPY,
    /** In a file without a name. */
    UNLINKED,
    /** Nowhere. */
    EMPTIED
  }

  /** One line that a reader must give. */
  record Line(ModelStream stream, int offset, String text, boolean cut) {}

  /**
   * How far a reader has come; {@code start} is where it begins again after a restart.
   *
   * @param original true if it read some of it before it was a copy, and so knows that it is one
   */
  record Progress(
      int start, boolean given, boolean skipping, int read, boolean held, boolean original) {
    static final Progress NONE = new Progress(0, false, false, 0, false, false);
  }

  final StringBuilder content = new StringBuilder();
  Where where = Where.FOLDER;
  Progress progress = Progress.NONE;
  private int quietsAtNews;
  private boolean copyHeld;

  /** A new reader begins where the old one would have: what it held open it must find again. */
  void restart(Progress from) {
    copyHeld = false;
    progress =
        new Progress(
            from.start(), from.given(), from.skipping(), from.start(), false, from.original());
  }

  /** Its last name goes; a reader goes on only in a file that it holds. */
  void unlink() {
    where = where == Where.COPY && !copyHeld ? Where.EMPTIED : Where.UNLINKED;
  }

  /**
   * The file of the other stream was emptied for this one: a reader that holds it holds it still.
   */
  void isInFileOf(ModelStream other) {
    progress = new Progress(0, false, false, 0, other.progress.held(), false);
  }

  boolean isReachable() {
    return switch (where) {
      case FOLDER, COPY -> true;
      case UNLINKED, EMPTIED -> progress.held();
    };
  }

  /** A file that is empty, and was never seen under the log's name, is not held before it grows. */
  boolean isSeen() {
    return progress.held() || content.length() > 0;
  }

  /**
   * Reads to the end and gives the lines; half a line too, if nothing can come after it or nothing
   * has come for long.
   *
   * @param quiets how often it was quiet for long until now
   */
  List<Line> read(int quiets) {
    List<Line> lines = new ArrayList<>();
    int start = progress.start();
    boolean given = progress.given();
    boolean skipping = progress.skipping();
    int end = where == Where.EMPTIED ? progress.read() : content.length();
    if (end > progress.read()) {
      quietsAtNews = quiets;
    }
    for (int i = start; i < end; i++) {
      char c = content.charAt(i);
      if (c == '\n') {
        String text = content.substring(start, i);
        text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (!skipping && !(given && text.isEmpty())) {
          lines.add(line(start, text));
        }
        start = i + 1;
        given = false;
        skipping = false;
      } else if (!skipping && c == 0 && i == start) {
        start = i + 1;
      } else if (!skipping && i + 1 - start > MAX_LINE_BYTES + 1) {
        lines.add(line(start, content.substring(start, i + 1)));
        start = i + 1;
        skipping = true;
      } else if (skipping) {
        start = i + 1;
      }
    }
    if (start < end && (quiets > quietsAtNews || cannotGoOn())) {
      lines.add(line(start, content.substring(start, end)));
      start = end;
      given = true;
    }
    copyHeld = where == Where.COPY;
    boolean original = progress.original() || (where == Where.FOLDER && end > 0);
    progress = new Progress(start, given, skipping, end, true, original);
    return lines;
  }

  private boolean cannotGoOn() {
    return where == Where.COPY ? progress.original() : where != Where.FOLDER;
  }

  private Line line(int offset, String text) {
    boolean cut = text.length() > MAX_LINE_BYTES;
    return new Line(this, offset, cut ? text.substring(0, MAX_LINE_BYTES) : text, cut);
  }
}
