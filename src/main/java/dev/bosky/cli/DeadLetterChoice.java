package dev.bosky.cli;

import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about: some by their event's id, or all. */
final class DeadLetterChoice {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "An event's id, or its first letters.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "All dead letters.")
  private boolean all;

  /**
   * The letters chosen.
   *
   * @throws ParameterException if neither is given, or both
   * @throws IOException if an id is of no letter, or the beginning of several
   */
  List<DeadLetter> from(DeadLetters dead, CommandLine commandLine) throws IOException {
    if (all == !ids.isEmpty()) {
      throw new ParameterException(commandLine, "which ones? give an ID, or --all");
    }
    List<DeadLetter> letters = dead.list();
    if (all) {
      return letters;
    }
    List<DeadLetter> chosen = new ArrayList<>();
    for (String id : ids) {
      List<DeadLetter> found =
          letters.stream().filter(letter -> letter.event().id().startsWith(id)).toList();
      if (found.isEmpty()) {
        throw new IOException("no dead letter is of event " + id + "; see bosky spool list");
      }
      if (found.stream().map(letter -> letter.event().id()).distinct().count() > 1) {
        throw new IOException("several dead letters begin with " + id + "; give more of the id");
      }
      chosen.addAll(found);
    }
    return chosen;
  }
}
