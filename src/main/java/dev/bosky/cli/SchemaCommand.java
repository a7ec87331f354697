package dev.bosky.cli;

import dev.bosky.config.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bosky schema}: prints the JSON Schema of an event's detail, or of pattern files. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of the events' Detail, or of pattern files.")
final class SchemaCommand implements Callable<Integer> {
  private static final String EVENT = "/dev/bosky/event.schema.json";

  private static final String PATTERNS = "patterns.schema.json";

  @Spec private CommandSpec spec;

  @Option(names = "--patterns", description = "Of pattern files, for editors.")
  private boolean patterns;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream in =
        patterns
            ? Files.newInputStream(Distribution.ofThisProgram().patterns().resolve(PATTERNS))
            : SchemaCommand.class.getResourceAsStream(EVENT)) {
      out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
