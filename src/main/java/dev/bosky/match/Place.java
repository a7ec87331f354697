package dev.bosky.match;

/**
 * A place in a pattern file.
 *
 * @param file as it was named to the loader
 * @param line from 1; 0 if the file as a whole is meant
 * @param column from 1, in characters; 0 if the file as a whole is meant
 */
public record Place(String file, int line, int column) {
  /** The file as a whole. */
  static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** As compilers and editors write it: {@code file:line:column}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
