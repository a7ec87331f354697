package dev.bosky.boot;

import java.util.OptionalInt;

/**
 * A place in one of the boot's scripts: {@code part-001}, line 17.
 *
 * @param file the script's name: {@code part-001}, {@code runcmd}
 * @param line from 1; empty if only the script is known
 * @param text that line as it stands on the disk, masked; empty if it cannot be read
 * @param item which item of {@code runcmd} or {@code bootcmd} the line is, from 1
 */
public record ScriptLine(String file, OptionalInt line, String text, OptionalInt item) {
  /** A script of which no more is known. */
  static ScriptLine of(String file) {
    return new ScriptLine(file, OptionalInt.empty(), "", OptionalInt.empty());
  }
}
