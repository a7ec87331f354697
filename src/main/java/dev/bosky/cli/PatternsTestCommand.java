package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.match.ExampleRunner;
import dev.bosky.match.Marker;
import dev.bosky.match.PatternFile;
import dev.bosky.match.PatternLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky patterns test}: runs the examples of pattern files. */
@Command(
    name = "test",
    description = {
      "Runs every example of pattern files, with the markers of its own file in force.",
      "Exit code 1 if one fails, 3 if a file has an error."
    })
final class PatternsTestCommand implements Callable<Integer> {
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
  public Integer call() {
    PatternLoader.Loaded loaded = PatternSources.load(machine, files);
    List<PatternFile> meant =
        loaded.files().stream()
            .filter(file -> PatternSources.isMeant(file.source(), files))
            .toList();
    List<ExampleRunner.Result> results = ExampleRunner.run(meant);
    List<ExampleRunner.Result> failures = results.stream().filter(r -> !r.passed()).toList();
    List<Marker> untested =
        meant.stream()
            .flatMap(file -> file.markers().stream())
            .filter(m -> m.examples().match().isEmpty())
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == GlobalOptions.Format.JSON) {
      out.println(json(results, failures, untested).toPrettyString());
    } else {
      text(results, failures, untested, out);
    }
    int errors = PatternSources.tellErrors(loaded, spec.commandLine().getErr());
    return errors != ExitCode.DONE ? errors : failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void text(
      List<ExampleRunner.Result> results,
      List<ExampleRunner.Result> failures,
      List<Marker> untested,
      PrintWriter out) {
    Paint paint = new Paint(spec.commandLine().getColorScheme().ansi());
    for (ExampleRunner.Result failure : failures) {
      out.println(
          paint.bold(failure.example().place().toString())
              + ": "
              + paint.red("FAILED")
              + " "
              + failure.marker().key()
              + (failure.wanted() ? " has to take" : " must not take")
              + " the line, found "
              + failure.found()
              + ": "
              + failure.example().text());
    }
    if (!untested.isEmpty()) {
      out.println("Without an example that matches: " + String.join(", ", keys(untested)));
    }
    String summary =
        PatternSources.count(results.size(), "example") + ", " + failures.size() + " failed";
    out.println(failures.isEmpty() ? paint.green(summary) : paint.red(summary));
  }

  private static List<String> keys(List<Marker> markers) {
    return markers.stream().map(Marker::key).toList();
  }

  private static ObjectNode json(
      List<ExampleRunner.Result> results,
      List<ExampleRunner.Result> failures,
      List<Marker> untested) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("examples", results.size());
    ArrayNode array = json.putArray("failures");
    for (ExampleRunner.Result failure : failures) {
      array
          .addObject()
          .put("file", failure.example().place().file())
          .put("line", failure.example().place().line())
          .put("column", failure.example().place().column())
          .put("marker", failure.marker().key())
          .put("text", failure.example().text())
          .put("expected", failure.wanted() ? failure.marker().key() : "none or another")
          .put("found", failure.found());
    }
    keys(untested).forEach(json.putArray("without_examples")::add);
    return json;
  }
}
