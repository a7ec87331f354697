package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every command; {@code permissions} stands for them all. */
class ProgramTest {
  @TempDir Path root;

  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
  }

  @Test
  void run_takesCommonOptionsBeforeAndAfterTheCommand() {
    CommandResult before = machine.run("--project", "checkout", "permissions");
    CommandResult after = machine.run("permissions", "--project=checkout");

    assertTrue(before.out().contains("\"events:source\" : \"checkout\""), before.out());
    assertEquals(before, after);
    assertEquals(new CommandResult(0, before.out(), ""), before);
  }

  @Test
  void run_prefersOptionThenEnvironmentThenFileThenDefault() {
    assertProject("unknown", machine.run("permissions"));
    machine.file("/etc/bosky/bosky.yaml", "project: from-file\n");
    assertProject("from-file", machine.run("permissions"));
    machine.variable("BOSKEY_PROJECT", "from-article");
    assertProject("from-article", machine.run("permissions"));
    machine.variable("BOSKY_PROJECT", "from-environment");
    assertProject("from-environment", machine.run("permissions"));
    assertProject("from-option", machine.run("permissions", "--project", "from-option"));
    assertProject("from-option", machine.run("--project", "from-option", "permissions"));
  }

  @Test
  void run_takesAnEmptyVariableForNone() {
    machine.variable("BOSKY_PROJECT", "");

    assertProject("unknown", machine.run("permissions"));
  }

  @Test
  void run_readsTheFileNamedByOptionOrVariable() {
    machine.file("/etc/bosky/bosky.yaml", "project: usual\n");
    machine.file("/other.yaml", "project: other\n");
    String other = root.resolve("other.yaml").toString();

    assertProject("other", machine.run("permissions", "--config", other));
    assertProject("other", machine.run("--config=" + other, "permissions"));
    assertProject("other", machine.variable("BOSKY_CONFIG", other).run("permissions"));
  }

  @Test
  void run_refusesAFileThatIsNamedAndNotThere() {
    String absent = root.resolve("absent.yaml").toString();

    assertEquals(
        new CommandResult(
            3, "", "bosky: configuration file " + absent + ": no such file or folder\n"),
        machine.run("permissions", "--config", absent));
  }

  @Test
  void run_tellsEveryProblemOfTheFile() {
    machine.file("/etc/bosky/bosky.yaml", "projct: a\nformat: xml\nendpoint_url: here\n");
    String file = root.resolve("etc/bosky/bosky.yaml").toString();

    assertEquals(
        new CommandResult(
            3,
            "",
            "bosky: "
                + file
                + ":1:1: unknown key 'projct'; did you mean 'project'?\n"
                + "bosky: "
                + file
                + ":2:9: format: 'xml' is none of text, json\n"
                + "bosky: "
                + file
                + ":3:15: endpoint_url: 'here' is no URL; write one such as http://127.0.0.1:4010\n"),
        machine.run("permissions"));
  }

  /** The agent makes no other command; one file serves them all. */
  @Test
  void run_letsTheAgentTakeAFileWithKeysOfOtherCommands() {
    machine.file("/etc/bosky/bosky.yaml", "project: usual\nrules: [/etc/rules]\n");

    CommandResult agent = machine.run("agent", "--log", root.toString());

    assertEquals(3, agent.exitCode());
    assertTrue(agent.err().contains("expected a file, found a folder"), agent.err());

    machine.file("/etc/bosky/bosky.yaml", "project: usual\nruls: [/etc/rules]\n");
    assertTrue(machine.run("agent").err().contains("did you mean 'rules'?"));
  }

  @Test
  void run_looksAtNamesAndValuesOfMappings() {
    machine.file("/etc/bosky/bosky.yaml", "statuses: {sucess: pass}\nlabel: {tier: a=b}\n");
    String file = root.resolve("etc/bosky/bosky.yaml").toString();

    assertEquals(
        "bosky: " + file + ":1:20: statuses: 'sucess' is no status; write info, fail or success\n",
        machine.run("permissions").err());
  }

  @Test
  void run_givesHelpThoughTheFileIsBroken() {
    machine.file("/etc/bosky/bosky.yaml", "projct: a\n");

    CommandResult help = machine.run("--help");

    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("\nUsage: bosky "), help.out());
    assertEquals("", help.err());
  }

  @Test
  void run_namesTheVariableWithAWrongValue() {
    machine.variable("BOSKY_QUIET", "perhaps");

    assertEquals(
        new CommandResult(3, "", "bosky: BOSKY_QUIET: 'perhaps' is neither true nor false\n"),
        machine.run("permissions"));
  }

  @Test
  void run_letsTheOptionWinOverAVariableWithAWrongValue() {
    machine.variable("BOSKY_FORMAT", "xml");

    assertEquals(0, machine.run("permissions", "--format", "json").exitCode());
  }

  @Test
  void run_readsSwitchesAndListsFromTheEnvironment() {
    machine.variable("BOSKY_VERBOSE", "1").variable("BOSKY_LABEL", "tier=web,zone=1");

    assertEquals(0, machine.run("permissions").exitCode());
  }

  @Test
  void run_suggestsTheOptionThatWasMeant() {
    assertEquals(
        new CommandResult(
            2,
            "",
            "bosky: unknown option '--projct'; did you mean --project? (bosky permissions --help)\n"),
        machine.run("permissions", "--projct", "a"));
  }

  @Test
  void run_refusesAnOptionTwiceAndOneWithoutValue() {
    assertEquals(
        "bosky: option '--project' (NAME) should be specified only once (bosky permissions --help)\n",
        machine.run("permissions", "--project", "a", "--project", "b").err());
    assertEquals(2, machine.run("permissions", "--project").exitCode());
  }

  @Test
  void run_doesNothingWhenSwitchedOff() {
    machine.file("/etc/bosky/bosky.yaml", "projct: a\n").variable("BOSKY_DISABLED", "1");

    assertEquals(
        new CommandResult(0, "", "bosky: switched off by BOSKY_DISABLED\n"),
        machine.run("--nonsense"));
  }

  @Test
  void run_isNotSwitchedOffByAnExplicitNo() {
    machine.variable("BOSKY_DISABLED", "0");

    assertProject("unknown", machine.run("permissions"));
  }

  @Test
  void commands_splitEachListSoThatFileAndEnvironmentCanGiveIt() {
    for (OptionSpec option : options(commandLine().getCommandSpec())) {
      if (option.isMultiValue()) {
        assertEquals(
            ConfiguredDefaults.SEPARATOR,
            option.splitRegex(),
            option.longestName() + " needs split = ConfiguredDefaults.SEPARATOR");
      }
    }
  }

  @Test
  void commands_giveOneKeyOneMeaning() {
    Map<String, List<Class<?>>> types = new HashMap<>();
    for (OptionSpec option : options(commandLine().getCommandSpec())) {
      if (ConfiguredDefaults.isConfigurable(option)) {
        String key = ConfiguredDefaults.key(option);
        List<Class<?>> type = List.of(option.auxiliaryTypes());
        assertEquals(types.getOrDefault(key, type), type, key);
        types.put(key, type);
      }
    }
  }

  @Test
  void commands_allHaveHelp() {
    for (String command : commandLine().getSubcommands().keySet()) {
      CommandResult help = machine.run(command, "--help");
      assertEquals(0, help.exitCode(), command + ": " + help.err());
      assertTrue(help.out().contains("Usage: bosky " + command), help.out());
      assertFalse(help.out().contains("--instance-id"), help.out());
    }
  }

  private static CommandLine commandLine() {
    Machine nowhere =
        new Machine(
            Map.of(),
            InputStream.nullInputStream(),
            Path.of("/nowhere"),
            InstantSource.system(),
            System::nanoTime,
            duration -> {});
    return Program.commands(nowhere, new GlobalOptions());
  }

  private static List<OptionSpec> options(CommandSpec spec) {
    List<OptionSpec> options = new ArrayList<>(spec.options());
    spec.subcommands().values().forEach(sub -> options.addAll(options(sub.getCommandSpec())));
    return options;
  }

  @Test
  void run_printsTheVersion() {
    CommandResult version = machine.run("--version");

    assertEquals(0, version.exitCode());
    assertTrue(version.out().matches("bosky \\S+ \\(.*Java [0-9.]+.*\\)\n"), version.out());
  }

  private static void assertProject(String expected, CommandResult result) {
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(
        result.out().contains("\"events:source\" : \"" + expected + "\""), result.toString());
  }
}
