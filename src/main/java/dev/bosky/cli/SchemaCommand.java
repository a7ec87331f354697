package dev.bosky.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky schema}: prints the JSON Schema of an event's detail. */
@Command(name = "schema", description = "Print the JSON Schema of the events' Detail.")
final class SchemaCommand implements Callable<Integer> {
  private static final String EVENT = "/dev/bosky/event.schema.json";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream in = SchemaCommand.class.getResourceAsStream(EVENT)) {
      out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
