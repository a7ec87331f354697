package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of cloud-init's versions, behind all that consoles and journals put before them. */
class VersionsTest {
  private static final String WHY = "E: Unable to locate package shop";

  /**
   * What a version prints about a script that failed.
   *
   * @param version as its banners have it
   * @param stages of which it has banners
   * @param head before its own messages
   * @param module as it is called in its messages
   * @param error in result.json
   */
  private record Version(
      String version, List<String> stages, String head, String module, String error) {
    String banners(boolean last) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < stages.size(); i++) {
        if (last == stages.get(i).equals("modules:final")) {
          lines.add(banner("running '" + stages.get(i) + "' at %s. Up %d.17 seconds.", 8 + i));
        }
      }
      return String.join("\n", lines) + "\n";
    }

    String finished() {
      return banner("finished at %s. Datasource DataSourceEc2Local.  Up %d.31 seconds", 30) + "\n";
    }

    private String banner(String rest, int uptime) {
      String date = "Sun, 22 Nov 2026 12:00:%02d +0000".formatted(uptime);
      return "Cloud-init v. " + version + " " + rest.formatted(date, uptime);
    }

    /** Cloud-init's own lines about the script. */
    String failure() {
      String scripts = "/var/lib/cloud/instance/scripts";
      String one = head + "Failed running " + scripts + "/part-001 [100]\n";
      return (hasExitCode() ? one : "")
          + head
          + "Failed to run module %s (scripts in %s)\n".formatted(module, scripts)
          + head
          + "Running module %s (<module 'cloudinit.config.cc_scripts_user' from '/x.py'>) failed\n"
              .formatted(module);
    }

    boolean hasExitCode() {
      return version.matches("(?:18|19|20\\.[12])\\..*|20\\.[12]-.*");
    }

    @Override
    public String toString() {
      return version;
    }
  }

  private static final List<String> ALL =
      List.of("init-local", "init", "modules:config", "modules:final");
  private static final List<String> FROM_INIT = ALL.subList(1, 4);
  private static final String DATED = "2026-11-22 12:00:20,614 - ";
  private static final String PLAIN =
      "('scripts-user', RuntimeError('Runparts: 1 failures in 1 attempted commands'))";
  private static final String NAMED =
      "('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))";

  private static final List<Version> VERSIONS =
      List.of(
          version("18.5-21-g8ee294d5-0ubuntu1", ALL, DATED + "util.py[WARNING]: ", PLAIN),
          version("19.1-1-gbaa47854-0ubuntu1~18.04.1", ALL, DATED + "util.py[WARNING]: ", PLAIN),
          version(
              "19.3-46.amzn2.0.1",
              ALL,
              "Nov 22 12:00:20 cloud-init[3070]: util.py[WARNING]: ",
              PLAIN.replace("))", ",))")),
          version("20.2-45-g5f7825e2-0ubuntu1", ALL, DATED + "util.py[WARNING]: ", PLAIN),
          version("20.4.1", ALL, DATED + "cc_scripts_user.py[WARNING]: ", NAMED),
          version("22.2.2", FROM_INIT, DATED + "util.py[WARNING]: ", NAMED),
          version("22.4.2", ALL, DATED + "util.py[WARNING]: ", NAMED),
          version("23.1-8.el9", ALL, DATED + "util.py[WARNING]: ", NAMED),
          underscored("23.4.4-0ubuntu0~22.04.1", "util.py"),
          underscored("24.1.3-0ubuntu1~20.04.1", "util.py"),
          underscored("24.4-0ubuntu1", "modules.py"),
          version("25.1.4", ALL, DATED + "log_util.py[WARNING]: ", NAMED),
          underscored("25.2-0ubuntu1~24.04.1", "log_util.py"),
          underscored("26.2", "log_util.py"));

  private static final List<String> PREFIXES =
      List.of(
          "",
          "[   12.345678] cloud-init[99]: ",
          "Jun 07 10:00:00 ip-10-0-0-17 cloud-init[99]: ",
          "Jun  7 10:00:00 cloud-init[99]: ",
          "2026-06-07T10:00:00.123456+00:00 host cloud-init[99]: ");

  private static Version version(String name, List<String> stages, String head, String error) {
    return new Version(name, stages, head, "scripts-user", error);
  }

  private static Version underscored(String name, String file) {
    String error = NAMED.replace("scripts-user", "scripts_user");
    return new Version(name, ALL, DATED + file + "[WARNING]: ", "scripts_user", error);
  }

  static Stream<Arguments> everyVersionBehindEveryPrefix() {
    return VERSIONS.stream()
        .flatMap(version -> PREFIXES.stream().map(prefix -> Arguments.of(version, prefix)));
  }

  private static String prefixed(String prefix, String lines) {
    return lines.lines().map(line -> prefix + line + "\n").reduce("", String::concat);
  }

  @ParameterizedTest
  @MethodSource("everyVersionBehindEveryPrefix")
  void replay_readsAFailingBoot(Version version, String prefix) {
    String log =
        version.banners(false)
            + version.banners(true)
            + "Reading package lists...\n"
            + WHY
            + "\n"
            + version.failure()
            + version.finished();

    Outcome outcome = Boots.replay(prefixed(prefix, log)).outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals(WHY, outcome.failure().orElseThrow().evidence().text());
    assertEquals(Optional.of(version.version()), outcome.boot().cloudInit());
    assertEquals(Optional.of(Stage.MODULES_FINAL), outcome.boot().stage());
    assertTrue(
        outcome.reasons().stream().anyMatch(reason -> reason.module().equals(version.module())),
        () -> outcome.reasons().toString());
    assertEquals(
        version.hasExitCode(),
        outcome.reasons().stream().anyMatch(reason -> reason.exitCode().orElse(0) == 100));
  }

  @ParameterizedTest
  @MethodSource("everyVersionBehindEveryPrefix")
  void replay_readsASucceedingBoot(Version version, String prefix) {
    String log = version.banners(false) + version.banners(true) + "words\n" + version.finished();

    Outcome outcome = Boots.replay(prefixed(prefix, log)).outcome();

    assertEquals(Verdict.SUCCESS, outcome.verdict());
    assertEquals(Optional.of(version.version()), outcome.boot().cloudInit());
    assertEquals(Optional.of(Stage.MODULES_FINAL), outcome.boot().stage());
  }

  @ParameterizedTest
  @MethodSource("everyVersionBehindEveryPrefix")
  void document_readsTheErrorOfEveryVersion(Version version, String prefix) {
    Outcome outcome =
        Boots.replaying(prefixed(prefix, version.banners(false) + version.banners(true)))
            .result(List.of(version.error()))
            .end()
            .outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals(version.module(), outcome.reasons().get(0).module());
    assertEquals(
        version.error().contains("part-001") ? "part-001" : "", outcome.reasons().get(0).script());
  }

  @ParameterizedTest
  @MethodSource("everyVersionBehindEveryPrefix")
  void replay_findsTheEndThatIsGluedToTheLastWords(Version version, String prefix) {
    String log =
        prefixed(prefix, version.banners(false) + version.banners(true))
            + prefix
            + "no newline at the end"
            + version.finished();

    assertEquals(Verdict.SUCCESS, Boots.replay(log).outcome().verdict());
  }

  @ParameterizedTest
  @MethodSource("everyVersionBehindEveryPrefix")
  void replay_takesABannerThatComesAfterItsStagesWords(Version version, String prefix) {
    String log =
        version.banners(false)
            + WHY
            + "\n"
            + version.failure()
            + version.banners(true)
            + version.finished();

    Outcome outcome = Boots.replay(prefixed(prefix, log)).outcome();

    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals(WHY, outcome.failure().orElseThrow().evidence().text());
  }

  /** As on a serial console of 80 columns: what is behind the date need not be there. */
  @Test
  void replay_takesWrappedLines() {
    for (Version version : VERSIONS) {
      String log = version.banners(false) + version.banners(true) + "words\n" + version.finished();
      String wrapped = log.replaceAll("(?m)^(.{80})(?=.)", "$1\n");

      Outcome outcome = Boots.replay(wrapped).outcome();

      assertEquals(Verdict.SUCCESS, outcome.verdict(), wrapped);
      assertEquals(Optional.of(Stage.MODULES_FINAL), outcome.boot().stage(), wrapped);
    }
  }

  /** Its own lines are longer than that; what the module is called may be cut, too. */
  @Test
  void replay_takesWrappedLinesOfAFailure() {
    for (Version version : VERSIONS) {
      String log =
          version.banners(false)
              + version.banners(true)
              + WHY
              + "\n"
              + version.failure()
              + version.finished();
      String wrapped = log.replaceAll("(?m)^(.{80})(?=.)", "$1\n");

      Outcome outcome = Boots.replay(wrapped).outcome();

      assertEquals(Verdict.FAIL, outcome.verdict(), wrapped);
      assertEquals(WHY, outcome.failure().orElseThrow().evidence().text(), wrapped);
    }
  }

  /** The whole output went elsewhere, or is buffered: status.json knows the stages all the same. */
  @Test
  void status_tellsTheStagesThatHaveNoBanner() {
    Boots boots = Boots.replaying("words\n");
    boots.status(
        """
        {"v1": {"stage": "modules-final",
          "init-local": {"start": 1763812810.1, "finished": 1763812811.1, "errors": []},
          "init": {"start": 1763812812.1, "finished": 1763812813.1, "errors": []},
          "modules-config": {"start": 1763812814.1, "finished": 1763812815.1, "errors": []},
          "modules-final": {"start": 1763812816.1, "finished": null, "errors": []}}}
        """);

    assertEquals(Optional.of(Stage.MODULES_FINAL), boots.tracker().stage());
    assertEquals(Verdict.SUCCESS, boots.result(List.of()).end().outcome().verdict());
  }
}
