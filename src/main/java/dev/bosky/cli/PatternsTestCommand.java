package dev.bosky.cli;

import dev.bosky.golden.GoldenLog;
import dev.bosky.golden.GoldenResult;
import dev.bosky.golden.GoldenRunner;
import dev.bosky.match.ExampleRunner;
import dev.bosky.match.Marker;
import dev.bosky.match.PatternFile;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky patterns test}: runs the examples of pattern files, and the logs beside them. */
@Command(
    name = "test",
    sortOptions = false,
    description = {
      "Runs every example of pattern files, with the markers of its own file in force; then every"
          + " golden log beside them, with all files named and the shipped ones in force.",
      "A golden log of web.yaml is web.log or web.WORDS.log; in a folder that is named, every *.log"
          + " is one. What has to be told of x.log stands in x.expected.json.",
      "Exit code 1 if one fails, 3 if a file has an error."
    })
final class PatternsTestCommand implements Callable<Integer> {
  @Option(
      names = "--update",
      description = "Write down what is told of each golden log as expected from now on.")
  private boolean update;

  @Parameters(paramLabel = "FILE|DIR", description = "The files to test.")
  List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec;

  private final Machine machine;
  private final GlobalOptions options;

  PatternsTestCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    PatternLoader.Loaded loaded = PatternSources.load(machine, files);
    List<PatternFile> meant =
        loaded.files().stream()
            .filter(file -> PatternSources.isMeant(file.source(), files))
            .toList();
    List<Marker> untested =
        meant.stream()
            .flatMap(file -> file.markers().stream())
            .filter(m -> m.examples().match().isEmpty())
            .toList();
    TestReport report = new TestReport(ExampleRunner.run(meant), untested);
    // Without a file the verdicts are others, and --update would write them down.
    if (loaded.hasErrors()) {
      report.leaveOutGolden();
    } else {
      runGolden(loaded, report);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == GlobalOptions.Format.JSON) {
      out.println(report.json().toPrettyString());
    } else {
      report.print(out, new Paint(spec.commandLine().getColorScheme().ansi()));
    }
    int errors = PatternSources.tellErrors(loaded, spec.commandLine().getErr());
    return errors != ExitCode.DONE ? errors : report.failed() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void runGolden(PatternLoader.Loaded loaded, TestReport report) throws IOException {
    if (!files.isEmpty()) {
      runGolden(files, loaded, report);
      return;
    }
    // What a machine's own files change does not make a shipped log wrong.
    PatternSource shipped = PatternSources.ofDistribution();
    runGolden(List.of(shipped.path()), PatternLoader.load(List.of(shipped)), report);
    runGolden(List.of(PatternSources.ofSite(machine).path()), loaded, report);
  }

  private void runGolden(List<Path> places, PatternLoader.Loaded loaded, TestReport report)
      throws IOException {
    GoldenRunner runner = new GoldenRunner(loaded.set().withExplicitMarkers(), machine.clock());
    Set<GoldenLog> logs = new LinkedHashSet<>();
    Set<Path> orphans = new LinkedHashSet<>();
    for (Path place : places) {
      GoldenLog.Found found = GoldenLog.beside(place);
      logs.addAll(found.logs());
      orphans.addAll(found.orphans());
    }
    for (GoldenLog log : logs) {
      GoldenResult result = update ? runner.update(log) : runner.test(log);
      report.add(result);
    }
    orphans.forEach(report::addOrphan);
  }
}
