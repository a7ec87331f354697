package dev.bosky.spool;

/**
 * How many events were given up since this spool was first made, over all restarts.
 *
 * @param info of status info, because the spool was full or the event too large
 * @param success likewise
 * @param fail likewise
 * @param unreadable files that could no longer be read
 */
public record Lost(long info, long success, long fail, long unreadable) {
  static final Lost NONE = new Lost(0, 0, 0, 0);

  public long total() {
    return info + success + fail + unreadable;
  }

  /** One more; an outcome is counted by its status only if it was too large to keep. */
  Lost plus(Rank rank) {
    return switch (rank) {
      case INFO -> new Lost(info + 1, success, fail, unreadable);
      case SUCCESS -> new Lost(info, success + 1, fail, unreadable);
      case FAIL, OUTCOME -> new Lost(info, success, fail + 1, unreadable);
    };
  }

  Lost plusUnreadable() {
    return new Lost(info, success, fail, unreadable + 1);
  }
}
