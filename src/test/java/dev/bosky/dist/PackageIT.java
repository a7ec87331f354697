package dev.bosky.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.bus.LocalBus;
import dev.bosky.bus.ReceivedEvent;
import dev.bosky.dist.BareRoot.Kind;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.RealMachine;
import dev.bosky.testing.TestKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The packages, installed, changed for another version and removed in a bare root. */
@EnabledIfSystemProperty(
    named = "bosky.archives",
    matches = ".+",
    disabledReason = "the packages are made by mvn -Pdist")
class PackageIT {
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * All that is there but for the package managers' own lists, and the copies that useradd makes of
   * its files; /opt is every package's, and goes with the last one.
   */
  private static final String EVERYTHING =
      "find / -xdev \\( -path /proc -o -path /dev -o -path /srv -o -path /var/lib/dpkg"
          + " -o -path /var/lib/rpm -o -path /var/log -o -path '/etc/*-' \\) -prune"
          + " -o ! -path /opt -printf '%p %m %u %g %y\\n' | sort; cat /etc/passwd /etc/group";

  private static final String RPM = "rpm --root \"$ROOT\" --dbpath /var/lib/rpm --nodeps ";

  @TempDir Path folder;

  private BareRoot root;

  @BeforeEach
  void makeRoot() throws Exception {
    root = BareRoot.create();
  }

  @AfterEach
  void throwAway() throws Exception {
    root.close();
  }

  @Test
  void deb_installsAndPurgeLeavesNothing() throws Exception {
    root.with(UnpackedArchive.file(".deb"), "/srv/bosky.deb");
    String before = said(EVERYTHING);

    said("dpkg -i /srv/bosky.deb");

    assertInstalled();
    // A file is there once, under two names: the package's and the version's.
    assertEquals("2\n", said("stat -c %h /opt/bosky/current/lib/bosky.jar"));
    said("dpkg -r bosky");
    assertEquals(
        "/etc/bosky\n/var/lib/bosky\n",
        said(
            "find / -xdev -path /proc -prune -o -path /var/lib/dpkg -prune -o -name '*bosky*'"
                + " ! -path '/srv/*' -print | sort"));
    said("dpkg --purge bosky");
    assertEquals(before, said(EVERYTHING));
  }

  @Test
  void deb_installedAgain_changesNothing() throws Exception {
    root.with(UnpackedArchive.file(".deb"), "/srv/bosky.deb");
    said("dpkg -i /srv/bosky.deb");
    String before = said(EVERYTHING);

    said("dpkg -i /srv/bosky.deb");

    assertEquals(before, said(EVERYTHING));
  }

  /** The agent of the old version has its files until it ends, also those that it reads late. */
  @Test
  void deb_upgradedBesideARunningAgent_letsItTellItsBoot() throws Exception {
    root.with(UnpackedArchive.file(".deb"), "/srv/bosky.deb");
    root.with(nextVersion(), "/srv/next.deb");
    root.with(
        Path.of("src/main/resources/dev/bosky/demo/failing-boot").toAbsolutePath(), "/srv/boot");
    Path boot = root.file("/srv/boot");
    for (String name : List.of("cloud-init-output.log", "result.json", "status.json")) {
      // As if just written: what is older than the machine's start is of another boot.
      Files.write(boot.resolve(name), Files.readAllBytes(boot.resolve(name)));
    }
    Path keys = TestKeyStore.in(folder);
    root.with(TestKeyStore.certificateOf(keys), "/etc/ssl/certs/ca-certificates.crt");
    said("dpkg -i /srv/bosky.deb");
    String old = said("readlink /opt/bosky/current").strip();
    try (LocalBus bus = LocalBus.builder().tls(keys, TestKeyStore.PASSWORD).start()) {
      CommandResult run =
          root.run(
              Kind.OPEN,
              environment(bus),
              "/bin/sh",
              "-ec",
              """
              mv /srv/boot/result.json /srv/result.json
              bosky agent --log /srv/boot/cloud-init-output.log --result /srv/boot/result.json \\
                --status-file /srv/boot/status.json --state /srv/state >/srv/agent.log 2>&1 &
              for i in $(seq 300); do [ ! -e /srv/state/checkpoint ] || break; sleep 0.1; done
              dpkg -i /srv/next.deb >/srv/dpkg.log
              readlink /proc/$!/exe
              mv /srv/result.json /srv/boot/result.json
              wait $!
              """);

      assertEquals(0, run.exitCode(), run.err() + talk());
      assertEquals("/opt/bosky/" + old + "/runtime/bin/java\n", run.out());
      assertEquals(
          List.of("fail"),
          bus.received().stream()
              .map(ReceivedEvent::detail)
              .filter(detail -> detail.path("Kind").asText().equals("outcome"))
              .map(detail -> detail.at("/Outcome/Verdict").asText())
              .toList(),
          this::talk);
    }
    assertFalse(old.equals(said("readlink /opt/bosky/current").strip()));
    assertTrue(UnpackedArchive.isChanged(said("bosky --version")));
    assertEquals("1.0.1", said("dpkg-query -W -f '${Version}' bosky"));
  }

  @Test
  void rpm_saysWhatItIs_andNeedsLittle() throws Exception {
    String rpm = UnpackedArchive.file(".rpm").toString();
    String[] fields =
        beside("rpm -qp --qf '%{NAME}|%{OS}|%{LICENSE}|%{BUILDHOST}' " + rpm).split("\\|");
    assertEquals(
        List.of(
            "bosky",
            "linux",
            "MIT AND Apache-2.0 AND BSD-3-Clause AND"
                + " (GPL-2.0-only WITH Classpath-exception-2.0)",
            "localhost"),
        List.of(fields));
    assertEquals(
        """
        /bin/sh
        /usr/sbin/useradd
        rpmlib(CompressedFileNames)
        rpmlib(PayloadFilesHavePrefix)
        rpmlib(PayloadIsXz)
        """,
        beside("rpm -qp --qf '[%{REQUIRENAME}\\n]' " + rpm + " | sort -u"));
    assertEquals(
        "-rw-r--r-- root root\n-rwxr-xr-x root root\ndrwxr-xr-x root root\n",
        beside(
            "rpm -qp --qf '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME}\\n]' "
                + rpm
                + " | sort -u"));
  }

  /** Of the build's one time, so that the same sources give the same bytes. */
  @Test
  void times_areAllTheSame() throws Exception {
    root.with(UnpackedArchive.file(".deb"), "/srv/bosky.deb");
    String listed = "dpkg-deb --%s /srv/bosky.deb | tar -tv --full-time -f -;";
    String times = "awk '{ print $4, $5 }' | sort -u | wc -l";
    String deb =
        "{ " + listed.formatted("ctrl-tarfile") + listed.formatted("fsys-tarfile") + " } | ";
    assertEquals("1\n", said(deb + times));

    assertEquals(
        "1\n",
        beside(
            "rpm -qp --qf '[%{FILEMTIMES}\n]%{BUILDTIME}\n' "
                + UnpackedArchive.file(".rpm")
                + " | sort -u | wc -l"));
  }

  @Test
  void rpm_installsUpgradesAndRemoves() throws Exception {
    String rpm = UnpackedArchive.file(".rpm").toString();
    String before = said(EVERYTHING);

    beside(RPM + "-i " + rpm);
    assertInstalled();
    String installed = said(EVERYTHING);
    beside(RPM + "-U --force " + rpm);
    assertEquals(installed, said(EVERYTHING));
    assertInstalled();
    beside(RPM + "-e bosky");

    said("rm -r /etc/bosky /var/lib/bosky; userdel bosky");
    assertEquals(before, said(EVERYTHING));
  }

  @Test
  void rpm_unpackedWhereNothingElseIs_runs() throws Exception {
    beside(
        "rpm --root %s --dbpath /rpm --nodeps --noscripts -i %s"
            .formatted(folder, UnpackedArchive.file(".rpm")));

    assertTrue(beside(folder + "/opt/bosky/package/bin/bosky --version").startsWith("bosky "));
  }

  private void assertInstalled() throws Exception {
    assertTrue(said("bosky --version").startsWith("bosky "));
    assertEquals("", said("find /opt /etc/systemd ! -user root -o ! -group root"));
    assertEquals("", said("find /opt ! -type l -perm /022"));
    assertEquals("bosky 700\n", said("stat -c '%U %a' /var/lib/bosky"));
    assertEquals(
        "Description=Bosky, which tells how this boot's user data went\n",
        said("grep Description /etc/systemd/system/sysinit.target.wants/bosky.service"));
  }

  /** The package with another version and another program in it. */
  private Path nextVersion() throws Exception {
    try (BareRoot workshop = BareRoot.create()) {
      workshop.with(UnpackedArchive.file(".deb"), "/srv/bosky.deb");
      said(workshop, "dpkg-deb -R /srv/bosky.deb /srv/next");
      UnpackedArchive tree = new UnpackedArchive(workshop.file("/srv/next/opt/bosky/package"));
      tree.changeProgram("0123456789abcdef");
      said(
          workshop,
          "cd /srv; sed -i 's/^Version: .*/Version: 1.0.1/' next/DEBIAN/control;"
              + " dpkg-deb -Zgzip -z1 -b next next.deb");
      return Files.copy(workshop.file("/srv/next.deb"), folder.resolve("next.deb"));
    }
  }

  private Map<String, String> environment(LocalBus bus) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:" + PATH);
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("BOSKY_INSTANCE_ID", "i-0123456789abcdef0");
    environment.put("BOSKY_REGION", "eu-west-1");
    environment.put("BOSKY_ENDPOINT_URL", bus.endpoint().toString());
    return environment;
  }

  private String talk() {
    try {
      return Files.readString(root.file("/srv/agent.log"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private String said(String script) throws Exception {
    return said(root, script);
  }

  private static String said(BareRoot root, String script) throws Exception {
    return said(root, Kind.OPEN, script);
  }

  /** On this machine, whose programs see the bare root at {@code $ROOT}. */
  private String beside(String script) throws Exception {
    RealMachine.assumeInstalled("/usr/bin/rpm");
    return said(root, Kind.BESIDE, script);
  }

  private static String said(BareRoot root, Kind kind, String script) throws Exception {
    Map<String, String> environment = Map.of("PATH", "/usr/local/bin:" + PATH, "LC_ALL", "C");
    CommandResult said = root.run(kind, environment, "/bin/sh", "-c", script);
    assertEquals(0, said.exitCode(), script + ": " + said.err());
    return said.out();
  }
}
