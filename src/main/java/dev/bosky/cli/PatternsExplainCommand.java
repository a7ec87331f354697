package dev.bosky.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.agent.Replay;
import dev.bosky.agent.ReplaySettings;
import dev.bosky.boot.Stage;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Kind;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.json.JsonTree;
import dev.bosky.match.LineExplainer;
import dev.bosky.match.MarkerStatus;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternSet;
import dev.bosky.match.Redactor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky patterns explain}: which marker took which line of a log, and why no other. */
@Command(
    name = "explain",
    sortOptions = false,
    description = {
      "Says line by line which marker took it, and of the others that match why they did not;"
          + " secrets are masked as they would be. The outcome comes last.",
      "",
      "Example: bosky patterns explain --line 412 /var/log/cloud-init-output.log"
    })
final class PatternsExplainCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LOG",
      description = "A saved log; .gz is accepted, - is standard input.")
  private String log;

  @Option(names = "--line", paramLabel = "N", description = "Only this line, counted from 1.")
  private Optional<Long> only = Optional.empty();

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "cloud-init's result.json of the last boot in the log.")
  private Optional<Path> result = Optional.empty();

  @Option(
      names = "--patterns",
      split = ConfiguredDefaults.SEPARATOR,
      splitSynopsisLabel = "",
      paramLabel = "FILE|DIR",
      description = "Further pattern files; may be given several times.")
  private List<Path> patterns = new ArrayList<>();

  @Option(names = "--explicit-markers", paramLabel = "on|off", hidden = true, defaultValue = "true")
  private boolean explicitMarkers;

  PatternsExplainCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  /**
   * What is told of a line.
   *
   * @param text masked
   * @param how of lines that were not matched at all: why
   */
  private record Row(
      long number,
      String text,
      boolean masked,
      Optional<Stage> stage,
      String how,
      List<LineExplainer.Candidate> candidates) {
    Optional<LineExplainer.Candidate> taker() {
      return candidates.stream().filter(LineExplainer.Candidate::takes).findFirst();
    }
  }

  @Override
  public Integer call() throws IOException {
    PatternSet set = Patterns.load(machine, patterns, explicitMarkers, spec.commandLine().getErr());
    EventFactory factory = new EventFactory(new Wiring(machine, options).settings(set.hash()));
    Replay replay =
        new Replay(set, Integer.MAX_VALUE, factory, InstanceIdentity.UNKNOWN, machine.clock());
    LineExplainer explainer = new LineExplainer(set, MatchSettings.DEFAULT.outputLogs());
    Redactor redactor = set.redactor();
    List<Row> rows = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    replay.run(
        new ReplaySettings(List.of(log), result, Optional.empty()),
        machine::in,
        events::add,
        seen -> {
          if (only.isEmpty() || only.get() == seen.line().number()) {
            rows.add(row(seen, explainer, redactor));
          }
        });
    if (rows.isEmpty() && only.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--line: expected a line of the log, found " + only.get());
    }
    print(rows, events);
    return ExitCode.DONE;
  }

  private static Row row(Replay.Seen seen, LineExplainer explainer, Redactor redactor) {
    String raw = seen.line().text();
    String text = redactor.mask(raw);
    String how = "";
    if (!seen.ofABoot()) {
      how = "not matched: it is no line of a boot's programs";
    } else if (seen.inBlock()) {
      how = "goes on with the block of the marker above";
    }
    return new Row(
        seen.line().number(),
        text,
        !text.equals(raw),
        seen.stage(),
        how,
        how.isEmpty() ? explainer.explain(seen.line(), seen.stage()) : List.of());
  }

  private void print(List<Row> rows, List<Event> events) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Set<String> told = new HashSet<>();
    Map<String, Long> failures = new HashMap<>();
    Map<Long, Long> clearedBy = new TreeMap<>();
    for (Event event : events) {
      JsonNode detail = JsonTree.read(event.detail());
      long line = detail.at("/Log/Line").asLong();
      if (event.kind() == Kind.MARKER) {
        told.add(line + " " + key(detail));
        failures.put(detail.path("Id").asText(), line);
      } else if (event.kind() == Kind.CLEARED) {
        clearedBy.put(failures.get(detail.path("RefersTo").asText()), line);
      }
    }
    boolean json = options.format == GlobalOptions.Format.JSON;
    Paint paint = new Paint(spec.commandLine().getColorScheme().ansi());
    for (Row row : rows) {
      boolean suppressed =
          row.taker()
              .filter(taker -> taker.marker().status() != MarkerStatus.IGNORE)
              .filter(taker -> !told.contains(row.number() + " " + taker.marker().key()))
              .isPresent();
      if (json) {
        out.println(json(row, suppressed, clearedBy));
      } else {
        text(row, suppressed, paint, out);
        cleared(row, clearedBy, out);
      }
    }
    if (!json && only.isEmpty()) {
      outcomes(events, paint, out);
    }
    out.flush();
  }

  private static String key(JsonNode detail) {
    return detail.at("/Marker/Pack").asText() + "/" + detail.at("/Marker/Id").asText();
  }

  private void text(Row row, boolean suppressed, Paint paint, PrintWriter out) {
    String tag =
        row.taker()
            .map(taker -> taker.marker().status().label() + " " + taker.marker().key())
            .orElse("");
    String line = "%6d  %s".formatted(row.number(), row.text());
    out.println(tag.isEmpty() ? paint.faint(line) : paint.named(colour(row), line));
    if (!tag.isEmpty()) {
      note(out, paint.named(colour(row), tag) + (suppressed ? " (over its limit: counted)" : ""));
    }
    if (row.masked()) {
      note(out, "masked");
    }
    if (!row.how().isEmpty() && only.isPresent()) {
      note(out, row.how());
    }
    for (LineExplainer.Candidate other : row.candidates()) {
      if (!other.takes()) {
        note(out, paint.faint("not " + other.marker().key() + ": " + other.why()));
      }
    }
    if (only.isPresent() && row.candidates().isEmpty() && row.how().isEmpty()) {
      note(out, "no marker matches");
    }
    if (only.isPresent()) {
      note(out, row.stage().map(stage -> "stage " + stage.label()).orElse("stage not known"));
    }
  }

  private static void cleared(Row row, Map<Long, Long> clearedBy, PrintWriter out) {
    if (clearedBy.containsKey(row.number())) {
      note(out, "taken back by line " + clearedBy.get(row.number()));
    }
    clearedBy.forEach(
        (failure, by) -> {
          if (by == row.number()) {
            note(out, "takes back the failure of line " + failure);
          }
        });
  }

  private static void note(PrintWriter out, String text) {
    out.println("        " + text);
  }

  private static String colour(Row row) {
    return switch (row.taker().orElseThrow().marker().status()) {
      case FAIL -> "red";
      case SUCCESS -> "green";
      case INFO -> "yellow";
      case IGNORE -> "faint";
    };
  }

  private static void outcomes(List<Event> events, Paint paint, PrintWriter out)
      throws IOException {
    for (Event event : events) {
      if (event.kind() != Kind.OUTCOME) {
        continue;
      }
      JsonNode detail = JsonTree.read(event.detail());
      out.println(
          paint.bold(
              "outcome "
                  + detail.at("/Outcome/Verdict").asText()
                  + ": "
                  + detail.path("Message").asText()));
      for (JsonNode reason : detail.at("/Outcome/Reasons")) {
        String from = reason.has("Marker") ? " (" + reason.path("Marker").asText() + ")" : "";
        note(
            out,
            "because " + reason.path("Code").asText() + from + ": " + reason.path("Text").asText());
      }
      if (detail.has("Log")) {
        note(out, "the evidence is line " + detail.at("/Log/Line").asText());
      }
    }
  }

  private static ObjectNode json(Row row, boolean suppressed, Map<Long, Long> clearedBy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("line", row.number());
    json.put("text", row.text());
    json.put("masked", row.masked());
    row.stage().ifPresent(stage -> json.put("stage", stage.label()));
    row.taker()
        .ifPresent(
            taker ->
                json.put("marker", taker.marker().key())
                    .put("status", taker.marker().status().label())
                    .put("suppressed", suppressed));
    if (clearedBy.containsKey(row.number())) {
      json.put("cleared_by", clearedBy.get(row.number()));
    }
    if (!row.how().isEmpty()) {
      json.put("why", row.how());
    }
    for (LineExplainer.Candidate other : row.candidates()) {
      if (!other.takes()) {
        json.withArray("others")
            .addObject()
            .put("marker", other.marker().key())
            .put("why", other.why());
      }
    }
    return json;
  }
}
