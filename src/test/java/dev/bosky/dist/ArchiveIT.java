package dev.bosky.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestKeyStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code mvn -Pdist} makes, unpacked and run as on a machine without Java. */
@EnabledIfSystemProperty(
    named = "bosky.archives",
    matches = ".+",
    disabledReason = "the archive is made by mvn -Pdist")
class ArchiveIT {
  private static final long MAX_XZ_BYTES = 24_000_000;
  private static final long MAX_GZ_BYTES = 34_000_000;

  /** Amazon Linux 2 has 2.26, the oldest that is promised is 2.17. */
  private static final int MAX_GLIBC_MINOR = 17;

  /** Of a build that is not this one. */
  private static final String OTHER = "0123456789abcdef";

  @TempDir static Path folder;

  private static UnpackedArchive bosky;

  /** Of the latest bus. */
  private static Path certificate;

  @BeforeAll
  static void unpack() throws Exception {
    bosky = UnpackedArchive.unpack(UnpackedArchive.file(".tar.gz"), folder);
  }

  @Test
  void archives_areSmall_andAsTheirSumsSay() throws Exception {
    for (String kind : List.of(".tar.gz", ".tar.xz", ".deb", ".rpm")) {
      Path file = UnpackedArchive.file(kind);
      long most = kind.equals(".tar.gz") ? MAX_GZ_BYTES : MAX_XZ_BYTES;
      assertTrue(Files.size(file) <= most, file + ": " + Files.size(file) + " bytes");
      CommandResult sums =
          UnpackedArchive.run(
              file.getParent(),
              Map.of(),
              "/usr/bin/sha256sum",
              "-c",
              file.getFileName() + ".sha256");
      assertEquals(0, sums.exitCode(), sums.err());
    }
  }

  @Test
  void binaries_needNoNewerGlibcThan217() throws Exception {
    TreeSet<String> tooNew = new TreeSet<>();
    int binaries = 0;
    for (Path file : bosky.files()) {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (!text.startsWith("\u007fELF")) {
        continue;
      }
      binaries++;
      // The names of the versions a binary needs stand in it as they are.
      Matcher version = Pattern.compile("GLIBC_2\\.(\\d+)").matcher(text);
      while (version.find()) {
        if (Integer.parseInt(version.group(1)) > MAX_GLIBC_MINOR) {
          tooNew.add(file.getFileName() + ": " + version.group());
        }
      }
    }
    assertTrue(binaries > 5, "binaries: " + binaries);
    assertEquals(new TreeSet<>(), tooNew);
  }

  @Test
  void version_namesTheRuntime() throws Exception {
    CommandResult said = bosky.run(Map.of(), "--version");

    assertEquals("", said.err());
    assertEquals(0, said.exitCode());
    assertTrue(said.out().startsWith("bosky "), said.out());
    assertTrue(said.out().contains("25."), said.out());
  }

  @Test
  void oneEvent_goesOverTls() throws Exception {
    try (LocalBus bus = tlsBus()) {
      CommandResult said = bosky.run(environment(bus), "--info", "größe 🚀");

      assertEquals("", said.err());
      assertEquals(0, said.exitCode());
      assertEquals("größe 🚀", bus.received().get(0).detail().path("Message").asText());
    }
  }

  /** Such as one that is validated; the archive's cache is of no use to it. */
  @Test
  void oneEvent_goesWithTheJavaOfTheImage() throws Exception {
    Map<String, String> named =
        Map.of("BOSKY_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    String version = System.getProperty("java.version");
    assertTrue(bosky.run(named, "--version").out().contains("Java " + version), version);
    try (LocalBus bus = tlsBus()) {
      Map<String, String> environment = new HashMap<>(environment(bus));
      environment.putAll(named);

      CommandResult said = bosky.run(environment, "--info", "hello");

      assertEquals("", said.err());
      assertEquals(0, said.exitCode());
      assertEquals(1, bus.received().size());
    }
  }

  @Test
  void agent_tellsTheOutcomeOfABootOverTls() throws Exception {
    Path boot = bosky.recordedBoot(folder.resolve("boot"));
    try (LocalBus bus = tlsBus()) {
      CommandResult said =
          bosky.run(
              environment(bus),
              "agent",
              "--log",
              boot.resolve("cloud-init-output.log").toString(),
              "--result",
              boot.resolve("result.json").toString(),
              "--status-file",
              boot.resolve("status.json").toString());

      assertEquals(0, said.exitCode(), said.err());
      List<String> verdicts =
          bus.received().stream()
              .map(ReceivedEvent::detail)
              .filter(detail -> detail.path("Kind").asText().equals("outcome"))
              .map(detail -> detail.at("/Outcome/Verdict").asText())
              .toList();
      assertEquals(List.of("fail"), verdicts);
    }
  }

  @Test
  void cache_isUsed() throws Exception {
    assertTrue(bosky.usesCache());
  }

  /** Whatever became of it, everything works, and says nothing about it. */
  @Test
  void cache_thatIsMissingDamagedOrOfOthers_isNotUsed() throws Exception {
    Map<String, Damage> damages = new HashMap<>();
    damages.put("missing", tree -> Files.delete(tree.cache()));
    damages.put("empty", tree -> Files.write(tree.cache(), new byte[0]));
    damages.put("truncated", tree -> tree.rewriteCache(Damages::firstHalf));
    damages.put("header", tree -> tree.rewriteCache(bytes -> Damages.flipBit(bytes, 100)));
    damages.put("bit", tree -> tree.rewriteCache(b -> Damages.flipBit(b, b.length / 2)));
    damages.put("late bit", tree -> tree.rewriteCache(b -> Damages.flipBit(b, b.length / 4 * 3)));
    damages.put("other cache", tree -> tree.writeId("lib/aot.id", OTHER));
    damages.put("other jar", tree -> tree.changeProgram(OTHER));
    damages.put("other runtime", tree -> tree.writeId("runtime/release.id", OTHER));
    damages.put("jar replaced by hand", tree -> tree.touch("lib/bosky.jar"));
    damages.put("runtime replaced by hand", tree -> tree.touch("runtime/lib/modules"));
    for (Map.Entry<String, Damage> damage : damages.entrySet()) {
      UnpackedArchive damaged =
          UnpackedArchive.unpack(
              UnpackedArchive.file(".tar.gz"),
              Files.createDirectories(folder.resolve(damage.getKey())));

      damage.getValue().to(damaged);

      CommandResult said = damaged.run(Map.of(), "permissions");
      assertEquals(0, said.exitCode(), damage.getKey() + ": " + said.err());
      assertEquals("", said.err(), damage.getKey());
      assertTrue(said.out().startsWith("{"), damage.getKey() + ": " + said.out());
      assertTrue(!damaged.usesCache(), damage.getKey() + ": used all the same");
      damaged.delete();
    }
  }

  private interface Damage {
    void to(UnpackedArchive tree) throws IOException;
  }

  private static final class Damages {
    static byte[] firstHalf(byte[] bytes) {
      return java.util.Arrays.copyOf(bytes, bytes.length / 2);
    }

    static byte[] flipBit(byte[] bytes, int at) {
      bytes[at] ^= 1;
      return bytes;
    }
  }

  /** By the jars that the program was compiled with: whose classes are in the archive's one jar. */
  @Test
  void materials_areWhatIsInTheArchive_andEachHasItsTerms() throws Exception {
    Set<String> inside = classes(bosky.home().resolve("lib/bosky.jar"));
    TreeSet<String> owners = new TreeSet<>();
    Set<String> owned = new HashSet<>();
    for (String library : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Set<String> theirs = library.endsWith(".jar") ? classes(Path.of(library)) : Set.of();
      if (theirs.stream().anyMatch(name -> inside.contains(name) && !isOurs(name))) {
        owners.add(Path.of(library).getFileName().toString().replaceFirst("\\.jar$", ""));
        owned.addAll(theirs);
      }
    }
    assertEquals(List.of(), inside.stream().filter(n -> !isOurs(n) && !owned.contains(n)).toList());

    TreeSet<String> listed = new TreeSet<>();
    String java = "";
    Path legal = bosky.home().resolve("legal");
    for (JsonNode part :
        new ObjectMapper().readTree(legal.resolve("sbom.json").toFile()).path("components")) {
      if (part.path("name").asText().equals("openjdk")) {
        java = part.path("version").asText();
      } else {
        listed.add(part.path("name").asText() + "-" + part.path("version").asText());
      }
    }
    assertEquals(owners, listed);
    assertTrue(bosky.run(Map.of(), "--version").out().contains("Java " + java + ")"), java);
    TreeSet<String> licensed = new TreeSet<>();
    for (String name : listed) {
      try (Stream<Path> terms = Files.list(legal.resolve(name))) {
        if (terms.anyMatch(file -> file.getFileName().toString().startsWith("LICENSE"))) {
          licensed.add(name);
        }
      }
    }
    assertEquals(listed, licensed);
    assertEquals(listed.size() + 1, Files.readAllLines(legal.resolve("THIRD-PARTY.txt")).size());
    assertTrue(Files.exists(bosky.home().resolve("runtime/legal/java.base/LICENSE")));
    assertTrue(Files.exists(bosky.home().resolve("LICENSE")));
  }

  private static boolean isOurs(String name) {
    return name.startsWith("dev/bosky/");
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toSet());
    }
  }

  private static LocalBus tlsBus() throws Exception {
    Path keys = TestKeyStore.in(Files.createTempDirectory(folder, "keys"));
    certificate = TestKeyStore.certificateOf(keys);
    return LocalBus.builder().tls(keys, TestKeyStore.PASSWORD).start();
  }

  private static Map<String, String> environment(LocalBus bus) {
    return Map.of(
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "secret",
        "AWS_EC2_METADATA_DISABLED", "true",
        "AWS_CA_BUNDLE", certificate.toString(),
        "BOSKY_INSTANCE_ID", "i-0123456789abcdef0",
        "BOSKY_REGION", "eu-west-1",
        "BOSKY_STATE", folder.resolve("state").toString(),
        "BOSKY_ENDPOINT_URL", bus.endpoint().toString());
  }
}
