package dev.bosky.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells each trouble once: when it begins, and again when it changes. */
final class Troubles {
  private final Map<Path, String> told = new HashMap<>();

  /** What is at the path cannot be read; said unless it was said already. */
  void cannotRead(String what, Path path, IOException e, Consumer<? super SourceRecord> out) {
    String text = "%s %s cannot be read: %s".formatted(what, path, reason(e));
    if (!text.equals(told.put(path, text))) {
      out.accept(new SourceNotice(SourceNotice.UNREADABLE, 0, text));
    }
  }

  /** The path can be read, or is not there. */
  void over(Path path) {
    told.remove(path);
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
