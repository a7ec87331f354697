package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/**
 * What cloud-init prints when it is told to end while it still runs: at a shutdown, mostly.
 *
 * <p>{@code Cloud-init 22.4.2 received SIGTERM, exiting...}, and then three times where it stood
 * (file, function, line number). Since 24.3 the first line is lost, because the others are written
 * over it (cloudinit/signal_handler.py); and there a result.json <em>without an error</em> follows
 * if a script was running: it is then no end at all. Both were seen in boots with {@code reboot} in
 * a script.
 */
final class ToldToEnd {
  private static final byte[] NAME = "Cloud-init ".getBytes(US_ASCII);
  private static final byte[] FRAME = "  Filename: /".getBytes(US_ASCII);
  private static final Pattern WORDS =
      Pattern.compile("Cloud-init \\S+ received SIG(?:TERM|INT|ABRT), exiting.*");

  /** Not where {@code cloud-init status --wait} stood: a script may give up waiting for it. */
  private static final Pattern PLACE =
      Pattern.compile("  Filename: /\\S+(?<!/cloudinit/cmd/status)\\.py");

  private ToldToEnd() {}

  static boolean isSaidBy(CleanLine line) {
    if (Ascii.has(line.bytes(), line.start(), line.end(), NAME)) {
      return WORDS.matcher(line.text()).matches();
    }
    return Ascii.has(line.bytes(), line.start(), line.end(), FRAME)
        && PLACE.matcher(line.text()).matches();
  }
}
