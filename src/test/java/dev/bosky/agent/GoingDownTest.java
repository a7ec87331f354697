package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Interruption;
import dev.bosky.identity.MetadataService;
import dev.bosky.testing.MetadataServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoingDownTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;

  @Test
  void way_isReadFromSystemdsJobs() {
    assertEquals(
        Optional.of(Interruption.REBOOT),
        SystemdJobs.way("212 reboot.target start waiting\n210 shutdown.target start waiting\n"));
    assertEquals(
        Optional.of(Interruption.POWEROFF),
        SystemdJobs.way("9 poweroff.target start waiting\n210 shutdown.target start waiting\n"));
    assertEquals(Optional.empty(), SystemdJobs.way("93 cloud-final.service start running\n"));
    assertEquals(Optional.empty(), SystemdJobs.way(""));
  }

  @Test
  void isFailed_looksAtEachUnit() {
    assertTrue(SystemdJobs.isFailed("ActiveState=inactive\n\nActiveState=failed\n"));
    assertTrue(SystemdJobs.isFailed("Job=0\nActiveState=failed\n\nActiveState=inactive\n"));
    assertFalse(SystemdJobs.isFailed("ActiveState=activating\nJob=212\n"));
    assertFalse(SystemdJobs.isFailed("ActiveState=failed\nJob=212\n\nActiveState=active\n"));
    assertFalse(SystemdJobs.isFailed(""));
  }

  @Test
  void shutdown_believesTheNoteOfTheStopCommand() throws IOException {
    Path note = Files.writeString(folder.resolve("going-down"), "poweroff\n");

    assertEquals(Optional.of(Interruption.POWEROFF), new SystemdJobs(note).shutdown());
  }

  @Test
  void announced_tellsOfASpotInstanceTakenBack() throws Exception {
    try (MetadataServer server = new MetadataServer().spotNotice("2026-01-02T03:04:05Z");
        MetadataService service = service(server)) {
      assertEquals(Optional.of(Interruption.SPOT), new EndNotices(service).find());
    }
  }

  @Test
  void announced_tellsOfAnAutoScalingGroupThatEndsTheInstance() throws Exception {
    try (MetadataServer server = new MetadataServer().targetLifecycleState("Terminated");
        MetadataService service = service(server)) {
      assertEquals(Optional.of(Interruption.ASG), new EndNotices(service).find());
    }
  }

  @Test
  void announced_isNothingForAnInstanceInService() throws Exception {
    try (MetadataServer server = new MetadataServer().targetLifecycleState("InService");
        MetadataService service = service(server)) {
      assertEquals(Optional.empty(), new EndNotices(service).find());
    }
  }

  @Test
  void announced_isLookedAtWhileTheBootRuns() throws Exception {
    CountDownLatch looks = new CountDownLatch(3);
    GoingDown.Notices notices =
        () -> {
          looks.countDown();
          return looks.getCount() == 0 ? Optional.of(Interruption.SPOT) : Optional.empty();
        };

    try (GoingDown end = new GoingDown(notices, goingDown("reboot"), SHORT)) {
      assertTrue(looks.await(1, TimeUnit.MINUTES));

      assertEquals(Optional.of(Interruption.SPOT), end.cause());
      assertEquals(Optional.of(Interruption.SPOT), end.announced());
    }
  }

  @Test
  void cause_asksOnceMore_whenTheMachineGoesDown() throws Exception {
    try (MetadataServer server = new MetadataServer();
        MetadataService service = service(server);
        GoingDown end = new GoingDown(new EndNotices(service), goingDown("poweroff"), NEVER)) {
      server.targetLifecycleState("Terminated");

      assertEquals(Optional.of(Interruption.ASG), end.cause());
    }
  }

  @Test
  void cause_isSystemds_whereNothingIsAnnounced() throws Exception {
    try (GoingDown end = new GoingDown(GoingDown.Notices.NONE, goingDown("reboot"), NEVER)) {
      assertEquals(Optional.of(Interruption.REBOOT), end.cause());
    }
  }

  @Test
  void cause_isKnownWithinASecond_thoughTheServiceIsSilent() throws Exception {
    try (MetadataServer server = new MetadataServer().silent(true);
        MetadataService service = service(server);
        GoingDown end = new GoingDown(new EndNotices(service), goingDown("reboot"), NEVER)) {
      long before = System.nanoTime();

      assertEquals(Optional.of(Interruption.REBOOT), end.cause());

      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.compareTo(MetadataService.TIMEOUT) < 0, took::toString);
    }
  }

  @Test
  void looks_endWhereTheServiceIsOutOfReach() throws Exception {
    CountDownLatch failures = new CountDownLatch(GoingDown.MAX_FAILURES);
    GoingDown.Notices notices =
        () -> {
          failures.countDown();
          throw new IOException("no route");
        };

    try (GoingDown end = new GoingDown(notices, goingDown("reboot"), Duration.ofMillis(1))) {
      assertTrue(failures.await(1, TimeUnit.MINUTES));
      assertEquals(Optional.of(Interruption.REBOOT), end.cause());

      assertTrue(end.hasGivenUp());
    }
  }

  private SystemdJobs goingDown(String way) throws IOException {
    return new SystemdJobs(Files.writeString(folder.resolve("going-down"), way));
  }

  private static MetadataService service(MetadataServer server) {
    return new MetadataService(server.endpoint(), MetadataService.TIMEOUT);
  }
}
