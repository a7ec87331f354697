package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A boot's facts as a JSON tree and back. Fields that are not known are absent.
 *
 * <pre>
 *   version        1
 *   history        number, first_verdict, previous_interrupted
 *   started, any_line, finished_line, amended      true or absent
 *   verdict        once the outcome has been told
 *   cloud_init, stage, stages_told[], script
 *   older_logs[], own_logs[]                       logs that are at an earlier boot's lines, or behind a banner of this one
 *   boot_began, last_read_at                       ISO 8601
 *   first_uptime, last_uptime, result_uptime       seconds
 *   result, status                                 cloud-init's own documents, as far as they matter, masked
 *   reported{}, ignored{}                          reasons by what they are about
 *   exit_codes{}                                   by script
 *   failed_command                                 the script that cloud-init.log is telling of
 *   failures[], last_words, not_run                see {@link FailureJson}
 *   before_told_to_end                             likewise
 *   recent{}                                       the last lines of each log, masked; the log written last stands last
 * </pre>
 */
final class BootSnapshot {
  private static final int VERSION = 1;

  private final UnaryOperator<String> mask;

  BootSnapshot(UnaryOperator<String> mask) {
    this.mask = mask;
  }

  ObjectNode write(BootFacts facts, LineFacts lines, History history) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    writeHistory(history, json.putObject("history"));
    flag(json, "started", facts.started);
    flag(json, "any_line", facts.anyLine);
    flag(json, "finished_line", facts.finishedLine);
    flag(json, "amended", facts.amended);
    facts.verdict.ifPresent(v -> json.put("verdict", v.label()));
    facts.cloudInit.ifPresent(v -> json.put("cloud_init", v));
    facts.stage.ifPresent(v -> json.put("stage", v.label()));
    ArrayNode told = json.putArray("stages_told");
    facts.stagesTold.forEach(stage -> told.add(stage.label()));
    facts.script.ifPresent(v -> json.put("script", v));
    ArrayNode older = json.putArray("older_logs");
    facts.logsOfOlderBoots.forEach(older::add);
    ArrayNode own = json.putArray("own_logs");
    facts.logsOfThisBoot.forEach(own::add);
    facts.bootBegan.ifPresent(v -> json.put("boot_began", v.toString()));
    json.put("last_read_at", facts.lastReadAt.toString());
    facts.firstUptime.ifPresent(v -> json.put("first_uptime", v));
    facts.lastUptime.ifPresent(v -> json.put("last_uptime", v));
    if (!Double.isNaN(facts.resultUptime)) {
      json.put("result_uptime", facts.resultUptime);
    }
    if (facts.result) {
      json.set("result", facts.resultReport.toJson());
    }
    json.set("status", facts.statusReport.toJson());
    json.set("reported", FailureJson.reasons(facts.reported));
    json.set("ignored", FailureJson.reasons(facts.ignored));
    ObjectNode codes = json.putObject("exit_codes");
    facts.exitCodes.forEach(codes::put);
    json.set("script_times", facts.scriptTimes.toJson());
    ArrayNode failures = json.putArray("failures");
    facts.failures.all().forEach(noted -> failures.add(FailureJson.noted(noted)));
    facts.lastWords.ifPresent(v -> json.set("last_words", FailureJson.failure(v)));
    facts.unheard.ifPresent(v -> json.set("not_run", FailureJson.failure(v)));
    facts.beforeToldToEnd.ifPresent(v -> json.set("before_told_to_end", FailureJson.failure(v)));
    json.put("failed_command", facts.commands.script());
    writeLines(lines, json.putObject("recent"));
    return json;
  }

  private static void flag(ObjectNode json, String name, boolean value) {
    if (value) {
      json.put(name, true);
    }
  }

  private static void writeHistory(History history, ObjectNode json) {
    history.number().ifPresent(v -> json.put("number", v));
    history.firstVerdict().ifPresent(v -> json.put("first_verdict", v.label()));
    flag(json, "previous_interrupted", history.previousInterrupted());
  }

  private void writeLines(LineFacts lines, ObjectNode json) {
    lines
        .all()
        .forEach(
            (log, recent) -> {
              if (!log.equals(lines.lastLog())) {
                json.set(log, lines(recent));
              }
            });
    RecentLines last = lines.all().get(lines.lastLog());
    if (last != null) {
      json.set(lines.lastLog(), lines(last));
    }
  }

  private ArrayNode lines(RecentLines recent) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (CleanLine line : recent.all()) {
      array.add(Position.of(line).toJson().put("text", mask.apply(line.text())));
    }
    return array;
  }

  static History history(JsonNode json) {
    JsonNode history = json.path("history");
    return new History(
        history.has("number")
            ? OptionalInt.of(history.path("number").asInt())
            : OptionalInt.empty(),
        verdict(history.path("first_verdict")),
        history.path("previous_interrupted").asBoolean());
  }

  static Optional<Verdict> verdict(JsonNode label) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict.label().equals(label.asText())) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }

  /** Fills fresh facts from a tree of whatever form with what must not be told again. */
  static void readTold(JsonNode json, BootFacts facts) {
    facts.verdict = verdict(json.path("verdict"));
    facts.amended = json.path("amended").asBoolean();
    if (facts.verdict.isPresent()) {
      facts.started = true;
      facts.firstUptime = OptionalDouble.of(json.path("first_uptime").asDouble());
    }
  }

  /** Fills fresh facts from the tree. */
  static LineFacts read(JsonNode json, BootFacts facts, UnaryOperator<String> mask) {
    int version = json.path("version").asInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the boot's state is of version " + version + ", this build reads " + VERSION);
    }
    facts.started = json.path("started").asBoolean();
    facts.anyLine = json.path("any_line").asBoolean();
    facts.finishedLine = json.path("finished_line").asBoolean();
    facts.amended = json.path("amended").asBoolean();
    facts.verdict = verdict(json.path("verdict"));
    facts.cloudInit = text(json, "cloud_init");
    facts.stage = text(json, "stage").flatMap(Stage::of);
    json.path("stages_told")
        .forEach(stage -> Stage.of(stage.asText()).ifPresent(facts.stagesTold::add));
    facts.script = text(json, "script");
    json.path("older_logs").forEach(log -> facts.logsOfOlderBoots.add(log.asText()));
    json.path("own_logs").forEach(log -> facts.logsOfThisBoot.add(log.asText()));
    facts.bootBegan = text(json, "boot_began").map(Instant::parse);
    facts.lastReadAt = text(json, "last_read_at").map(Instant::parse).orElse(Instant.EPOCH);
    facts.firstUptime = number(json, "first_uptime");
    facts.lastUptime = number(json, "last_uptime");
    facts.resultUptime = number(json, "result_uptime").orElse(Double.NaN);
    facts.result = json.has("result");
    facts.resultReport = StatusReport.of(json.path("result"), mask);
    facts.statusReport = StatusReport.of(json.path("status"), mask);
    facts.reported.putAll(FailureJson.reasons(json.path("reported")));
    facts.ignored.putAll(FailureJson.reasons(json.path("ignored")));
    json.path("exit_codes")
        .properties()
        .forEach(code -> facts.exitCodes.put(code.getKey(), code.getValue().asInt()));
    facts.scriptTimes.restore(json.path("script_times"));
    json.path("failures").forEach(noted -> facts.failures.add(FailureJson.noted(noted)));
    if (json.has("last_words")) {
      facts.lastWords = Optional.of(FailureJson.failure(json.path("last_words")));
    }
    if (json.has("before_told_to_end")) {
      facts.beforeToldToEnd = Optional.of(FailureJson.failure(json.path("before_told_to_end")));
    }
    if (json.has("not_run")) {
      facts.unheard = Optional.of(FailureJson.failure(json.path("not_run")));
    }
    facts.commands.restore(json.path("failed_command").asText());
    return readLines(json.path("recent"), facts, mask);
  }

  private static LineFacts readLines(JsonNode logs, BootFacts facts, UnaryOperator<String> mask) {
    LineFacts lines = new LineFacts(facts, mask);
    for (Map.Entry<String, JsonNode> log : logs.properties()) {
      for (JsonNode line : log.getValue()) {
        Position at = Position.fromJson(line);
        byte[] bytes = line.path("text").asText().getBytes(StandardCharsets.UTF_8);
        lines.restore(
            new CleanLine(
                at.log(),
                at.generation(),
                at.offset(),
                at.number(),
                bytes,
                0,
                bytes.length,
                false));
      }
    }
    return lines;
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }

  private static OptionalDouble number(JsonNode json, String name) {
    return json.path(name).isNumber()
        ? OptionalDouble.of(json.path(name).asDouble())
        : OptionalDouble.empty();
  }
}
