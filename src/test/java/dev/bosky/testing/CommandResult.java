package dev.bosky.testing;

import dev.bosky.cli.Machine;
import dev.bosky.cli.Program;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a whole command line did: run in this process, with both outputs captured.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
public record CommandResult(int exitCode, String out, String err) {
  /** Runs the command line on that machine. */
  public static CommandResult of(Machine machine, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Program.run(machine, new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandResult(exitCode, out.toString(), err.toString());
  }
}
