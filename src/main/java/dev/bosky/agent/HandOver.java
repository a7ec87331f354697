package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.publish.EventBridgeLimits;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.Requests;
import dev.bosky.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's side of a call without Java: makes the message an event, the same as a call that
 * sends it by itself would make, and answers when the service has it. For the reader thread.
 */
final class HandOver {
  /** A call waits for ten seconds; later nobody listens. */
  private static final Duration WAITS = Duration.ofSeconds(15);

  private static final Duration CLEAN_EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private final Requests requests;
  private final Spool spool;
  private final DeadLetters dead;
  private final EventSettings settings;
  private final UnaryOperator<String> mask;
  private final InstanceIdentity instance;
  private final ThisBoot boot;
  private final InstantSource clock;

  /** Events that a call waits for, by the request's name. */
  private final Map<String, Waiting> waiting = new HashMap<>();

  /** Requests whose events are in the spool, and may yet be lost with this process. */
  private final List<Requests.Request> unsettled = new ArrayList<>();

  private Instant cleanedAt = Instant.MIN;

  /**
   * @param until when the call has given up
   * @param lost how many events the spool had given up when this one came
   */
  private record Waiting(Event event, Instant until, long lost) {}

  /**
   * @param mask takes out what is secret by the pattern files in force at the time
   */
  HandOver(
      Requests requests,
      Spool spool,
      DeadLetters dead,
      EventSettings settings,
      UnaryOperator<String> mask,
      InstanceIdentity instance,
      ThisBoot boot,
      InstantSource clock) {
    this.requests = requests;
    this.spool = spool;
    this.dead = dead;
    this.settings = settings;
    this.mask = mask;
    this.instance = instance;
    this.boot = boot;
    this.clock = clock;
  }

  /** Lets calls hand over from now on; where that cannot be, they send by themselves. */
  void open() {
    try {
      requests.open(ProcessHandle.current().pid(), began(), boot.bootId());
    } catch (IOException e) {
      LOG.warn("inbox: {}; calls of bosky send by themselves", e.toString());
    }
  }

  /** The 22nd word of the process's {@code stat}; the second is a name in brackets. */
  private static String began() throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    } catch (NoSuchFileException e) {
      // No Linux: there, no call hands over.
      return "unknown";
    }
  }

  /** Lets calls go the long way from now on. What is there by then has yet to be taken. */
  void close() {
    requests.close();
  }

  /** Whether somebody waits for an answer, so that a short pause pays. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /**
   * Puts what was handed over into the spool; until {@link #settle}, it is taken again after a
   * crash.
   *
   * @return the events
   * @throws IOException if the inbox cannot be read or changed
   */
  List<Event> take() throws IOException {
    List<Event> events = new ArrayList<>();
    Instant now = clock.instant();
    for (Requests.Request request : requests.take()) {
      if (unsettled.contains(request)) {
        continue;
      }
      Optional<Event> event = event(request);
      if (event.isEmpty()) {
        requests.done(request);
        continue;
      }
      spool.append(List.of(event.get()));
      unsettled.add(request);
      events.add(event.get());
      if (request.awaited()) {
        waiting.put(
            request.name(), new Waiting(event.get(), now.plus(WAITS), spool.lost().total()));
      }
    }
    if (Duration.between(cleanedAt, now).abs().compareTo(CLEAN_EVERY) > 0) {
      cleanedAt = now;
      requests.forget(now);
    }
    return events;
  }

  /** All that follows from what was taken is on disk, as far as a disk is there. */
  void settle() throws IOException {
    if (spool.isDurable()) {
      for (Requests.Request request : unsettled) {
        requests.done(request);
      }
      unsettled.clear();
    }
  }

  /** Tells the calls whose events have left the spool. */
  void answer() throws IOException {
    Instant now = clock.instant();
    for (Iterator<Map.Entry<String, Waiting>> all = waiting.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, Waiting> entry = all.next();
      Waiting call = entry.getValue();
      if (now.isAfter(call.until())) {
        all.remove();
      } else if (!spool.contains(call.event().id())) {
        Optional<DeadLetter> letter = letter(call.event());
        if (letter.isPresent()) {
          requests.refused(entry.getKey(), letter.get().code() + ": " + letter.get().reason());
        } else if (spool.lost().total() == call.lost()) {
          requests.sent(entry.getKey(), call.event().id());
        }
        all.remove();
      }
    }
  }

  private Optional<DeadLetter> letter(Event event) throws IOException {
    return dead.list().stream().filter(l -> l.event().id().equals(event.id())).findFirst();
  }

  /** The same request gives the same event, whoever takes it and when. */
  private Optional<Event> event(Requests.Request request) {
    Optional<Status> status = Status.of(request.status());
    if (status.isEmpty()) {
      requests.refused(
          request.name(), "status: expected info, fail or success, found " + request.status());
      return Optional.empty();
    }
    String bootId = request.bootId().orElse(boot.bootId());
    String id =
        UUID.nameUUIDFromBytes((bootId + request.name()).getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    double uptime = request.uptimeSeconds().orElseGet(() -> uptimeSeconds(request.time()));
    block.put("UptimeSeconds", Math.round(uptime * 10) / 10.0);
    EventSettings own = request.project().map(settings::withProject).orElse(settings);
    Event event =
        new EventFactory(own)
            .message(
                id,
                status.get(),
                mask.apply(request.text()),
                instance,
                bootId,
                block,
                request.time());
    if (EventBridgeLimits.sizeOf(event) > EventBridgeLimits.MAX_REQUEST_BYTES) {
      requests.refused(request.name(), "the message is too long");
      return Optional.empty();
    }
    return Optional.of(event);
  }

  private double uptimeSeconds(Instant at) {
    return Math.max(0, Duration.between(boot.bootStarted(), at).toMillis() / 1000.0);
  }
}
