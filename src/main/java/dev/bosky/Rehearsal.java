package dev.bosky;

import dev.bosky.cli.Machine;
import dev.bosky.cli.Program;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    for (List<String> line : lines(List.of(args))) {
      int exitCode = Program.run(Machine.ofThisProcess(), out, err, line.toArray(String[]::new));
      if (exitCode != 0) {
        err.println("rehearsal of " + line + ": exit code " + exitCode);
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
