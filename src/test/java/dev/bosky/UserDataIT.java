package dev.bosky;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.bus.RuleSet;
import dev.bosky.testing.ConsumerRules;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Boots of the real cloud-init with every piece of user data in {@code userdata/pieces.yaml}, the
 * packaged agent with the shipped packs beside each: the verdict, whether it was a silent failure,
 * and the line that is shown for it.
 *
 * <p>{@code -Dbosky.pieces=REGEX} boots with those files only whose name matches; {@code
 * -Dbosky.pieces.keep=FOLDER} keeps what each boot left: its log, its result, what was told.
 */
class UserDataIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  /** Machines that boot at a time. */
  private static final int AT_ONCE = 2;

  /** What the machine's agents say. */
  private static final String SAID = "/agent.log";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What cloud-init called a success although it was none. */
  private static final ConcurrentLinkedQueue<String> missedByCloudInit =
      new ConcurrentLinkedQueue<>();

  /** What is known of a piece after its boot, or after both of them, whose ids come with it. */
  private record Told(List<ReceivedEvent> events, boolean errors, List<String> boots) {}

  @TestFactory
  Stream<DynamicTest> pieces() throws Exception {
    String wanted = System.getProperty("bosky.pieces", ".*");
    List<PieceOfUserData> pieces =
        PieceOfUserData.all().stream().filter(piece -> piece.file().matches(wanted)).toList();
    RealMachine.create("i-0123456789abcdef0").close(); // skips all of them where it cannot be
    ExecutorService machines = Executors.newFixedThreadPool(AT_ONCE);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      PieceOfUserData piece = pieces.get(i);
      String instance = "i-0123456789abcd%03d".formatted(i);
      Future<Told> boot = machines.submit(() -> boot(piece, instance));
      tests.add(dynamicTest(piece.toString(), () -> check(piece, boot)));
    }
    machines.shutdown();
    return tests.stream().onClose(machines::shutdownNow);
  }

  @AfterAll
  static void tellWhatCloudInitMissed() {
    System.out.printf(
        "Failed, and a success by cloud-init's own account: %d%n", missedByCloudInit.size());
    missedByCloudInit.stream().sorted().forEach(piece -> System.out.println("  " + piece));
  }

  private static void check(PieceOfUserData piece, Future<Told> boot) throws Exception {
    piece.needs().forEach(RealMachine::assumeInstalled);
    if (piece.reboots()) {
      RealMachine.assumeSystemd();
    }
    Told told = of(boot);

    List<JsonNode> outcomes = outcomes(told.events());
    assertEquals(
        told.boots(),
        outcomes.stream().map(each -> each.at("/Boot/Id").asText()).toList(),
        () -> "one outcome for each boot: " + told.events());
    JsonNode outcome = outcomes.get(0);
    assertEquals(List.of("started-deadline.yaml/Started"), told.events().get(0).rules());
    assertEquals(1, told.events().get(0).detail().at("/Boot/Number").asInt(), "before cloud-init");
    assertTrue(
        told.events().stream().anyMatch(e -> e.rules().contains("no-outcome.yaml/Told")),
        "the dead man's switch sees the outcome");
    String line = outcome.at("/Evidence/Text").asText().lines().findFirst().orElse("");
    boolean fails = !List.of("success", "degraded").contains(piece.verdict());
    if (fails && !told.errors()) {
      missedByCloudInit.add(piece.toString());
    }
    assertAll(
        () -> assertEquals(piece.verdict(), outcome.at("/Outcome/Verdict").asText()),
        () -> assertEquals(piece.silent(), outcome.at("/Outcome/Silent").asBoolean()),
        () -> assertTrue(piece.hasLine(line), piece.line() + "\n not told, but: " + line),
        () -> assertEquals(fails, outcome.at("/Status").asText().equals("fail")),
        () -> assertTrue(hasExitCode(piece, outcome), outcome.at("/Outcome/Reasons")::toString));
    if (piece.reboots()) {
      checkSecondBoot(piece, outcomes.get(1));
    }
  }

  private static boolean hasExitCode(PieceOfUserData piece, JsonNode outcome) {
    boolean told = piece.exitCode() == 0;
    for (JsonNode reason : outcome.at("/Outcome/Reasons")) {
      told |= reason.path("ExitCode").asInt() == piece.exitCode();
    }
    return told;
  }

  /** It runs none of the scripts, and so ends well: it must say what that is worth. */
  private static void checkSecondBoot(PieceOfUserData piece, JsonNode outcome) {
    boolean cutOff = piece.verdict().equals("interrupted");
    List<String> reasons = new ArrayList<>();
    outcome.at("/Outcome/Reasons").forEach(reason -> reasons.add(reason.path("Code").asText()));
    assertAll(
        outcome.toPrettyString(),
        () -> assertEquals("success", outcome.at("/Outcome/Verdict").asText()),
        () -> assertEquals(cutOff ? List.of("previous-boot-interrupted") : List.of(), reasons),
        () -> assertEquals(piece.verdict(), outcome.at("/Outcome/FirstVerdict").asText()),
        () -> assertEquals(2, outcome.at("/Boot/Number").asInt()),
        () -> assertFalse(outcome.at("/Boot/RanUserData").asBoolean(true)));
  }

  private static Told of(Future<Told> boot) throws Exception {
    try {
      return boot.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static Told boot(PieceOfUserData piece, String instance) throws Exception {
    try (LocalBus bus = LocalBus.builder().rules(RuleSet.of(ConsumerRules.patterns())).start();
        RealMachine machine = RealMachine.create(instance)) {
      RealBoot boot =
          piece.reboots()
              ? machine.powerOnUnderSystemd(piece.text())
              : machine.powerOn(piece.text());
      List<String> boots = new ArrayList<>(List.of(Files.readString(machine.bootId()).strip()));
      ProcessBuilder first = agent(piece, boot, machine, bus, instance);
      Process agent = (piece.reboots() ? boot.detached(first) : first).start();
      bus.awaitEvents(1, LONG);
      boot.begin();
      if (piece.reboots()) {
        boot.awaitOff(LONG);
        boot = machine.reboot();
        boots.add(Files.readString(machine.bootId()).strip());
        agent = agent(piece, boot, machine, bus, instance).start();
      }
      bus.awaitEvents(events -> outcomes(events).size() >= boots.size(), LONG);
      if (piece.ends()) {
        boot.await(LONG);
        assertTrue(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the agent ends by itself");
        assertEquals(0, agent.exitValue(), Files.readString(machine.file(SAID)));
      }
      keep(piece, machine, bus.received());
      return new Told(bus.received(), hasErrors(machine.result()), boots);
    }
  }

  private static ProcessBuilder agent(
      PieceOfUserData piece, RealBoot boot, RealMachine machine, LocalBus bus, String instance) {
    return boot.agent(bus.endpoint(), instance, piece.options())
        .redirectOutput(Redirect.appendTo(machine.file(SAID).toFile()));
  }

  private static boolean hasErrors(Path result) throws IOException {
    return Files.exists(result) && !JSON.readTree(result.toFile()).at("/v1/errors").isEmpty();
  }

  private static List<JsonNode> outcomes(List<ReceivedEvent> events) {
    return events.stream()
        .map(ReceivedEvent::detail)
        .filter(detail -> detail.path("Kind").asText().equals("outcome"))
        .toList();
  }

  /** For whoever writes a new piece. */
  private static void keep(PieceOfUserData piece, RealMachine machine, List<ReceivedEvent> events)
      throws IOException {
    String folder = System.getProperty("bosky.pieces.keep");
    if (folder == null) {
      return;
    }
    Path to = Files.createDirectories(Path.of(folder, piece.file()));
    Files.copy(machine.file(SAID), to.resolve("agent.log"), REPLACE_EXISTING);
    if (Files.exists(machine.log())) {
      Files.copy(machine.log(), to.resolve("cloud-init-output.log"), REPLACE_EXISTING);
    }
    Files.copy(
        machine.file("/var/log/cloud-init.log"), to.resolve("cloud-init.log"), REPLACE_EXISTING);
    if (Files.exists(machine.result())) {
      Files.copy(machine.result(), to.resolve("result.json"), REPLACE_EXISTING);
    }
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(
            to.resolve("events.json").toFile(),
            events.stream().map(ReceivedEvent::detail).toList());
  }
}
