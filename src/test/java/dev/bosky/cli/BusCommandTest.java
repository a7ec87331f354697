package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.BusClients;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.LineQueue;
import dev.bosky.testing.TestMachine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

@Timeout(120)
class BusCommandTest {
  private static final PutEventsRequestEntry ENTRY =
      PutEventsRequestEntry.builder()
          .source("my-project")
          .detailType("User Data")
          .detail("{\"Status\":\"info\",\"Kind\":\"message\",\"Message\":\"all is well\"}")
          .build();

  @TempDir Path root;

  private final LineQueue out = new LineQueue();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private Thread command;

  @AfterEach
  void stop() throws InterruptedException {
    if (command != null) {
      command.interrupt();
      command.join();
    }
  }

  @Test
  void call_printsEachEventWithTheRulesItMet() throws Exception {
    rule("all", "{\"detail-type\":[\"User Data\"]}");
    rule("fails", "{\"detail\":{\"Status\":[\"fail\"]}}");

    URI endpoint = start("bus", "--rules", root.resolve("rules").toString(), "--bus", "ops");
    try (EventBridgeClient client = BusClients.of(endpoint)) {
      client.putEvents(
          r ->
              r.entries(
                  ENTRY,
                  ENTRY.toBuilder()
                      .eventBusName("ops")
                      .detail("{\"Status\":\"fail\",\"Message\":\"two\\nlines \\u001b[2J\"}")
                      .build(),
                  ENTRY.toBuilder().source("other").detailType("T").detail("{\"a\":1}").build(),
                  ENTRY.toBuilder().eventBusName("typo").build(),
                  ENTRY.toBuilder().detail("{").build()));
    }

    assertLine("info     message  all is well");
    assertEquals(margin("my-project · User Data · met all"), out.next());
    assertLine("fail              two | lines ?[2J");
    assertEquals(margin("my-project · User Data · met all, fails"), out.next());
    assertLine("event             {\"a\":1}");
    assertEquals(margin("other · T · met no rule"), out.next());
    assertLine("info     message  all is well");
    assertEquals(
        margin(
            "my-project · User Data · dropped: there is no bus 'typo'"
                + " (EventBridge answers all the same)"),
        out.next());
    assertLine("refused           MalformedDetail: Detail is malformed.");
  }

  @Test
  void call_printsTheEventInFullWhenVerbose() throws Exception {
    URI endpoint = start("bus", "--verbose");
    try (EventBridgeClient client = BusClients.of(endpoint)) {
      client.putEvents(r -> r.entries(ENTRY));
    }

    assertLine("info     message  all is well");
    out.next();
    assertEquals("          {", out.next());
    assertEquals("            \"version\" : \"0\",", out.next());
  }

  @Test
  void call_printsJsonLines() throws Exception {
    rule("all", "{\"detail-type\":[\"User Data\"]}");

    command("bus", "--format", "json", "--rules", root.resolve("rules/all.json").toString());
    URI endpoint = URI.create(json(out.next()).path("endpoint").asText());
    try (EventBridgeClient client = BusClients.of(endpoint)) {
      client.putEvents(r -> r.entries(ENTRY, ENTRY.toBuilder().detail("[]").build()));
      try {
        client.listRules(r -> {});
      } catch (AwsServiceException e) {
        assertEquals("UnknownOperationException", e.awsErrorDetails().errorCode());
      }
    }

    JsonNode taken = json(out.next());
    assertEquals(1, taken.path("request").asInt());
    assertEquals("default", taken.path("bus").asText());
    assertFalse(taken.path("dropped").asBoolean(true));
    assertEquals("all", taken.path("rules").path(0).asText());
    assertEquals("all is well", taken.at("/event/detail/Message").asText());
    assertEquals("MalformedDetail", json(out.next()).at("/refused/code").asText());
    JsonNode refused = json(out.next());
    assertEquals(400, refused.path("status").asInt());
    assertEquals("ListRules", refused.path("operation").asText());
    assertEquals("UnknownOperationException", refused.at("/refused/code").asText());
  }

  @Test
  void call_endsWhenStopped() throws Exception {
    URI endpoint = start("bus");

    command.interrupt();

    assertEquals(0, exitCode.get(60, TimeUnit.SECONDS));
    assertEquals("", err.toString());
    // The port is free again.
    new ServerSocket(endpoint.getPort(), 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void call_tellsWhatIsWrongInOneSentence() throws Exception {
    Path wrong = rule("wrong", "{\n \"source\": \"x\"}");
    TestMachine machine = new TestMachine(root);

    assertEquals(
        new CommandResult(
            3, "", "bosky: rules: " + root.resolve("absent") + ": no such file or folder\n"),
        machine.run("bus", "--rules", root.resolve("absent").toString()));
    CommandResult noPattern = machine.run("bus", "--rules", wrong.toString());
    assertEquals(3, noPattern.exitCode());
    assertTrue(
        noPattern.err().startsWith("bosky: " + wrong + ":2:13: no event pattern: "),
        noPattern.err());
    assertEquals(1, noPattern.err().lines().count());
    CommandResult noPort = machine.run("bus", "--port", "70000");
    assertEquals(2, noPort.exitCode());
    assertTrue(noPort.err().startsWith("bosky: --port: expected 0 to 65535, found 70000"));
  }

  @Test
  void call_tellsThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CommandResult result = new TestMachine(root).run("bus", "--port", "" + taken.getLocalPort());

      assertEquals(1, result.exitCode());
      assertEquals(
          "bosky: port %d: cannot listen there: Address already in use\n"
              .formatted(taken.getLocalPort()),
          result.err());
    }
  }

  private URI start(String... args) throws InterruptedException {
    command(args);
    String greeting = out.next();
    assertTrue(greeting.endsWith("(Ctrl-C ends it)"), greeting);
    return URI.create(greeting.substring(0, greeting.indexOf(' ')));
  }

  private void command(String... args) {
    TestMachine machine = new TestMachine(root);
    PrintWriter outWriter = new PrintWriter(out, true);
    PrintWriter errWriter = new PrintWriter(err, true);
    command = new Thread(() -> exitCode.complete(machine.run(outWriter, errWriter, args)));
    command.start();
  }

  private Path rule(String name, String pattern) throws Exception {
    Path folder = Files.createDirectories(root.resolve("rules"));
    return Files.writeString(folder.resolve(name + ".json"), pattern);
  }

  private void assertLine(String expected) throws InterruptedException {
    String line = out.next();
    assertTrue(line.matches("\\d\\d:\\d\\d:\\d\\d  .*"), line);
    assertEquals(expected, line.substring(10));
  }

  private static String margin(String text) {
    return " ".repeat(28) + text;
  }

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }
}
