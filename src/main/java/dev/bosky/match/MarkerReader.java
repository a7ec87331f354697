package dev.bosky.match;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import dev.bosky.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one marker of a pattern file; what is wrong is told to the {@link YamlSource}. */
final class MarkerReader {
  static final Set<String> KEYS =
      Set.of(
          "id",
          "status",
          "match",
          "message",
          "decisive",
          "stages",
          "logs",
          "cleared_by",
          "until",
          "context",
          "limit",
          "required",
          "examples");

  /** Stands for a capture when a {@code cleared_by} is tried out. */
  private static final String SOME_CAPTURE = "\\Qx\\E";

  private final YamlSource source;
  private final ExpressionReader expressions;
  private final File file;

  /** What a marker has from its file. */
  record File(
      String pack,
      boolean shipped,
      Optional<String> team,
      Optional<String> project,
      List<String> logs) {}

  MarkerReader(YamlSource source, ExpressionReader expressions, File file) {
    this.source = source;
    this.expressions = expressions;
    this.file = file;
  }

  /** The marker; empty, with a problem, if it has no usable id, status or match. */
  Optional<Marker> read(Node node) {
    return YamlMap.of(source, node, KEYS, "a marker").flatMap(this::read);
  }

  private Optional<Marker> read(YamlMap map) {
    Optional<YamlMap.Text> id = map.requiredText("id", "a name for the marker");
    id.ifPresent(text -> map.setSubject(PatternFileReader.name(source, text, "id")));
    Optional<MarkerStatus> status =
        map.requiredText("status", "info, fail, success or ignore")
            .flatMap(text -> status(map, text));
    Optional<Expression> match =
        map.requiredText("match", "an expression").flatMap(text -> expression(map, "match", text));
    Optional<Expression> until = map.text("until").flatMap(text -> expression(map, "until", text));
    match.filter(Expression::matchesEmpty).ifPresent(expression -> matchesAll(map, expression));
    Set<String> captures = new TreeSet<>();
    match.ifPresent(expression -> captures.addAll(expression.names()));
    Optional<String> clearedBy = map.text("cleared_by").flatMap(t -> clearedBy(map, t, captures));
    until.ifPresent(expression -> captures.addAll(expression.names()));
    if (captures.size() > Marker.MAX_FIELDS) {
      tooManyFields(map, captures.size());
    }
    Optional<String> message =
        map.text("message", MaskedText.MAX_MESSAGE).flatMap(text -> message(map, text, captures));
    Optional<Decides> decides =
        map.truthOr("decisive", Decides.IF_UNHANDLED.label()).flatMap(Decides::of);
    Set<Stage> stages = stages(map);
    List<String> logs = logs(source, map).orElse(file.logs());
    int context = map.number("context", 0, Marker.MAX_CONTEXT).orElse(Marker.DEFAULT_CONTEXT);
    int limit = map.number("limit", 1, Marker.MAX_LIMIT).orElse(Marker.DEFAULT_LIMIT);
    Optional<Marker.Required> required = map.text("required").flatMap(t -> required(map, t));
    Marker.Examples examples = examples(map);
    if (id.isEmpty() || status.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    fits(map, status.get(), decides.orElse(Decides.NO));
    return Optional.of(
        new Marker(
            file.pack(),
            id.get().value(),
            file.shipped(),
            file.team(),
            file.project(),
            status.get(),
            match.get(),
            message,
            decides.orElse(status.get() == MarkerStatus.FAIL ? Decides.YES : Decides.NO),
            stages,
            logs,
            clearedBy,
            until,
            context,
            limit,
            required,
            examples,
            map.place()));
  }

  private Optional<MarkerStatus> status(YamlMap map, YamlMap.Text text) {
    Optional<MarkerStatus> status = MarkerStatus.of(text.value());
    if (status.isEmpty()) {
      map.wrong("status", text.node(), "info, fail, success or ignore", "");
    }
    return status;
  }

  private Optional<Expression> expression(YamlMap map, String key, YamlMap.Text text) {
    source.warnOfComment(text.node(), map.subject(key));
    return expressions.compile(text, map.subject(key));
  }

  private void tooManyFields(YamlMap map, int found) {
    source.error(
        map.place("match"),
        map.subject("match"),
        "at most " + Marker.MAX_FIELDS + " named groups",
        found + " of them",
        "write (?:…) for those that are not needed");
  }

  private void matchesAll(YamlMap map, Expression expression) {
    source.error(
        map.place("match"),
        map.subject("match"),
        "an expression that tells lines apart",
        "'" + expression.text() + "', which matches every line",
        "leave out a * or ?");
  }

  /** The {@code cleared_by} with its fragments filled in, so that only captures are left. */
  private Optional<String> clearedBy(YamlMap map, YamlMap.Text text, Set<String> captures) {
    String subject = map.subject("cleared_by");
    source.warnOfComment(text.node(), subject);
    for (MessageTemplate.Use use : MessageTemplate.uses(text.value())) {
      if (captures.contains(use.name()) && expressions.defines(use.name())) {
        source.error(
            source.place(text.node(), use.index()),
            subject,
            "one meaning of ${" + use.name() + "}",
            "both a capture and a fragment of that name",
            "rename the fragment");
      }
    }
    String template = expressions.filled(text.value());
    if (!known(text, template, captures, subject)) {
      return Optional.empty();
    }
    String tried = MessageTemplate.fill(template, name -> SOME_CAPTURE);
    Optional<Expression> expression = expressions.compile(text, tried, subject);
    if (expression.isPresent() && expression.get().matchesEmpty()) {
      map.wrong("cleared_by", text.node(), "an expression that tells lines apart", "");
    }
    return expression.map(compiled -> template);
  }

  private Optional<String> message(YamlMap map, YamlMap.Text text, Set<String> captures) {
    if (text.value().strip().indexOf('\n') >= 0) {
      map.wrong("message", text.node(), "one line", "");
    }
    String message = text.value().strip();
    return known(text, message, captures, map.subject("message"))
        ? Optional.of(message)
        : Optional.empty();
  }

  private boolean known(YamlMap.Text text, String template, Set<String> captures, String subject) {
    for (MessageTemplate.Use use : MessageTemplate.uses(template)) {
      if (!captures.contains(use.name())) {
        source.error(
            source.place(text.node(), text.value().indexOf("${" + use.name() + "}")),
            subject,
            captures.isEmpty()
                ? "a named group (?P<" + use.name() + ">…) in match"
                : "one of the named groups " + String.join(", ", captures),
            "${" + use.name() + "}",
            "");
        return false;
      }
    }
    return true;
  }

  private Set<Stage> stages(YamlMap map) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (YamlMap.Text text : map.texts("stages")) {
      Stage.of(text.value())
          .ifPresentOrElse(
              stages::add,
              () ->
                  map.wrong(
                      "stages",
                      text.node(),
                      "init-local, init, modules-config or modules-final",
                      ""));
    }
    return stages.isEmpty() ? EnumSet.allOf(Stage.class) : stages;
  }

  /** The logs that a file or marker names, if it names any. */
  static Optional<List<String>> logs(YamlSource source, YamlMap map) {
    List<String> logs = new ArrayList<>();
    for (YamlMap.Text text : map.texts("logs")) {
      String log = text.value();
      if (!log.equals(Marker.OUTPUT) && !log.equals(Marker.CLOUD_INIT) && !log.startsWith("/")) {
        map.wrong("logs", text.node(), "output, cloud-init, or the absolute path of a log", "");
      }
      logs.add(log);
    }
    return logs.isEmpty() ? Optional.empty() : Optional.of(logs);
  }

  private Optional<Marker.Required> required(YamlMap map, YamlMap.Text text) {
    if (text.value().equals("end")) {
      return Optional.of(new Marker.Required(Optional.empty()));
    }
    try {
      Duration within = DurationText.parse(text.value());
      if (!within.isZero()) {
        return Optional.of(new Marker.Required(Optional.of(within)));
      }
    } catch (IllegalArgumentException e) {
      // Told below, as is one in which nothing can be seen.
    }
    map.wrong("required", text.node(), "a duration such as 10m, or end", "");
    return Optional.empty();
  }

  /** Keys that mean nothing for the marker's status. */
  private void fits(YamlMap map, MarkerStatus status, Decides decides) {
    if (status != MarkerStatus.FAIL && decides != Decides.NO) {
      unfit(map, "decisive", status, "only a fail decides the outcome");
    }
    if (status != MarkerStatus.FAIL && map.has("cleared_by")) {
      unfit(map, "cleared_by", status, "only a fail can be taken back");
    }
    if ((status == MarkerStatus.FAIL || status == MarkerStatus.IGNORE) && map.has("required")) {
      unfit(map, "required", status, "only an info or a success can be required");
    }
    if (status == MarkerStatus.IGNORE) {
      for (String key : List.of("message", "until", "context", "limit")) {
        if (map.has(key)) {
          unfit(map, key, status, "an ignored line makes no event");
        }
      }
    }
  }

  private void unfit(YamlMap map, String key, MarkerStatus status, String why) {
    source.error(
        map.place(key),
        map.subject(key),
        "no such key at a marker of status " + status.label(),
        key,
        why);
  }

  private Marker.Examples examples(YamlMap map) {
    return map.node("examples")
        .flatMap(node -> YamlMap.of(source, node, Set.of("match", "ignore"), "examples"))
        .map(
            examples -> {
              examples.setSubject(map.subject("examples"));
              return new Marker.Examples(lines(examples, "match"), lines(examples, "ignore"));
            })
        .orElse(Marker.Examples.NONE);
  }

  private List<Marker.Examples.Line> lines(YamlMap examples, String key) {
    List<Marker.Examples.Line> lines = new ArrayList<>();
    for (YamlMap.Text text : examples.texts(key)) {
      source.warnOfComment(text.node(), examples.subject(key));
      if (text.value().strip().indexOf('\n') >= 0) {
        examples.wrong(key, text.node(), "one line for each example", "make it two examples");
      }
      lines.add(new Marker.Examples.Line(text.value(), source.place(text.node())));
    }
    return lines;
  }
}
