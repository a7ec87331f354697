package dev.bosky.boot;

import dev.bosky.source.LogLine;
import java.util.function.Consumer;

/**
 * Turns a line as it stands in the file into the program's own words.
 *
 * <p>Removed are control sequences and what they erase ({@link ControlCodes}), and the prefix that
 * a console or a journal puts before a line of cloud-init ({@link LinePrefix}). A line of
 * cloud-init that was glued to output without a newline at its end ({@link GluedLine}) becomes a
 * line of its own. Cloud-init's own beginning, {@code YYYY-MM-DD HH:MM:SS,mmm - FILE.py[LEVEL]: },
 * stays.
 *
 * <p>Nearly all lines have nothing of this: they are looked through once and handed on without a
 * copy. Has no state; any thread may call it.
 */
public final class LineCleaner {
  /** Hands on the clean lines that this line holds: one, or more where lines were glued. */
  public void clean(LogLine line, Consumer<? super CleanLine> out) {
    byte[] raw = line.bytes();
    int glue = 0;
    for (int i = 0; i < raw.length; i++) {
      byte b = raw[i];
      if ((b < ' ' && b >= 0 && b != '\t') || b == 0x7f) {
        cleanCopy(line, out);
        return;
      }
      if ((b == 'C' || b == '[') && glue == 0 && i > 0 && GluedLine.startAt(raw, 0, i) > 0) {
        glue = i;
      }
    }
    int start = LinePrefix.end(raw, ControlCodes.skipByteOrderMark(raw), raw.length);
    if (glue == 0) {
      out.accept(part(line, raw, start, raw.length, line.offset()));
    } else {
      split(line, raw, start, raw.length, out);
    }
  }

  private static void cleanCopy(LogLine line, Consumer<? super CleanLine> out) {
    byte[] bytes = new byte[line.bytes().length];
    int end = ControlCodes.remove(line.bytes(), bytes);
    int start = LinePrefix.end(bytes, ControlCodes.skipByteOrderMark(bytes), end);
    split(line, bytes, start, end, out);
  }

  /** Hands on the parts between {@code start} and {@code end}, cut where a line was glued on. */
  private static void split(
      LogLine line, byte[] bytes, int start, int end, Consumer<? super CleanLine> out) {
    int from = start;
    long offset = line.offset();
    int searched = 0;
    for (int i = start + 1; i < end; i++) {
      if (bytes[i] == 'C' || bytes[i] == '[') {
        int glued = GluedLine.startAt(bytes, from, i);
        if (glued > from) {
          out.accept(part(line, bytes, from, glued, offset));
          searched = GluedLine.find(line.bytes(), searched + 1, bytes, glued, end);
          offset = line.offset() + searched;
          from = glued;
        }
      }
    }
    out.accept(part(line, bytes, from, end, offset));
  }

  private static CleanLine part(LogLine line, byte[] bytes, int start, int end, long offset) {
    return new CleanLine(
        line.log(), line.generation(), offset, line.number(), bytes, start, end, line.cut());
  }
}
