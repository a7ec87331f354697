package dev.bosky.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Another agent has the state folder open; the message names its process. */
public final class StateFolderTakenException extends IOException {
  StateFolderTakenException(Path folder, String pid) {
    super(
        "state folder %s: expected nobody in it, found another agent%s; stop that one, or give this one a folder of its own with --state"
            .formatted(folder, pid.isEmpty() ? "" : " (process " + pid + ")"));
  }
}
