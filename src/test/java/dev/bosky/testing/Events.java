package dev.bosky.testing;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Finished events for tests that do not care how one is made. */
public final class Events {
  public static final String INSTANCE = "i-0abc";

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private Events() {}

  public static Event info(String id) {
    return of(id, Kind.MARKER, Status.INFO, "{\"Message\":\"info " + id + "\"}");
  }

  public static Event success(String id) {
    return of(id, Kind.MARKER, Status.SUCCESS, "{\"Message\":\"success " + id + "\"}");
  }

  public static Event fail(String id) {
    return of(id, Kind.MARKER, Status.FAIL, "{\"Message\":\"fail " + id + "\"}");
  }

  public static Event outcome(String id) {
    return of(id, Kind.OUTCOME, Status.FAIL, "{\"Message\":\"outcome " + id + "\"}");
  }

  /** Infos {@code prefix-1}, {@code prefix-2}, … */
  public static List<Event> infos(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> info(prefix + "-" + i)).toList();
  }

  /** An info of exactly this size as EventBridge counts it. */
  public static Event ofSize(String id, int bytes) {
    Event empty = of(id, Kind.MARKER, Status.INFO, "{\"Message\":\"\"}");
    long rest = bytes - dev.bosky.publish.EventBridgeLimits.sizeOf(empty);
    return of(id, Kind.MARKER, Status.INFO, "{\"Message\":\"" + "x".repeat((int) rest) + "\"}");
  }

  public static Event of(String id, Kind kind, Status status, String detail) {
    return of(id, kind, status, detail, INSTANCE);
  }

  /** An event of another instance. */
  public static Event from(String instance, String id) {
    return of(id, Kind.MARKER, Status.INFO, "{}", instance);
  }

  private static Event of(String id, Kind kind, Status status, String detail, String instance) {
    return new Event(
        id, kind, status, 1, TIME, "my-project", "User Data", List.of(instance), "default", detail);
  }
}
