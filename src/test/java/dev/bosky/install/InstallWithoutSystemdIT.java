package dev.bosky.install;

import static dev.bosky.testing.ServiceMachine.LONG;
import static dev.bosky.testing.ServiceMachine.UNPACKED;
import static dev.bosky.testing.ServiceMachine.run;
import static dev.bosky.testing.ServiceMachine.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.RealBoot;
import dev.bosky.testing.ServiceMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where no systemd is there to run the agent, and little may be written. */
class InstallWithoutSystemdIT {
  private static final String EVENTS = "/var/lib/bosky/events.jsonl";

  /** Holds two files and a pipe open, installs, and writes down what the agent has open. */
  private static final String INSTALL =
      """
      #!/bin/sh
      exec 7</etc/group 9</etc/passwd
      %s/bin/bosky install --now --project shop
      until grep -qs started %s; do sleep 0.1; done
      read -r pid </var/lib/bosky/agent.lock
      readlink /proc/$pid/fd/* >/var/log/agent-has-open
      mine=$(readlink /proc/$$/fd/1 /proc/$$/fd/2)
      echo "$mine" >/var/log/script-has-open
      for process in $pid $$; do
        sed 's/.*) //' /proc/$process/stat | cut -d' ' -f4 >>/var/log/sessions
      done
      """
          .formatted(UNPACKED, EVENTS);

  private ServiceMachine service;

  @BeforeEach
  void makeMachine() throws IOException {
    service = ServiceMachine.create("instance_id: i-0a");
  }

  @AfterEach
  void throwAway() throws IOException {
    service.close();
  }

  @Test
  void agent_isDetached_holdsNothingOfItsCaller_andTellsTheBoot() throws Exception {
    RealBoot boot = service.machine().boot(INSTALL);
    assertEquals(List.of(0, 0, 0, 0), List.copyOf(boot.await(LONG).values()), log());
    awaitEnd(boot);

    assertEquals(1, service.outcomes().size(), log());
    assertEquals("success", verdict(service.outcomes().get(0)), log());
    List<String> open = run(boot, "cat", "/var/log/agent-has-open").lines().toList();
    assertTrue(open.contains("/var/log/cloud-init-output.log"), open.toString());
    List<String> callers = run(boot, "cat", "/var/log/script-has-open").lines().toList();
    assertTrue(callers.get(0).startsWith("pipe:"), callers.toString());
    TreeSet<String> both = new TreeSet<>(open);
    both.retainAll(callers);
    both.addAll(open.stream().filter(f -> f.contains("group") || f.contains("passwd")).toList());
    assertEquals(new TreeSet<>(), both);
    List<String> sessions = run(boot, "cat", "/var/log/sessions").lines().toList();
    assertNotEquals(sessions.get(0), sessions.get(1));
  }

  @Test
  void install_besideAnAgentThatRuns_leavesIt_andUninstallEndsIt() throws Exception {
    RealBoot boot = service.machine().boot("#!/bin/sh\nexec sleep 1000\n");
    run(boot, UNPACKED + "/bin/bosky", "install", "--now");
    awaitStarted(boot);
    String agent = run(boot, "cat", "/var/lib/bosky/agent.lock");
    assertEquals("", run(boot, UNPACKED + "/bin/bosky", "install", "--now"));
    assertEquals(agent, run(boot, "cat", "/var/lib/bosky/agent.lock"));

    run(boot, "bosky", "uninstall", "--purge", "--quiet");

    assertEquals("", traces(boot));
    run(boot, "sh", "-c", "! [ -e /proc/" + agent.strip() + "/exe ]");
  }

  @Test
  void install_forAnImage_endsAnAgentThatWouldLeaveItsState() throws Exception {
    RealBoot boot = service.machine().boot("#!/bin/sh\nexec sleep 1000\n");
    run(boot, UNPACKED + "/bin/bosky", "install", "--now", "--quiet");
    awaitStarted(boot);
    String agent = run(boot, "cat", "/var/lib/bosky/agent.lock").strip();
    run(boot, UNPACKED + "/bin/bosky", "install", "--image", "--quiet");
    run(boot, "sh", "-c", "! [ -e /proc/" + agent + "/exe ]");
    assertEquals("", run(boot, "find", "/var/lib/bosky", "-mindepth", "1"));
  }

  @Test
  void install_whereUsrIsReadOnly_saysHowToCallIt() throws Exception {
    RealBoot boot = service.machine().boot("#cloud-config\n{}\n");
    boot.await(LONG);
    run(boot, "mount", "--bind", "/usr", "/usr");
    run(boot, "mount", "-o", "remount,bind,ro", "/usr");
    String said = run(boot, UNPACKED + "/bin/bosky", "install", "--quiet");
    assertTrue(said.contains("Read-only file system"), said);
    assertTrue(said.strip().endsWith("call /opt/bosky/current/bin/bosky"), said);
    assertTrue(run(boot, "/opt/bosky/current/bin/bosky", "--version").startsWith("bosky "));
  }

  @Test
  void install_whereThereIsNoRoom_saysSoAndLeavesTheRoomThatThereWas() throws Exception {
    RealBoot boot = service.machine().boot("#cloud-config\n{}\n");
    boot.await(LONG);
    run(boot, "mount", "-t", "tmpfs", "-o", "size=2m", "full", "/opt");
    String said = run(boot, "sh", "-c", UNPACKED + "/bin/bosky install 2>&1 || echo ended with $?");
    assertTrue(said.startsWith("bosky: folder /opt/bosky/versions/"), said);
    assertTrue(said.endsWith("No space left on device\nended with 1\n"), said);
    assertEquals("", run(boot, "find", "/opt", "-type", "f"));
    run(boot, "umount", "/opt");
    run(boot, UNPACKED + "/bin/bosky", "install");
    assertTrue(run(boot, "bosky", "--version").startsWith("bosky "));
  }

  private static void awaitStarted(RealBoot boot) throws Exception {
    run(boot, "sh", "-c", "until [ -s /var/lib/bosky/agent.lock ]; do sleep 0.1; done");
  }

  /** Nobody on this machine cares for its dead: they keep their numbers, and nothing else. */
  private static void awaitEnd(RealBoot boot) throws Exception {
    run(
        boot,
        "sh",
        "-c",
        "read -r pid </var/lib/bosky/agent.lock; while [ -e /proc/$pid/exe ]; do sleep 0.1; done");
  }

  private static String traces(RealBoot boot) throws Exception {
    return run(
        boot,
        "sh",
        "-c",
        "find /opt /usr/local /var/lib /var/log /etc /run -name '*bosky*'; grep bosky /etc/passwd /etc/group;"
            + " true");
  }

  private String log() {
    try {
      return Files.readString(service.machine().log());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
