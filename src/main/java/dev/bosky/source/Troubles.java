package dev.bosky.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tells each trouble once, and again only when it was over meanwhile. */
final class Troubles {
  private final Map<Path, Set<String>> told = new HashMap<>();
  private final Set<Path> metInThisPoll = new HashSet<>();

  /** A new look at everything begins. */
  void beginPoll() {
    metInThisPoll.clear();
  }

  /** What is at the path cannot be read; said unless it was said already. */
  void cannotRead(String what, Path path, IOException e, Consumer<? super SourceRecord> out) {
    String text = "%s %s cannot be read: %s".formatted(what, path, reason(e));
    metInThisPoll.add(path);
    if (told.computeIfAbsent(path, p -> new HashSet<>()).add(text)) {
      out.accept(new SourceNotice(SourceNotice.UNREADABLE, 0, text));
    }
  }

  /** The path can be read, or is not there; unless something else failed with it in this poll. */
  void over(Path path) {
    if (!metInThisPoll.contains(path)) {
      told.remove(path);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied; let the service's user read it, for example by the group adm";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
