package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the one-event call is used and misused; what it sends is in OneEventTest. */
class RootCommandTest {
  @TempDir Path root;

  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "--info# no message: give it in quotes, or - to read it from standard input",
        "--project x# no message: give it in quotes, or - to read it from standard input",
        "--info --fail x# --info, --fail are mutually exclusive (specify only one)",
        "-if x# --info, --fail are mutually exclusive (specify only one)",
        "--success x --status fail"
            + "# --success, --status are mutually exclusive (specify only one)",
        "--info x --info# give a status only once",
        "--status ok x# invalid value for option '--status':"
            + " 'ok' is no status; write info, fail or success",
        "--status# missing required parameter for option '--status' (info|fail|success)",
        "--infoo x# unknown option '--infoo'; did you mean --info?",
        "--info two words# unexpected word 'words'; words that belong together need quotes",
        "words permissions"
            + "# unexpected word 'permissions'; words that belong together need quotes",
        "permissins# no command is called 'permissins'; did you mean 'permissions'?"
            + " To send it as a message: bosky --info permissins",
      })
  void call_refusesWrongUsageWithOneSentence(String line, String sentence) {
    assertEquals(
        new CommandResult(2, "", "bosky: " + sentence.strip() + " (bosky --help)\n"),
        machine.run(line.split(" ")));
  }

  @Test
  void call_tellsHowToSendAMessageThatBeginsWithADash() {
    assertEquals(
        "bosky: unknown option '-x failed'; a message that begins with - goes behind --"
            + " (bosky --help)\n",
        machine.run("--fail", "-x failed").err());
    assertEquals(3, machine.run("--fail", "--", "-x failed").exitCode(), "no instance id");
  }

  @Test
  void call_withoutAnythingIsWrongUsage() {
    assertEquals(2, machine.run().exitCode());
  }

  @Test
  void call_printsThePermissionsAsTheOriginalDid() {
    CommandResult option = machine.run("--permissions");

    assertEquals(machine.run("permissions"), option);
    assertTrue(option.out().contains("events:PutEvents"), option.out());
  }

  @Test
  void call_refusesWhereTheInstanceIsNotKnown() {
    assertEquals(
        new CommandResult(
            3,
            "",
            "bosky: which instance is this? Neither cloud-init nor the metadata service tells:"
                + " give --instance-id or set BOSKY_INSTANCE_ID\n"),
        machine.run("--info", "text"));
  }

  @Test
  void call_refusesWhereTheRegionIsNotKnown() {
    assertEquals(
        new CommandResult(
            3,
            "",
            "bosky: no Region to send to: give --region or set AWS_REGION"
                + " (neither the AWS profile nor the instance names one)\n"),
        machine.run("--info", "text", "--instance-id", "i-0abc"));
  }

  @Test
  void call_endsWithZeroWhateverHappensIfAskedTo() {
    for (String[] wrong :
        List.of(
            new String[] {"--info", "text", "--best-effort"},
            new String[] {"--best-effort"},
            new String[] {"--infoo", "text", "--best-effort"},
            new String[] {"--best-effort", "--region", "x y", "--instance-id", "i", "text"})) {
      CommandResult result = machine.run(wrong);
      assertEquals(0, result.exitCode());
      assertTrue(result.err().startsWith("bosky: "), result.err());
    }
  }

  @Test
  void call_takesBestEffortFromTheEnvironmentToo() {
    machine.variable("BOSKY_BEST_EFFORT", "1");

    assertEquals(0, machine.run("--info", "text").exitCode());
    assertEquals(2, machine.run("permissions", "--nonsense").exitCode());
  }

  @Test
  void call_saysNothingOfAnInternalFaultsInnardsUnlessVerbose() {
    machine.variable("AWS_PROFILE", "x").variable("AWS_CONFIG_FILE", root.toString());

    CommandResult quiet = machine.run("--info", "text", "--instance-id", "i-0abc");
    assertEquals(1, quiet.err().lines().count(), quiet.err());
    CommandResult verbose = machine.run("--verbose", "--info", "text", "--instance-id", "i-0abc");
    assertTrue(verbose.err().contains("\tat "), verbose.err());
  }
}
