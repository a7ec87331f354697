package dev.bosky.testing;

import java.io.Writer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What another thread prints, line by line: for commands that go on until they are stopped. */
public final class LineQueue extends Writer {
  private static final long MAX_SECONDS = 60;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringBuilder begun = new StringBuilder();

  /** The next line, waiting for it. */
  public String next() throws InterruptedException {
    String line = lines.poll(MAX_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no further line within " + MAX_SECONDS + " s");
    }
    return line;
  }

  /** Whether all lines so far were taken. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    synchronized (lock) {
      for (int i = offset; i < offset + length; i++) {
        if (chars[i] == '\n') {
          lines.add(begun.toString());
          begun.setLength(0);
        } else {
          begun.append(chars[i]);
        }
      }
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
