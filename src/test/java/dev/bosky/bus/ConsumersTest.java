package dev.bosky.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.ConsumerRules;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The templates in {@code cloud-config/consumers/}: what they refer to, and which events they take.
 */
class ConsumersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BOOTS = Path.of("src/test/resources/dev/bosky/boots");
  private static final Pattern REFERENCE = Pattern.compile("!(?:Ref|GetAtt) ([\\w:]+)");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");

  /** As EC2 tells of an instance's state. */
  private static final String STATE_CHANGE =
      """
      {"version": "0", "id": "7bf73129-1428-4cd3-a780-95db273d1602", "account": "123456789012",
       "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
       "time": "2026-01-02T03:04:05Z", "region": "eu-west-1",
       "resources": ["arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc"],
       "detail": {"instance-id": "i-0abc", "state": "%s"}}
      """;

  @TempDir Path folder;

  static List<Path> templates() throws IOException {
    return ConsumerRules.templates();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void template_refersOnlyToWhatItHas(Path file) throws IOException {
    JsonNode template = ConsumerRules.template(file);
    Set<String> names = new TreeSet<>(Set.of("AWS::Partition"));
    template.path("Parameters").fieldNames().forEachRemaining(names::add);
    template.path("Resources").fieldNames().forEachRemaining(names::add);
    Set<String> unknown = new TreeSet<>();
    Matcher reference = REFERENCE.matcher(Files.readString(file));
    while (reference.find()) {
      unknown.add(reference.group(1));
    }
    unknown.removeAll(names);

    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void stateMachine_hasItsSubstitutionsAndEachStateOfItsChoices(Path file) throws IOException {
    int machines = 0;
    for (JsonNode resource : ConsumerRules.template(file).path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::StepFunctions::StateMachine")) {
        machines++;
        JsonNode definition = resource.at("/Properties/Definition");
        Set<String> states = Set.copyOf(fieldNames(definition.path("States")));
        Set<String> next = new TreeSet<>();
        definition.findValues("Next").forEach(state -> next.add(state.asText()));
        definition.findValues("Default").forEach(state -> next.add(state.asText()));
        next.add(definition.path("StartAt").asText());
        assertEquals(states, next, file.toString());

        Set<String> used = new TreeSet<>();
        Matcher substitution = SUBSTITUTION.matcher(definition.toString());
        while (substitution.find()) {
          used.add(substitution.group(1));
        }
        assertEquals(
            used, new TreeSet<>(fieldNames(resource.at("/Properties/DefinitionSubstitutions"))));
      }
    }
    assertEquals(2, machines);
  }

  @Test
  void patterns_takeEc2sRunningAndNothingElseOfIt() throws Exception {
    RuleSet rules = RuleSet.of(ConsumerRules.patterns());

    assertEquals(
        List.of("no-outcome.yaml/Running"),
        rules.match(JSON.readTree(STATE_CHANGE.formatted("running"))));
    assertEquals(List.of(), rules.match(JSON.readTree(STATE_CHANGE.formatted("pending"))));
    assertEquals(List.of(), rules.match(JSON.readTree(STATE_CHANGE.formatted("terminated"))));
  }

  @Test
  void patterns_takeTheOutcomesOfRecordedBootsAndNoMarkers() throws Exception {
    RuleSet rules = RuleSet.of(ConsumerRules.patterns());
    int outcomes = 0;
    int others = 0;
    for (String boot : List.of("success", "silent-failure")) {
      for (JsonNode event : replayed(boot)) {
        List<String> met = rules.match(event);
        if (event.at("/detail/Kind").asText().equals("outcome")) {
          outcomes++;
          assertEquals(List.of("no-outcome.yaml/Told", "started-deadline.yaml/Told"), met);
        } else {
          others++;
          assertEquals(List.of(), met, event.toString());
        }
      }
    }
    assertEquals(2, outcomes);
    assertTrue(others > 0);
  }

  @Test
  void targets_takeOnlyWhatEachEventHas() throws Exception {
    JsonNode outcome =
        replayed("success").stream()
            .filter(event -> event.at("/detail/Kind").asText().equals("outcome"))
            .findFirst()
            .orElseThrow();
    JsonNode running = JSON.readTree(STATE_CHANGE.formatted("running"));
    for (Path file : templates()) {
      for (Map.Entry<String, JsonNode> rule :
          ConsumerRules.template(file).path("Resources").properties()) {
        for (JsonNode path :
            rule.getValue().at("/Properties/Targets/0/InputTransformer/InputPathsMap")) {
          JsonNode event = rule.getKey().equals("Running") ? running : outcome;
          String pointer = path.asText().substring(1).replace('.', '/');
          if (!rule.getKey().equals("Started")) {
            assertTrue(event.at(pointer).isTextual(), rule.getKey() + " " + path);
          }
        }
      }
    }
  }

  /** What the bus makes of a replayed boot's entries. */
  private List<JsonNode> replayed(String boot) throws IOException {
    CommandResult said =
        new TestMachine(folder)
            .run(
                "replay",
                "--format",
                "json",
                "--patterns",
                "patterns",
                "--result",
                BOOTS.resolve(boot + "/result.json").toString(),
                BOOTS.resolve(boot + "/cloud-init-output.log").toString());
    List<JsonNode> events = new ArrayList<>();
    for (String line : said.out().lines().toList()) {
      JsonNode entry = JSON.readTree(line);
      ObjectNode event = JSON.createObjectNode();
      event.put("source", entry.path("Source").asText());
      event.put("detail-type", entry.path("DetailType").asText());
      event.put("time", entry.path("Time").asText());
      event.set("detail", JSON.readTree(entry.path("Detail").asText()));
      events.add(event);
    }
    return events;
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
