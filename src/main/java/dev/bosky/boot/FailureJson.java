package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Failures and reasons as JSON trees and back, for the checkpoint. */
final class FailureJson {
  private FailureJson() {}

  static ObjectNode failure(Failure failure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("origin", failure.origin().name().toLowerCase(Locale.ROOT));
    json.put("marker", failure.marker());
    json.put("decisive", failure.decides().label());
    failure.pending().ifPresent(v -> json.put("pending", v));
    json.put("message", failure.message());
    json.set("before", list(failure.evidence().before()));
    json.put("text", failure.evidence().text());
    json.set("after", list(failure.evidence().after()));
    failure.position().ifPresent(v -> json.set("position", v.toJson()));
    ObjectNode fields = json.putObject("fields");
    failure.fields().forEach(fields::put);
    failure.exitCode().ifPresent(v -> json.put("exit_code", v));
    json.put("at", failure.at().toString());
    return json;
  }

  static Failure failure(JsonNode json) {
    Map<String, String> fields = new LinkedHashMap<>();
    json.path("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return new Failure(
        Failure.Origin.valueOf(json.path("origin").asText().toUpperCase(Locale.ROOT)),
        json.path("marker").asText(),
        Decides.of(json.path("decisive").asText()).orElse(Decides.NO),
        Optional.ofNullable(json.path("pending").textValue()),
        json.path("message").asText(),
        new Evidence(
            list(json.path("before")), json.path("text").asText(), list(json.path("after"))),
        json.has("position")
            ? Optional.of(Position.fromJson(json.path("position")))
            : Optional.empty(),
        fields,
        number(json, "exit_code"),
        Instant.parse(json.path("at").asText()));
  }

  static ObjectNode noted(NotedFailure noted) {
    ObjectNode json = failure(noted.failure());
    json.set("after", list(noted.after()));
    noted.stage().ifPresent(v -> json.put("stage", v.label()));
    json.put("own_words", noted.ownWords());
    json.put("late", noted.isLate());
    noted.script().ifPresent(v -> json.set("script", script(v)));
    json.set("scripts", list(List.copyOf(noted.scripts())));
    return json;
  }

  static NotedFailure noted(JsonNode json) {
    NotedFailure noted =
        new NotedFailure(
            failure(json),
            Stage.of(json.path("stage").asText()),
            json.has("script") ? Optional.of(script(json.path("script"))) : Optional.empty(),
            json.path("own_words").asBoolean(),
            json.path("late").asBoolean());
    list(json.path("scripts")).forEach(noted::mayBeOf);
    return noted;
  }

  private static ObjectNode script(ScriptLine script) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("file", script.file());
    script.line().ifPresent(v -> json.put("line", v));
    json.put("text", script.text());
    script.item().ifPresent(v -> json.put("item", v));
    return json;
  }

  private static ScriptLine script(JsonNode json) {
    return new ScriptLine(
        json.path("file").asText(),
        number(json, "line"),
        json.path("text").asText(),
        number(json, "item"));
  }

  static ObjectNode reasons(Map<String, Reason> reasons) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    reasons.forEach(
        (about, reason) -> {
          ObjectNode node = json.putObject(about);
          node.put("code", reason.code()).put("text", reason.text());
          node.put("marker", reason.marker()).put("module", reason.module());
          node.put("script", reason.script());
          reason.exitCode().ifPresent(v -> node.put("exit_code", v));
        });
    return json;
  }

  static Map<String, Reason> reasons(JsonNode json) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> {
              JsonNode node = entry.getValue();
              reasons.put(
                  entry.getKey(),
                  new Reason(
                      node.path("code").asText(),
                      node.path("text").asText(),
                      node.path("marker").asText(),
                      node.path("module").asText(),
                      node.path("script").asText(),
                      number(node, "exit_code")));
            });
    return reasons;
  }

  private static ArrayNode list(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static List<String> list(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static OptionalInt number(JsonNode json, String name) {
    return json.path(name).isInt() ? OptionalInt.of(json.path(name).asInt()) : OptionalInt.empty();
  }
}
