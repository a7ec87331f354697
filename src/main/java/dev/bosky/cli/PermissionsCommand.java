package dev.bosky.cli;

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

  /**
   * The policy: {@code events:PutEvents} on the bus, for the project's own source where one is
   * named.
   */
  static String policy(GlobalOptions options) {
    String region = options.region.orElse("*");
    String bus =
        options.bus.startsWith("arn:")
            ? options.bus
            : "arn:aws:events:" + region + ":*:event-bus/" + options.bus;
    return """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": "events:PutEvents",
              "Resource": "%s",
              "Condition": { "StringEquals": { "events:source": "%s" } }
            }
          ]
        }"""
        .formatted(bus, options.project);
  }
}
