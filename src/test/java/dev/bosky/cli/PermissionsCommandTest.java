package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsCommandTest {
  @TempDir Path root;

  @Test
  void call_printsAPolicyForTheOneBusAndSource() {
    assertEquals(
        new CommandResult(
            0,
            """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Action" : "events:PutEvents",
                "Resource" : "arn:aws:events:eu-west-1:*:event-bus/boots",
                "Condition" : {
                  "StringEquals" : {
                    "events:source" : "a \\"b\\"",
                    "events:detail-type" : "User Data"
                  }
                }
              } ]
            }
            """,
            ""),
        new TestMachine(root)
            .run("permissions", "--project", "a \"b\"", "--bus", "boots", "--region", "eu-west-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "default, '', arn:aws:events:*:*:event-bus/default",
    "default, cn-north-1, arn:aws-cn:events:cn-north-1:*:event-bus/default",
    "arn:aws:events:eu-west-1:123456789012:event-bus/x, '',"
        + " arn:aws:events:eu-west-1:123456789012:event-bus/x"
  })
  void policy_namesTheBusAsFarAsItIsKnown(String bus, String region, String resource) {
    TestMachine machine = new TestMachine(root).variable("BOSKY_REGION", region);

    String out = machine.run("permissions", "--bus", bus).out();

    assertEquals(resource, out.replaceAll("(?s).*\"Resource\" : \"([^\"]*)\".*", "$1"));
  }
}
