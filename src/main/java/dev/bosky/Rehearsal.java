package dev.bosky;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several command lines in one process, one after the other: what they use is what the
 * archive's ahead-of-time cache holds. The build of the archive starts it; nobody else needs to.
 */
public final class Rehearsal {
  /** Stands between two command lines. */
  static final String NEXT = "--next";

  private Rehearsal() {}

  /** Ends with the first exit code that is not 0. */
  public static void main(String[] args) {
    for (List<String> line : lines(List.of(args))) {
      int exitCode = Main.run(line.toArray(String[]::new));
      if (exitCode != 0) {
        System.err.println("rehearsal of " + line + ": exit code " + exitCode);
        System.exit(exitCode);
      }
    }
  }

  /** The command lines, without the words between them. */
  static List<List<String>> lines(List<String> words) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(new ArrayList<>());
    for (String word : words) {
      if (word.equals(NEXT)) {
        lines.add(new ArrayList<>());
      } else {
        lines.get(lines.size() - 1).add(word);
      }
    }
    return lines;
  }
}
