package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.match.PatternFile;
import dev.bosky.match.PatternLint;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky patterns check}: everything that is wrong with pattern files. */
@Command(
    name = "check",
    description = {
      "Tells everything that is wrong with pattern files, each with file, line and column.",
      "Exit code 3 if a file has an error, 0 if there are only warnings."
    })
final class PatternsCheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DIR", description = "The files to check.")
  List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec;

  private final Machine machine;
  private final GlobalOptions options;

  PatternsCheckCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() {
    PatternLoader.Loaded loaded = PatternSources.load(machine, files);
    List<Problem> problems = new ArrayList<>(loaded.problems());
    problems.addAll(PatternLint.warnings(loaded));
    problems.removeIf(problem -> !PatternSources.isMeant(problem.place().file(), files));
    problems.sort(Problem.BY_PLACE);
    boolean wrong = problems.stream().anyMatch(Problem::isError);
    if (options.format == GlobalOptions.Format.JSON) {
      spec.commandLine().getOut().println(json(problems).toPrettyString());
    } else {
      Paint paint = new Paint(spec.commandLine().getColorScheme().ansi());
      problems.forEach(problem -> spec.commandLine().getOut().println(text(problem, paint)));
    }
    if (!options.quiet) {
      spec.commandLine().getErr().println(summary(loaded, problems));
    }
    return wrong ? ExitCode.CONFIGURATION : ExitCode.DONE;
  }

  private String summary(PatternLoader.Loaded loaded, List<Problem> problems) {
    List<PatternFile> meant =
        loaded.files().stream()
            .filter(file -> PatternSources.isMeant(file.source(), files))
            .toList();
    long errors = problems.stream().filter(Problem::isError).count();
    return PatternSources.count(meant.size(), "good file")
        + " with "
        + PatternSources.count(meant.stream().mapToInt(f -> f.markers().size()).sum(), "marker")
        + ", "
        + PatternSources.count(errors, "error")
        + ", "
        + PatternSources.count(problems.size() - errors, "warning");
  }

  private static String text(Problem problem, Paint paint) {
    String severity = problem.severity().label();
    return paint.bold(problem.place().toString())
        + ": "
        + (problem.isError() ? paint.red(severity) : paint.yellow(severity))
        + ": "
        + problem.message();
  }

  private static ObjectNode json(List<Problem> problems) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("problems");
    for (Problem problem : problems) {
      array
          .addObject()
          .put("file", problem.place().file())
          .put("line", problem.place().line())
          .put("column", problem.place().column())
          .put("severity", problem.severity().label())
          .put("subject", problem.subject())
          .put("expected", problem.expected())
          .put("found", problem.found())
          .put("todo", problem.todo());
    }
    return json;
  }
}
