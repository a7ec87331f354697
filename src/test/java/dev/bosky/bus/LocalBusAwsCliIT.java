package dev.bosky.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus as the {@code aws} command sees it: the protocol, and not our client's dialect. */
class LocalBusAwsCliIT {
  /** Where Debian's package puts it; another {@code aws} may come first in the path. */
  private static final Path DEBIAN = Path.of("/usr/bin/aws");

  private static final String AWS = Files.isExecutable(DEBIAN) ? DEBIAN.toString() : "aws";

  @TempDir Path folder;
  private LocalBus bus;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(isAwsThere(), "no 'aws' command (Debian package awscli)");
    Map<String, String> article = new LinkedHashMap<>();
    article.put("user-data", "{\"detail-type\":[\"User Data\"]}");
    article.put(
        "my-project-info",
        """
        {"source":["my-project"],"detail-type":["User Data"],"detail":{"Status":["info"]}}""");
    bus = LocalBus.builder().rules(RuleSet.of(article)).start();
  }

  @AfterEach
  void stop() {
    if (bus != null) {
      bus.close();
    }
  }

  @Test
  void putEvents_meetsBothRulesOfTheArticle() throws Exception {
    Path entries =
        Files.writeString(
            folder.resolve("entries.json"),
            """
            [
              {
                "Time": "2026-01-02T03:04:05Z",
                "Source": "my-project",
                "Resources": ["i-123456"],
                "DetailType": "User Data",
                "Detail": "{\\"Status\\": \\"info\\", \\"Message\\": \\"an informational event 🚀\\"}"
              },
              {"Source": "my-project", "DetailType": "User Data", "Detail": "no JSON"}
            ]""");

    Result result = aws("put-events", "--entries", "file://" + entries);

    ReceivedEvent event = bus.received().get(0);
    assertEquals(0, result.exitCode, result.output);
    assertTrue(result.output.contains("\"FailedEntryCount\": 1"), result.output);
    assertTrue(result.output.contains("\"EventId\": \"" + event.eventId() + "\""), result.output);
    assertTrue(result.output.contains("\"ErrorCode\": \"MalformedDetail\""), result.output);
    assertEquals(List.of("user-data", "my-project-info"), event.rules());
    assertEquals("an informational event 🚀", event.detail().path("Message").asText());
    assertEquals("2026-01-02T03:04:05Z", event.event().path("time").asText());
    assertEquals("i-123456", event.event().path("resources").path(0).asText());
    assertEquals("us-west-2", event.event().path("region").asText());
  }

  @Test
  void refusals_areToldInAwsTerms() throws Exception {
    Result unknown = aws("describe-event-bus", "--name", "typo");
    Result known = aws("describe-event-bus");
    bus.faults(Fault.expiredToken());
    Result expired = aws("put-events", "--entries", "[{\"Source\":\"s\"}]");

    assertTrue(
        unknown.output.contains(
            "(ResourceNotFoundException) when calling the DescribeEventBus operation:"
                + " Event bus typo does not exist."),
        unknown.output);
    assertTrue(known.output.contains("\"Name\": \"default\""), known.output);
    assertTrue(expired.output.contains("(ExpiredTokenException)"), expired.output);
  }

  private record Result(int exitCode, String output) {}

  private Result aws(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(AWS, "events"));
    command.addAll(List.of(args));
    command.addAll(List.of("--endpoint-url", bus.endpoint().toString(), "--output", "json"));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = process.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_DEFAULT_REGION", "us-west-2");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("absent").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("absent").toString());
    environment.put("LC_ALL", "C.UTF-8");
    Process aws = process.start();
    String output = new String(aws.getInputStream().readAllBytes());
    return new Result(aws.waitFor(), output);
  }

  private static boolean isAwsThere() throws InterruptedException {
    try {
      Process version = new ProcessBuilder(AWS, "--version").redirectErrorStream(true).start();
      version.getInputStream().readAllBytes();
      return version.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
