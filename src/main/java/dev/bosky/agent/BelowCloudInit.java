package dev.bosky.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether this process was started by a script of cloud-init's that waits for it: cloud-init would
 * wait for the agent, and the agent for cloud-init.
 *
 * <p>The control group tells whether a process is below one of cloud-init's units. It is in the
 * foreground there unless it leads a session of its own, or is deaf to the keyboard or to hanging
 * up, as a shell makes what it starts with {@code &} or {@code nohup}, or has lost its parent.
 */
public final class BelowCloudInit {
  private static final Pattern UNIT =
      Pattern.compile(
          "/(cloud-(?:final|config|init|init-local|init-network|init-main)\\.service)(?:/|$)",
          Pattern.MULTILINE);

  /** {@code 4711 (java) S parent group session …}; the name may have blanks and brackets. */
  private static final Pattern STAT =
      Pattern.compile(
          "(?<pid>\\d+) \\(.*\\) \\S (?<parent>\\d+) \\d+ (?<session>\\d+) .*", Pattern.DOTALL);

  private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]{1,16})$");

  /** SIGHUP and SIGINT, as bits of the kernel's mask. */
  private static final long HUP_OR_INT = 0b11;

  private BelowCloudInit() {}

  /**
   * The unit that waits for this process.
   *
   * @param self {@code /proc/self}
   * @return empty if none does, or it cannot be told
   */
  public static Optional<String> waitingUnit(Path self) {
    try {
      Matcher unit = UNIT.matcher(Files.readString(self.resolve("cgroup")));
      return unit.find() && isForeground(self) ? Optional.of(unit.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isForeground(Path self) throws IOException {
    Matcher stat = STAT.matcher(Files.readString(self.resolve("stat")));
    Matcher ignored = IGNORED.matcher(Files.readString(self.resolve("status")));
    return stat.matches()
        && !stat.group("parent").equals("1")
        && !stat.group("session").equals(stat.group("pid"))
        && (!ignored.find() || (Long.parseUnsignedLong(ignored.group(1), 16) & HUP_OR_INT) == 0);
  }
}
