package dev.bosky.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that {@code bin/bosky} leaves in the inbox for a running agent, so that a call of a
 * script needs no Java. The other half of this is in that script.
 *
 * <pre>
 * open                        by the agent, while it takes: its process id, user:group, boot id, and when
 *                             it began, as /proc/PID/stat says it: process ids are used again
 * call-4711-41.37.request          by the call: its process id and the uptime, so never used twice in a boot
 *   bosky-request 1
 *   status fail
 *   boot 6f1d…                the boot id, and the uptime in seconds: what a call leaves may be taken
 *   uptime 41.37              in a later boot
 *   project my-project        if the call names one
 *   answer no                 if nobody waits for the answer
 *                             an empty line; what follows is the message, byte for byte
 * call-4711-41.37.taken            by the agent, in one step: from now on the call cannot take it back
 * call-4711-41.37.sent             by the agent: the service has it; the id of the event
 * call-4711-41.37.refused          by the agent: it can never be delivered; why
 * </pre>
 *
 * <p>A request is in the spool before {@code .taken} goes. What an agent that was killed had taken
 * is taken again by the next, with the same id and the time of the file: the same event byte for
 * byte. The call removes its answer; answers nobody fetched go after a minute. When the agent
 * closes, {@code open} goes first, and what was there by then is taken: a call that finds {@code
 * open} gone behind its request takes that back. One instance is for one thread.
 */
public final class Requests {
  private static final String HEAD = "bosky-request 1";
  private static final String REQUEST = ".request";
  private static final String TAKEN = ".taken";
  private static final String SENT = ".sent";
  private static final String REFUSED = ".refused";
  private static final String OPEN = "open";

  /** How the names of all files of calls begin. */
  private static final String CALL = "call-";

  /** What the launcher can be given as one argument is less. */
  private static final int MAX_BYTES = 1 << 20;

  private static final Duration FORGOTTEN = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final TroubleLog closing = new TroubleLog(LOG, "inbox: not closed");

  private final Storage storage;
  private final Path folder;

  Requests(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /**
   * One message.
   *
   * @param name of its file, without the ending
   * @param status as it was written
   * @param project the event's source; empty for the agent's own
   * @param awaited whether the call waits for an answer
   * @param bootId the boot of the call; empty if it does not say
   * @param uptimeSeconds of the call; empty if it does not say
   * @param text the message, not masked
   * @param time when the call wrote it
   */
  public record Request(
      String name,
      String status,
      Optional<String> project,
      boolean awaited,
      Optional<String> bootId,
      OptionalDouble uptimeSeconds,
      String text,
      Instant time) {}

  /**
   * Says that requests are taken from now on.
   *
   * @param began when the process began, in the kernel's own unit
   * @throws IOException if the folder cannot be written; calls then go the long way
   */
  public void open(long pid, String began, String bootId) throws IOException {
    storage.createFolder(folder);
    Object uid = Files.getAttribute(folder, "unix:uid");
    Object gid = Files.getAttribute(folder, "unix:gid");
    String content = "%d %s:%s %s %s%n".formatted(pid, uid, gid, bootId, began);
    storage.replace(folder.resolve(OPEN), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether that is the name of a message that waits, or was about to be taken. */
  static boolean isRequest(String name) {
    return name.endsWith(REQUEST) || name.endsWith(TAKEN);
  }

  /** What the names of requests begin with, for who watches the folder. */
  public Path watched() {
    return folder.resolve(CALL);
  }

  /** Says that nothing is taken any more. */
  public void close() {
    try {
      storage.delete(folder.resolve(OPEN));
    } catch (IOException e) {
      closing.failed(e.toString());
    }
  }

  /**
   * Takes what is there. Each has to be {@link #done} once its event is in the spool.
   *
   * @throws IOException if the folder cannot be read
   */
  public List<Request> take() throws IOException {
    List<Request> taken = new ArrayList<>();
    for (String name : storage.list(folder)) {
      if (name.endsWith(REQUEST)) {
        String bare = name.substring(0, name.length() - REQUEST.length());
        if (claim(bare)) {
          read(bare).ifPresent(taken::add);
        }
      } else if (name.endsWith(TAKEN)) {
        read(name.substring(0, name.length() - TAKEN.length())).ifPresent(taken::add);
      }
    }
    return taken;
  }

  /** The call may have taken it back at the same moment; one of the two renames wins. */
  private boolean claim(String name) throws IOException {
    try {
      storage.move(folder.resolve(name + REQUEST), folder.resolve(name + TAKEN));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Optional<Request> read(String name) throws IOException {
    Path file = folder.resolve(name + TAKEN);
    try {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      if (storage.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("longer than %d bytes".formatted(MAX_BYTES));
      }
      String content = new String(storage.read(file, MAX_BYTES), StandardCharsets.UTF_8);
      return Optional.of(parse(name, content, time));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      LOG.error("inbox: {} is no request, moved aside: {}", file, e.getMessage());
      storage.move(file, folder.resolve(name + SpoolNames.CORRUPT));
      refused(name, "the request cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  static Request parse(String name, String content, Instant time) {
    int end = content.indexOf("\n\n");
    if (end < 0 || !content.startsWith(HEAD + "\n")) {
      throw new IllegalArgumentException("expected %s and an empty line".formatted(HEAD));
    }
    Map<String, String> header = new HashMap<>();
    for (String line : content.substring(HEAD.length() + 1, end).split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("expected a key and a value, found " + line);
      }
      header.put(line.substring(0, space), line.substring(space + 1));
    }
    String uptime = header.get("uptime");
    return new Request(
        name,
        header.getOrDefault("status", "info"),
        Optional.ofNullable(header.get("project")),
        !"no".equals(header.get("answer")),
        Optional.ofNullable(header.get("boot")),
        uptime == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(uptime)),
        content.substring(end + 2),
        time);
  }

  /** The event of this request is in the spool. */
  public void done(Request request) throws IOException {
    storage.delete(folder.resolve(request.name() + TAKEN));
  }

  /** Tells the call that the service has the event. */
  public void sent(String name, String eventId) {
    answer(name + SENT, eventId);
  }

  /** Tells the call that the event can never be delivered. */
  public void refused(String name, String why) {
    answer(name + REFUSED, why);
  }

  private void answer(String name, String line) {
    try {
      Path temporary = folder.resolve(name + Storage.TEMPORARY);
      storage.create(temporary, (line + "\n").getBytes(StandardCharsets.UTF_8));
      storage.move(temporary, folder.resolve(name));
    } catch (IOException e) {
      // The call waits to its end, and says that the event is kept, which it is.
      LOG.warn("inbox: no answer {}: {}", name, e.toString());
    }
  }

  /** Removes what nobody came back for. */
  public void forget(Instant now) throws IOException {
    Predicate<String> ours =
        name -> name.endsWith(SENT) || name.endsWith(REFUSED) || name.endsWith(".new");
    for (String name : storage.list(folder)) {
      Path file = folder.resolve(name);
      if (ours.test(name) && isOld(file, now)) {
        storage.delete(file);
      }
    }
  }

  private static boolean isOld(Path file, Instant now) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return Duration.between(written, now).compareTo(FORGOTTEN) > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
