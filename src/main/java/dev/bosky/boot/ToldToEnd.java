package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/**
 * What cloud-init prints when it is told to end while it still runs: at a shutdown, mostly.
 *
 * <p>{@code Cloud-init 22.4.2 received SIGTERM, exiting...}, and then three times where it stood
 * (file, function, line number). In 25.1 the first line is lost, because the others are written
 * over it; in 26.2 it is {@code Received signal 15 resulting in exit. Cause:}. In these two a
 * result.json <em>without an error</em> follows if a script was running: that is no end at all. All
 * were seen in boots with {@code reboot} in a script; cloudinit/signal_handler.py prints them.
 */
final class ToldToEnd {
  private static final byte[] NAME = "Cloud-init ".getBytes(US_ASCII);
  private static final byte[] SIGNAL = "Received signal ".getBytes(US_ASCII);
  private static final byte[] FRAME = "  Filename: /".getBytes(US_ASCII);
  private static final Pattern WORDS =
      Pattern.compile(
          "Cloud-init \\S+ received SIG(?:TERM|INT|ABRT), exiting.*"
              + "|Received signal \\d+ resulting in exit\\. Cause:");

  /** Not where {@code cloud-init status --wait} stood: a script may give up waiting for it. */
  private static final Pattern PLACE =
      Pattern.compile("  Filename: /\\S+(?<!/cloudinit/cmd/status)\\.py");

  private ToldToEnd() {}

  static boolean isSaidBy(CleanLine line) {
    if (Ascii.has(line.bytes(), line.start(), line.end(), NAME)
        || Ascii.has(line.bytes(), line.start(), line.end(), SIGNAL)) {
      return WORDS.matcher(line.text()).matches();
    }
    return Ascii.has(line.bytes(), line.start(), line.end(), FRAME)
        && PLACE.matcher(line.text()).matches();
  }
}
