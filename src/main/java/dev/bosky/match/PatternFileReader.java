package dev.bosky.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one pattern file; what is wrong with it is told to its {@link YamlSource}. */
final class PatternFileReader {
  static final Set<String> KEYS =
      Set.of("pack", "team", "project", "logs", "define", "disable", "mask", "markers");

  /** How packs and markers are named. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,79}";

  /** Characters of a team or project: both go out with every event. */
  static final int MAX_LABEL = 200;

  /** Entries of {@code disable:}; each is tried on every marker of the shipped packs. */
  static final int MAX_DISABLE = 1_000;

  private final YamlSource source;
  private final boolean shipped;
  private final int level;
  private final ExpressionReader expressions;

  PatternFileReader(YamlSource source, boolean shipped, int level) {
    this.source = source;
    this.shipped = shipped;
    this.level = level;
    this.expressions = new ExpressionReader(source, shipped);
  }

  /** The file, as far as it could be read; it counts only if the source has no error. */
  Optional<PatternFile> read() {
    return source.root().flatMap(root -> YamlMap.of(source, root, KEYS, "a pack")).map(this::read);
  }

  private PatternFile read(YamlMap map) {
    String pack = map.requiredText("pack", "a name for this file").map(this::pack).orElse("");
    map.node("define")
        .flatMap(node -> YamlMap.of(source, node, Set.of(), "a map of names to expressions"))
        .ifPresent(expressions::define);
    return new PatternFile(
        map.place("pack"), pack, shipped, level, disable(map), mask(map), markers(map, pack));
  }

  private String pack(YamlMap.Text text) {
    if (text.value().equals(ExplicitMarkers.PACK)) {
      source.error(
          source.place(text.node()),
          "pack",
          "another name",
          "'" + ExplicitMarkers.PACK + "', which is the name of the markers built in",
          "name it after its theme or team");
    }
    return name(source, text, "pack");
  }

  /** Checks a name that appears in {@code pack/id}. */
  static String name(YamlSource source, YamlMap.Text text, String subject) {
    if (!text.value().matches(NAME)) {
      source.error(
          source.place(text.node()),
          subject,
          "a name of letters, digits, '.', '_' and '-', at most 80 characters",
          "'" + text.value() + "'",
          "");
    }
    return text.value();
  }

  private List<PatternFile.Disable> disable(YamlMap map) {
    List<PatternFile.Disable> disable = new ArrayList<>();
    List<YamlMap.Text> texts = map.texts("disable");
    if (texts.size() > MAX_DISABLE) {
      source.error(
          map.place("disable"),
          "disable",
          "at most " + MAX_DISABLE + " entries",
          texts.size() + " of them",
          "for a whole pack write pack/*");
      return disable;
    }
    for (YamlMap.Text text : texts) {
      if (!text.value().contains("/")) {
        source.error(
            source.place(text.node()),
            "disable",
            "pack/id, with * for any text",
            "'" + text.value() + "'",
            "for a whole pack write " + text.value() + "/*");
      }
      disable.add(new PatternFile.Disable(text.value(), source.place(text.node())));
    }
    return disable;
  }

  private List<Expression> mask(YamlMap map) {
    List<Expression> mask = new ArrayList<>();
    for (YamlMap.Text text : map.texts("mask")) {
      Optional<Expression> expression = expressions.compile(text, "mask");
      if (expression.isPresent() && expression.get().matchesEmpty()) {
        source.error(
            source.place(text.node()),
            "mask",
            "an expression for a secret",
            "one that matches the empty text",
            "use + instead of *");
      }
      expression.ifPresent(found -> secretGroup(found, text));
      expression.ifPresent(mask::add);
    }
    return mask;
  }

  private void secretGroup(Expression expression, YamlMap.Text text) {
    Set<String> names = expression.names();
    if (!names.isEmpty() && names.stream().noneMatch(n -> n.startsWith(MaskRules.SECRET))) {
      source.warning(
          source.place(text.node()),
          "mask",
          "a group named secret, or none",
          String.join(", ", names),
          "as it is, all that matches is masked");
    }
  }

  private List<Marker> markers(YamlMap map, String pack) {
    if (!map.has("markers") && !map.has("disable") && !map.has("mask")) {
      source.error(
          map.place(), "", "a list of markers", "no such key", "add markers:, disable: or mask:");
    }
    MarkerReader.File file =
        new MarkerReader.File(
            pack,
            shipped,
            map.text("team", MAX_LABEL).map(YamlMap.Text::value),
            map.text("project", MAX_LABEL).map(YamlMap.Text::value),
            MarkerReader.logs(source, map).orElse(List.of(Marker.OUTPUT)));
    List<Marker> markers = new ArrayList<>();
    Map<String, Marker> byId = new HashMap<>();
    for (Node node : map.nodes("markers", "a list of markers")) {
      Optional<Marker> marker = new MarkerReader(source, expressions, file).read(node);
      marker.ifPresent(markers::add);
      marker.map(m -> byId.putIfAbsent(m.id(), m)).ifPresent(first -> twice(node, first));
    }
    return markers;
  }

  private void twice(Node node, Marker first) {
    source.error(
        source.place(node),
        "id",
        "an id of its own",
        "'" + first.id() + "', which line " + first.place().line() + " has too",
        source.place(node).equals(first.place()) ? "* repeats it as it is: write it out" : "");
  }
}
