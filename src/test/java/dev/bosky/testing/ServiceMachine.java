package dev.bosky.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away machine whose agent, once it is installed as a service, writes its events into a
 * file. The packaged program lies unpacked in {@link #UNPACKED}.
 */
public final class ServiceMachine implements AutoCloseable {
  public static final String UNPACKED = "/srv/bosky";
  public static final Duration LONG = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final String EVENTS = "/var/lib/bosky/events.jsonl";

  private final RealMachine machine;

  private ServiceMachine(RealMachine machine) {
    this.machine = machine;
  }

  /**
   * A machine that has not booted yet.
   *
   * @param settings further lines of the configuration file
   */
  public static ServiceMachine create(String... settings) throws IOException {
    return create(RealMachine.create(INSTANCE, UNPACKED), settings);
  }

  /**
   * As {@link #create(String...)}, with another distribution than the packaged folder.
   *
   * @param distribution such as the archive, unpacked
   */
  public static ServiceMachine create(Path distribution, String... settings) throws IOException {
    return create(RealMachine.create(INSTANCE, UNPACKED, distribution), settings);
  }

  private static ServiceMachine create(RealMachine machine, String... settings) throws IOException {
    ServiceMachine service = new ServiceMachine(machine);
    service.write(
        "/etc/bosky/bosky.yaml",
        "sink: file:" + EVENTS + "\n" + String.join("\n", settings) + "\n");
    // Each of these makes a /proc of the unit's own, with the boot id of this very machine.
    service.write(
        "/etc/systemd/system/bosky.service.d/50-throw-away.conf",
        "[Service]\nProtectProc=default\nProtectKernelTunables=no\nProtectControlGroups=no\n");
    return service;
  }

  public RealMachine machine() {
    return machine;
  }

  /** Puts a file on the machine's disk. */
  public void write(String path, String content) throws IOException {
    Path file = machine.file(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Runs a command on the machine; it has to end with 0. */
  public static String run(RealBoot boot, String... command) throws Exception {
    Process process = boot.command(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + said);
    return said;
  }

  /** Waits until the agent has ended by itself. */
  public static void awaitAgent(RealBoot boot) throws Exception {
    run(boot, "sh", "-c", "while systemctl is-active --quiet bosky; do sleep 0.1; done");
  }

  /** What a person would look at. */
  public String told(RealBoot boot) throws Exception {
    return run(boot, "sh", "-c", "systemctl status bosky; journalctl -u bosky | tail -n 50; true")
        + Files.readString(machine.log());
  }

  /** What the agent sent, as {@code PutEvents} entries. */
  public List<JsonNode> entries() throws IOException {
    return Files.readAllLines(events()).stream().map(ServiceMachine::parse).toList();
  }

  public Path events() {
    return machine.file(EVENTS);
  }

  /** The details of the outcomes among them. */
  public List<JsonNode> outcomes() throws IOException {
    return entries().stream()
        .map(ServiceMachine::detail)
        .filter(detail -> detail.path("Kind").asText().equals("outcome"))
        .toList();
  }

  public static JsonNode detail(JsonNode entry) {
    return parse(entry.path("Detail").asText());
  }

  public static String verdict(JsonNode outcome) {
    return outcome.at("/Outcome/Verdict").asText();
  }

  @Override
  public void close() throws IOException {
    machine.close();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
