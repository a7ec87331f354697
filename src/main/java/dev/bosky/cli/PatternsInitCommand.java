package dev.bosky.cli;

import dev.bosky.boot.CleanLine;
import dev.bosky.boot.LineCleaner;
import dev.bosky.config.ConfigException;
import dev.bosky.match.Marker;
import dev.bosky.match.MarkerDraft;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSource;
import dev.bosky.match.Problem;
import dev.bosky.match.Redactor;
import dev.bosky.match.SecretBlocks;
import dev.bosky.source.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bosky patterns init}: drafts a marker from a line of a log. */
@Command(
    name = "init",
    sortOptions = false,
    description = {
      "Drafts a marker with examples from a line of a log. Look at it before use: the status is a"
          + " guess.",
      "",
      "Example: bosky patterns init --from boot.log --line 412 --output web.yaml"
    })
final class PatternsInitCommand implements Callable<Integer> {
  @Option(names = "--from", required = true, paramLabel = "LOG", description = "A saved log.")
  private Path from;

  @Option(
      names = "--line",
      required = true,
      paramLabel = "N",
      description = "The line, counted from 1.")
  private long number;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The pattern file to make, or to put the marker at the end of.")
  private Optional<Path> output = Optional.empty();

  @Spec private CommandSpec spec;

  private final Machine machine;
  private final GlobalOptions options;

  PatternsInitCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    MarkerDraft draft;
    try {
      draft = new MarkerDraft(redactor().mask(line()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("%s:%d: %s".formatted(from, number, e.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isEmpty()) {
      out.print(draft.file("my-pack"));
    } else {
      String done = write(draft, output.get());
      if (!options.quiet) {
        spec.commandLine()
            .getErr()
            .printf("%s %s; look at it, then: bosky patterns check %2$s%n", done, output.get());
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** Masks what this machine's own files call a secret too, and the file that is added to. */
  private Redactor redactor() {
    List<PatternSource> sources = new ArrayList<>(List.of(PatternSources.ofSite(machine)));
    output.filter(Files::exists).map(PatternSource::given).ifPresent(sources::add);
    return PatternLoader.load(sources).set().redactor();
  }

  /** The line as the markers see it, without what only the lines before show to be secret. */
  private String line() throws IOException {
    LineReader reader = new LineReader(Marker.OUTPUT, 0, LineReader.DEFAULT_MAX_LINE_BYTES);
    LineCleaner cleaner = new LineCleaner();
    SecretBlocks secrets = new SecretBlocks();
    List<String> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(from)) {
      byte[] buffer = new byte[1 << 16];
      int count;
      while (found.isEmpty() && (count = in.read(buffer)) > 0) {
        reader.feed(
            buffer, 0, count, raw -> cleaner.clean(raw, line -> keep(secrets.mask(line), found)));
      }
    }
    reader.flush(raw -> cleaner.clean(raw, line -> keep(secrets.mask(line), found)));
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--line: expected a line of " + from + ", found " + number);
    }
    return found.get(0);
  }

  private void keep(CleanLine line, List<String> found) {
    if (line.number() == number) {
      found.add(line.text());
    }
  }

  /** Says what was done to the file. */
  private static String write(MarkerDraft draft, Path file) throws IOException {
    if (Files.notExists(file)) {
      String name = file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
      Files.writeString(file, draft.file(name.replaceAll("[^A-Za-z0-9._-]", "-")));
      return "wrote";
    }
    List<Problem> problems = new ArrayList<>();
    String longer = draft.appendedTo(file.toString(), Files.readString(file), problems);
    Optional<Problem> error = problems.stream().filter(Problem::isError).findFirst();
    if (error.isPresent()) {
      throw new ConfigException(
          error.get() + " (nothing was written; the list of markers has to be the file's end)");
    }
    Files.writeString(file, longer);
    return "added a marker to";
  }
}
