package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.EventFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky permissions}: prints the least IAM policy that the instance's role needs. */
@Command(
    name = "permissions",
    description = "Print the least IAM policy that the instance's role needs.")
final class PermissionsCommand implements Callable<Integer> {
  private final GlobalOptions options;

  @Spec private CommandSpec spec;

  PermissionsCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(policy(options));
    return ExitCode.DONE;
  }

  /** The policy: {@code events:PutEvents} on the one bus, of the one source and detail type. */
  static String policy(GlobalOptions options) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("Version", "2012-10-17");
    ObjectNode statement = policy.putArray("Statement").addObject();
    statement.put("Effect", "Allow");
    statement.put("Action", "events:PutEvents");
    statement.put("Resource", bus(options));
    ObjectNode equal = statement.putObject("Condition").putObject("StringEquals");
    equal.put("events:source", options.project);
    equal.put("events:detail-type", options.detailType);
    return policy.toPrettyString();
  }

  /** In any account, and where no Region is named in any Region: a role is not told its own. */
  private static String bus(GlobalOptions options) {
    String region = options.region.orElse("*");
    return options.bus.startsWith("arn:")
        ? options.bus
        : "arn:%s:events:%s:*:event-bus/%s"
            .formatted(EventFactory.partition(region), region, options.bus);
  }
}
