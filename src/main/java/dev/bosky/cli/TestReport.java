package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.golden.GoldenResult;
import dev.bosky.match.ExampleRunner;
import dev.bosky.match.Marker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code bosky patterns test} found, as a test runner tells it. */
final class TestReport {
  private static final String DIFFERENCE_INDENT = "    ";

  private final List<ExampleRunner.Result> examples;
  private final List<Marker> untested;
  private final List<GoldenResult> golden = new ArrayList<>();
  private final List<Path> orphans = new ArrayList<>();
  private boolean ranGolden = true;

  /**
   * @param untested markers without an example that matches
   */
  TestReport(List<ExampleRunner.Result> examples, List<Marker> untested) {
    this.examples = List.copyOf(examples);
    this.untested = List.copyOf(untested);
  }

  void add(GoldenResult result) {
    golden.add(result);
  }

  /** Says that golden logs were left out. */
  void leaveOutGolden() {
    ranGolden = false;
  }

  /** An expectation whose log is gone. */
  void addOrphan(Path expectation) {
    orphans.add(expectation);
  }

  boolean failed() {
    return failures() > 0;
  }

  private int failures() {
    return failedExamples().size() + failedGolden().size() + orphans.size();
  }

  private List<ExampleRunner.Result> failedExamples() {
    return examples.stream().filter(result -> !result.passed()).toList();
  }

  private List<GoldenResult.Failed> failedGolden() {
    return ofKind(GoldenResult.Failed.class);
  }

  private <T extends GoldenResult> List<T> ofKind(Class<T> kind) {
    return golden.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<String> untestedKeys() {
    return untested.stream().map(Marker::key).toList();
  }

  private static String problem(Path orphan) {
    return orphan
        + ": expected a log of that name beside it, found none; delete it, or bring the"
        + " log back";
  }

  void print(PrintWriter out, Paint paint) {
    for (ExampleRunner.Result failure : failedExamples()) {
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
    for (GoldenResult.Failed failure : failedGolden()) {
      out.println(paint.red("FAILED") + " " + failure.problem());
      printDifference(failure.difference(), out, paint);
    }
    orphans.forEach(orphan -> out.println(paint.red("FAILED") + " " + problem(orphan)));
    for (GoldenResult.Written written : ofKind(GoldenResult.Written.class)) {
      out.println(
          paint.yellow(written.isNew() ? "wrote" : "changed") + " " + written.log().expectation());
      printDifference(written.difference(), out, paint);
    }
    if (!untested.isEmpty()) {
      out.println("Without an example that matches: " + String.join(", ", untestedKeys()));
    }
    out.println(failed() ? paint.red(summary()) : paint.green(summary()));
  }

  private static void printDifference(List<String> difference, PrintWriter out, Paint paint) {
    for (String line : difference) {
      String text = DIFFERENCE_INDENT + line;
      out.println(
          line.startsWith("- ")
              ? paint.red(text)
              : line.startsWith("+ ") ? paint.green(text) : text);
    }
  }

  private String summary() {
    return PatternSources.count(examples.size(), "example")
        + goldenSummary()
        + ", "
        + failures()
        + " failed";
  }

  private String goldenSummary() {
    if (!ranGolden) {
      return ", golden logs not run";
    }
    return golden.isEmpty() ? "" : ", " + PatternSources.count(golden.size(), "golden log");
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("examples", examples.size());
    json.put("golden_logs", golden.size());
    ArrayNode array = json.putArray("failures");
    for (ExampleRunner.Result failure : failedExamples()) {
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
    ArrayNode goldenFailures = json.putArray("golden_failures");
    for (GoldenResult.Failed failure : failedGolden()) {
      ObjectNode node = goldenFailures.addObject().put("file", failure.log().path().toString());
      node.put("problem", failure.problem());
      failure.difference().forEach(node.putArray("difference")::add);
    }
    for (Path orphan : orphans) {
      goldenFailures.addObject().put("file", orphan.toString()).put("problem", problem(orphan));
    }
    ArrayNode written = json.putArray("written");
    ofKind(GoldenResult.Written.class)
        .forEach(result -> written.add(result.log().expectation().toString()));
    untestedKeys().forEach(json.putArray("without_examples")::add);
    return json;
  }
}
