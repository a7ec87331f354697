package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.config.ConfigFile;
import dev.bosky.testing.TestMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

final class PlainCallTest {
  private static final int ROUNDS = 1_500;

  private static final List<String> WORDS =
      List.of(
          "-i",
          "--info",
          "-f",
          "--fail",
          "--success",
          "--pass",
          "-p",
          "--project",
          "--project=checkout",
          "--team",
          "payments",
          "--instance-id",
          "--instance-id=i-123456",
          "i-123456",
          "--region=eu-west-1",
          "--bus",
          "--endpoint-url=http://127.0.0.1:4010",
          "--endpoint-url=nonsense",
          "--state=/tmp/x",
          "--quiet",
          "-q",
          "--no-wait",
          "--best-effort",
          "--best-effort=false",
          "--verbose",
          "--status=fail",
          "--info=true",
          "-if",
          "agent",
          "a message",
          "a=b",
          "@file",
          "'quoted'",
          "${x}",
          "-",
          "--",
          "",
          "--unknown");

  private static final List<String> VARIABLES =
      List.of(
          "BOSKY_PROJECT=of-the-environment",
          "BOSKEY_PROJECT=of-the-article",
          "BOSKY_TEAM=theirs",
          "BOSKY_INSTANCE_ID=i-9",
          "BOSKY_REGION=us-east-1",
          "BOSKY_ENDPOINT_URL=https://localhost:1/",
          "BOSKY_ENDPOINT_URL=localhost",
          "BOSKY_BUS=",
          "BOSKY_STATE=/tmp/y",
          "BOSKY_QUIET=yes",
          "BOSKY_TEAM=${sys:user.name}",
          "BOSKY_LABEL=a=b",
          "BOSKY_JAVA_OPTIONS=-Xint");

  @TempDir Path root;

  /** All that an event depends on. */
  private record Meaning(Map<String, Object> options, Object message, Object status) {}

  @Test
  void of_takesOnlyWhatPicocliTakesToMeanTheSame() {
    Random random = new Random(20261123);
    int plainOnes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      TestMachine testMachine = new TestMachine(root);
      List<String> variables = some(random, VARIABLES, random.nextInt(3));
      variables.forEach(v -> testMachine.variable(v.split("=", 2)[0], v.split("=", 2)[1]));
      List<String> words = new ArrayList<>(some(random, WORDS, random.nextInt(3)));
      words.add(random.nextBoolean() ? "--info" : "--fail");
      if (random.nextInt(4) > 0) {
        words.add("deployed build 4711");
      }
      words.addAll(some(random, WORDS, random.nextInt(3)));
      String[] args = words.toArray(String[]::new);
      Machine machine = testMachine.machine();
      Optional<PlainCall> plain = PlainCall.of(machine, args);
      if (plain.isPresent()) {
        plainOnes++;
        assertEquals(byPicocli(machine, args), of(plain.get()), words + " " + variables);
      }
    }
    assertTrue(plainOnes > ROUNDS / 20, plainOnes + " plain calls");
  }

  @Test
  void commands_areAllThereAre() {
    CommandLine all = Program.commands(new TestMachine(root).machine(), new GlobalOptions());
    assertEquals(all.getSubcommands().keySet(), PlainCall.COMMANDS);
  }

  private static List<String> some(Random random, List<String> from, int count) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(from.get(random.nextInt(from.size())));
    }
    return some;
  }

  private static Meaning of(PlainCall call) {
    Map<String, Object> options = common(call.options());
    options.put("state", call.state());
    options.put("best-effort", call.isBestEffort());
    return new Meaning(options, call.message(), call.status());
  }

  private static Meaning byPicocli(Machine machine, String... args) {
    GlobalOptions options = new GlobalOptions();
    CommandLine commandLine = Program.commands(machine, options);
    commandLine.setDefaultValueProvider(new ConfiguredDefaults(machine, ConfigFile.EMPTY));
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(args);
    } catch (ParameterException e) {
      throw new AssertionError(Arrays.toString(args) + ": " + e.getMessage(), e);
    }
    options.dropEmptyTexts();
    CommandSpec spec = commandLine.getCommandSpec();
    Map<String, Object> all = common(options);
    all.put("state", spec.findOption("--state").getValue());
    all.put("best-effort", spec.findOption("--best-effort").getValue());
    RootCommand root = commandLine.getCommand();
    return new Meaning(all, parsed.matchedPositionalValue(0, (String) null), root.status());
  }

  private static Map<String, Object> common(GlobalOptions options) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("project", options.project);
    all.put("team", options.team);
    all.put("labels", options.labels);
    all.put("instance-id", options.instanceId);
    all.put("region", options.region);
    all.put("bus", options.bus);
    all.put("endpoint-url", options.endpointUrl);
    all.put("config", options.config);
    all.put("format", options.format);
    all.put("quiet", options.quiet);
    all.put("verbose", options.verbose);
    all.put("detail-type", options.detailType);
    all.put("statuses", options.statuses);
    all.put("tags", options.tags);
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent",
        "hello",
        "--info",
        "--info hello --fail",
        "--info -",
        "--info -- hello",
        "--info hello again",
        "--info --project",
        "--info hello --team a --team b",
        "--info hello --format json",
        "--info hello --verbose",
        "--info hello --help"
      })
  void of_leavesTheUnusualToPicocli(String line) {
    assertFalse(PlainCall.of(new TestMachine(root).machine(), line.split(" ")).isPresent());
  }

  @Test
  void of_leavesItToPicocliWhereThereIsAConfigurationFile() {
    TestMachine machine = new TestMachine(root);
    assertTrue(PlainCall.of(machine.machine(), "--info", "hello").isPresent());
    machine.file("/etc/bosky/bosky.yaml", "project: checkout\n");
    assertFalse(PlainCall.of(machine.machine(), "--info", "hello").isPresent());
  }
}
