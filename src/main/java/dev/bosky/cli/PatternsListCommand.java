package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.match.Marker;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bosky patterns list}: the markers in force, the one that is asked first at the head. */
@Command(
    name = "list",
    description = "Lists the markers in force, the one that is asked first at the top.")
final class PatternsListCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE|DIR",
      description = "Files that are in force besides the shipped ones.")
  List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec;

  private final Machine machine;
  private final GlobalOptions options;

  PatternsListCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() {
    PatternLoader.Loaded loaded = PatternSources.load(machine, files);
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == GlobalOptions.Format.JSON) {
      out.println(json(loaded.set()).toPrettyString());
    } else {
      text(loaded.set(), out);
    }
    return PatternSources.tellErrors(loaded, spec.commandLine().getErr());
  }

  private void text(PatternSet set, PrintWriter out) {
    Paint paint = new Paint(spec.commandLine().getColorScheme().ansi());
    int width = set.list().stream().mapToInt(m -> m.key().length()).max().orElse(0);
    for (Marker marker : set.list()) {
      out.println(
          painted(marker, String.format("%-7s", marker.status().label()), paint)
              + " "
              + String.format("%-" + Math.max(width, 1) + "s", marker.key())
              + marker.team().map(team -> "  " + team).orElse("")
              + "  "
              + paint.faint(marker.place().file() + ":" + marker.place().line()));
    }
    out.println(PatternSources.count(set.list().size(), "marker") + ", sha256 " + set.hash());
  }

  private static String painted(Marker marker, String text, Paint paint) {
    return switch (marker.status()) {
      case FAIL -> paint.red(text);
      case SUCCESS -> paint.green(text);
      case INFO -> text;
      case IGNORE -> paint.faint(text);
    };
  }

  private static ObjectNode json(PatternSet set) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sha256", set.hash());
    ArrayNode array = json.putArray("markers");
    for (Marker marker : set.list()) {
      ObjectNode node = array.addObject();
      node.put("pack", marker.pack()).put("id", marker.id());
      marker.team().ifPresent(team -> node.put("team", team));
      marker.project().ifPresent(project -> node.put("project", project));
      node.put("status", marker.status().label()).put("decisive", marker.decides().label());
      node.put("match", marker.match().text());
      node.put("shipped", marker.shipped());
      node.put("file", marker.place().file()).put("line", marker.place().line());
    }
    return json;
  }
}
