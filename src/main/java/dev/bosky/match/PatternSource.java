package dev.bosky.match;

import java.nio.file.Path;

/**
 * A pattern file, or a folder of them ({@code *.yaml}, {@code *.yml}, {@code *.json}, by name).
 *
 * @param path the file or folder
 * @param origin who put it there
 */
public record PatternSource(Path path, Origin origin) {
  /** Who put a pattern file there. */
  public enum Origin {
    /** Came with Bosky: others can disable its markers and ignore their lines. */
    SHIPPED,
    /** The machine's own folder; it need not be there. */
    SITE,
    /** Named by option: it has to be there. */
    GIVEN
  }

  public static PatternSource shipped(Path path) {
    return new PatternSource(path, Origin.SHIPPED);
  }

  public static PatternSource site(Path path) {
    return new PatternSource(path, Origin.SITE);
  }

  public static PatternSource given(Path path) {
    return new PatternSource(path, Origin.GIVEN);
  }
}
