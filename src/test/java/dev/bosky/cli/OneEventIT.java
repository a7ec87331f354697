package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.Fault;
import dev.bosky.bus.LocalBus;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.PackagedBosky;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-event call as a script in cloud-init's environment makes it: no HOME, no locale. */
class OneEventIT {
  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  private LocalBus bus;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws IOException {
    bus = LocalBus.builder().start();
    environment =
        new HashMap<>(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_EC2_METADATA_DISABLED", "true",
                "BOSKY_INSTANCE_ID", "i-123456",
                "BOSKY_STATE", folder.resolve("state").toString(),
                "BOSKY_ENDPOINT_URL", bus.endpoint().toString()));
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  @Test
  void send_deliversEmojiQuotesAndNewlinesWithoutALocale() throws Exception {
    String text = "it's \"done\" \\ 100% $HOME\n\tüber 🚀 日本";
    environment.put("BOSKY_TEAM", "Zürich");

    CommandResult result =
        PackagedBosky.run(folder, environment, NOTHING, "--info", text, "--project", "größe");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    assertEquals(text, bus.received().get(0).detail().path("Message").asText());
    assertEquals("Zürich", bus.received().get(0).detail().path("Team").asText());
    assertEquals("größe", bus.received().get(0).source());
  }

  @Test
  void send_deliversTheSameInALocaleThatIsNotUtf8() throws Exception {
    environment.put("LC_ALL", "POSIX");

    PackagedBosky.run(folder, environment, NOTHING, "über 🚀", "--fail");

    assertEquals("über 🚀", bus.received().get(0).detail().path("Message").asText());
  }

  @Test
  void send_reads300KilobytesFromStandardInput() throws Exception {
    String text = "0123456789abcdef é\n".repeat(300_000 / 20);

    CommandResult result =
        PackagedBosky.run(
            folder, environment, text.getBytes(StandardCharsets.UTF_8), "--fail", "-");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(text.stripTrailing(), bus.received().get(0).detail().path("Message").asText());
  }

  @Test
  void send_printsUtf8WithoutALocale() throws Exception {
    CommandResult result =
        PackagedBosky.run(folder, environment, NOTHING, "--info", "x", "--staté");

    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith("bosky: unknown option '--staté'"), result.err());
  }

  @Test
  void send_isSilentAboutTheLibrariesItUses() throws Exception {
    bus.faults(Fault.failedEntries("NotAuthorizedForSourceException", "Not for this source.", 0));

    CommandResult result = PackagedBosky.run(folder, environment, NOTHING, "--info", "x");

    assertEquals(
        new CommandResult(
            1,
            "",
            "bosky: EventBridge refused the event:"
                + " NotAuthorizedForSourceException: Not for this source.\n"),
        result);
  }
}
