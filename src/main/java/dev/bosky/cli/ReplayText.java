package dev.bosky.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.json.JsonTree;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events as a person reads them: for each boot the verdict first, then what led to it. */
final class ReplayText {
  private final PrintWriter out;

  ReplayText(PrintWriter out) {
    this.out = out;
  }

  void print(List<Event> events) {
    List<JsonNode> ofBoot = new ArrayList<>();
    for (Event event : events) {
      JsonNode detail = read(event);
      if (event.kind() == Kind.OUTCOME) {
        boot(detail, ofBoot);
        ofBoot.clear();
      } else if (event.kind() != Kind.STARTED) {
        ofBoot.add(detail);
      }
    }
    if (events.isEmpty()) {
      out.println("nothing: the log is empty");
    }
  }

  private void boot(JsonNode outcome, List<JsonNode> events) {
    JsonNode boot = outcome.path("Boot");
    String verdict = outcome.path("Outcome").path("Verdict").asText().toUpperCase(Locale.ROOT);
    out.printf(
        "%s  boot %d%s: %s%n",
        verdict,
        boot.path("Number").asInt(1),
        boot.has("CloudInit") ? " (cloud-init " + boot.path("CloudInit").asText() + ")" : "",
        outcome.path("Message").asText());
    JsonNode log = outcome.path("Log");
    if (outcome.has("Evidence") && !log.isMissingNode()) {
      out.printf("  %s, line %d%n", log.path("Path").asText(), log.path("Line").asLong());
      lines("    ", outcome.path("Evidence").path("Before"));
      outcome.path("Evidence").path("Text").asText().lines().forEach(l -> out.println("  > " + l));
      lines("    ", outcome.path("Evidence").path("After"));
    }
    for (JsonNode reason : outcome.path("Outcome").path("Reasons")) {
      out.printf("  because %s: %s%n", reason.path("Code").asText(), reason.path("Text").asText());
    }
    for (JsonNode event : events) {
      out.printf(
          "  %-7s %-11s %s%n",
          event.path("Status").asText(),
          event.has("Log") ? "line " + event.path("Log").path("Line").asLong() : "",
          event.path("Message").asText());
    }
  }

  private void lines(String indent, JsonNode lines) {
    lines.forEach(line -> out.println(indent + line.asText()));
  }

  private static JsonNode read(Event event) {
    try {
      return JsonTree.read(event.detail());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event's detail is JSON", e);
    }
  }
}
