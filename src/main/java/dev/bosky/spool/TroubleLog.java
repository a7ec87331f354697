package dev.bosky.spool;

import org.slf4j.Logger;

/**
 * Logs a repeating failure when it starts, when it changes and when it ends, with the count; not
 * each time. Any thread may call it.
 */
public final class TroubleLog {
  private final Logger log;
  private final String what;
  private String last = "";
  private long count;

  /**
   * For one thing that may fail.
   *
   * @param what what is failing, as the first words of the line
   */
  public TroubleLog(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /**
   * It failed, once more.
   *
   * @param text why; the same failure has the same text, without times or request ids
   */
  public synchronized void failed(String text) {
    count++;
    if (!text.equals(last)) {
      last = text;
      log.warn("{}: {}", what, text);
    }
  }

  /** Says that it works again, if it did not. */
  public synchronized void ended() {
    if (count > 0) {
      log.info("{}: works again after {} failures", what, count);
      count = 0;
      last = "";
    }
  }

  /** The failure that goes on, empty if there is none. */
  public synchronized String current() {
    return last;
  }
}
