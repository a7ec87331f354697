package dev.bosky.dist;

import dev.bosky.bus.LocalBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ahead-of-time cache: classes read, linked and profiled by a rehearsal with the very runtime and
 * jar that it will be used with. One event over TLS to a local bus, one boot followed by the agent, one
 * log replayed.
 *
 * @param jdk whose {@code keytool} makes the certificate
 * @param tree the unpacked archive
 * @param work a folder for the rehearsal
 */
record Cache(Jdk jdk, Path tree, Path work) {
  /** Where the launcher looks for it. */
  static final String FILE = "lib/bosky.aot";

  private static final String PASSWORD = "changeit";
  private static final String INSTANCE = "i-0123456789abcdef0";

  /** Makes it from a recorded boot: a folder with log, result.json and status.json. */
  void train(Path recordedBoot) throws IOException, InterruptedException, GeneralSecurityException {
    // What an earlier rehearsal left would tell the agent that this boot is told already.
    Archive.delete(work);
    Files.createDirectories(work);
    Path boot = work.resolve("boot");
    copyAsNew(recordedBoot, boot);
    Path keys = work.resolve("bus.p12");
    keytool("-genkeypair", "-keystore", keys.toString(), "-keyalg", "EC", "-dname", "CN=127.0.0.1",
        "-ext", "san=ip:127.0.0.1");
    Path bundle = work.resolve("bus.pem");
    keytool("-exportcert", "-rfc", "-keystore", keys.toString(), "-file", bundle.toString());
    try (LocalBus bus = LocalBus.builder().tls(keys, PASSWORD).start()) {
      Run.command(tree, environment(bus, bundle), rehearsal(boot));
      if (bus.received().size() < 3) {
        throw new BuildException("the rehearsal sent only " + bus.received().size() + " events");
      }
    }
  }

  private List<String> rehearsal(Path boot) {
    String log = boot.resolve("cloud-init-output.log").toString();
    return List.of(
        "runtime/bin/java",
        // As the launcher starts it: what differs here, the cache would not be used with.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xmx256m",
        // The launcher lets nothing be compiled for having been compiled here: it would be far too much.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-AOTRecordTraining",
        "-Xlog:aot=off",
        "-XX:AOTCacheOutput=" + FILE,
        "-cp",
        "lib/bosky.jar",
        "dev.bosky.Rehearsal",
        "--info",
        "hello",
        "--next",
        "agent",
        "--log",
        log,
        "--result",
        boot.resolve("result.json").toString(),
        "--status-file",
        boot.resolve("status.json").toString(),
        "--next",
        "replay",
        log,
        "--next",
        "--version");
  }

  private Map<String, String> environment(LocalBus bus, Path bundle) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CA_BUNDLE", bundle.toString());
    environment.put("BOSKY_INSTANCE_ID", INSTANCE);
    environment.put("BOSKY_REGION", "eu-west-1");
    environment.put("BOSKY_ENDPOINT_URL", bus.endpoint().toString());
    environment.put("BOSKY_STATE", work.resolve("state").toString());
    environment.put("LC_ALL", "C.UTF-8");
    return environment;
  }

  private void keytool(String... words) throws IOException, InterruptedException {
    List<String> common = List.of("-alias", "bus", "-storepass", PASSWORD);
    List<String> tool = List.of(jdk.tool("keytool").toString());
    Run.command(
        work,
        Map.of(),
        Stream.of(tool, List.of(words), common).flatMap(List::stream).toList());
  }

  /** The agent looks at files of this boot only: theirs must be newer than the machine's start. */
  private static void copyAsNew(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : Archive.files(from)) {
      if (Files.isRegularFile(file)) {
        Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
  }
}
