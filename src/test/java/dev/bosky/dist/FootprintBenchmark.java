package dev.bosky.dist;

import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.testing.RealBoot;
import dev.bosky.testing.RealMachine;
import dev.bosky.testing.TestKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures what the agent of the archive takes of a machine while the real cloud-init boots, over
 * TLS: {@code FootprintBenchmark UNPACKED USER-DATA [BOOTS]}, as root.
 *
 * <p>Prints for each boot, and then as medians: the resident memory when the first event has come,
 * the most there ever was (both as the kernel counts them, with the pages of files that are
 * mapped), and the processor time of the whole agent.
 */
final class FootprintBenchmark {
  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final Duration LONG = Duration.ofMinutes(3);

  /** What {@code times} says of the shell's children: user and system time. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private FootprintBenchmark() {}

  private record Footprint(double firstEventMiB, double mostMiB, double cpuSeconds) {}

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]).toAbsolutePath();
    String userData = Files.readString(Path.of(args[1]));
    int boots = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    List<Footprint> all = new ArrayList<>();
    for (int i = 0; i < boots; i++) {
      Footprint footprint = boot(home, userData);
      print("boot " + (i + 1), footprint);
      all.add(footprint);
    }
    print(
        "median",
        new Footprint(
            median(all.stream().mapToDouble(Footprint::firstEventMiB).toArray()),
            median(all.stream().mapToDouble(Footprint::mostMiB).toArray()),
            median(all.stream().mapToDouble(Footprint::cpuSeconds).toArray())));
  }

  private static Footprint boot(Path home, String userData) throws Exception {
    Path folder = Files.createTempDirectory("footprint");
    Path keys = TestKeyStore.in(folder);
    try (LocalBus bus = LocalBus.builder().tls(keys, TestKeyStore.PASSWORD).start();
        RealMachine machine = RealMachine.create(INSTANCE, "/opt/bosky", home)) {
      RealBoot boot = machine.powerOn(userData);
      Files.copy(TestKeyStore.certificateOf(keys), machine.file("/bus.pem"));
      ProcessBuilder builder = boot.agent(bus.endpoint(), INSTANCE);
      builder.environment().put("AWS_CA_BUNDLE", "/bus.pem");
      int command = builder.command().indexOf("/opt/bosky/bin/bosky");
      builder.command().addAll(command, List.of("sh", "-c", "\"$@\"; times", "sh"));
      Path said = folder.resolve("agent.log");
      Process agent = builder.redirectOutput(said.toFile()).start();
      bus.awaitEvents(events -> !events.isEmpty(), LONG);
      ProcessHandle java =
          agent
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("/bin/java"))
              .findFirst()
              .orElseThrow();
      double first = mebibytes(java.pid(), "VmRSS");
      boot.begin();
      bus.awaitEvents(events -> events.stream().anyMatch(FootprintBenchmark::isOutcome), LONG);
      double most = mebibytes(java.pid(), "VmHWM");
      agent.waitFor();
      return new Footprint(first, most, processorTime(text(said)));
    }
  }

  private static boolean isOutcome(ReceivedEvent event) {
    return event.detail().path("Kind").asText().equals("outcome");
  }

  private static double mebibytes(long pid, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
              .filter(line -> line.startsWith(field + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  private static double processorTime(String said) throws IOException {
    Matcher times = TIMES.matcher(said);
    if (!times.find()) {
      throw new IOException("no times in: " + said);
    }
    return 60 * Integer.parseInt(times.group(1))
        + Double.parseDouble(times.group(2))
        + 60 * Integer.parseInt(times.group(3))
        + Double.parseDouble(times.group(4));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(String what, Footprint footprint) {
    System.out.printf(
        "%s: %.1f MiB after the first event, at most %.1f MiB; %.2f s of processor time%n",
        what, footprint.firstEventMiB(), footprint.mostMiB(), footprint.cpuSeconds());
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
