package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.match.Marker;
import dev.bosky.source.LogTailer;
import dev.bosky.source.SourceRecord;
import dev.bosky.source.TailLimits;
import dev.bosky.source.TailPosition;
import dev.bosky.source.ThisBoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of one boot, by name: each is a log of its own, with its own place to go on at. More may
 * turn up while the boot goes on.
 *
 * <p>A name stays what it is over a restart: {@code output}, {@code cloud-init}, or the path. For
 * the reader thread only.
 */
final class FollowedLogs implements AutoCloseable {
  /** More files than this no boot's words are spread over; what is beyond is told once. */
  static final int MAX_LOGS = 16;

  /**
   * 64 KB a poll: the events of one poll are forced to disk one by one before the first of them may
   * be sent, and are in memory until then.
   */
  private static final TailLimits LIMITS =
      new TailLimits(
          TailLimits.DEFAULT.maxLineBytes(),
          64 * 1024,
          TailLimits.DEFAULT.partialAfter(),
          TailLimits.DEFAULT.openFiles());

  private static final Logger LOG = LoggerFactory.getLogger(FollowedLogs.class);

  private final Instant bootBegan;
  private final Map<String, TailPosition> resume;
  private final InstantSource clock;
  private final Consumer<Path> onFollow;
  private final Map<String, Path> paths = new LinkedHashMap<>();
  private final Map<String, LogTailer> tailers = new LinkedHashMap<>();
  private final SourceGuard guard = new SourceGuard();
  private final Set<String> further = new LinkedHashSet<>();
  private boolean tooMany;

  /**
   * Follows nothing yet.
   *
   * @param bootBegan when this boot began, by the clock as it is now
   * @param resume where to go on in each log, by its name, if it was followed before
   * @param onFollow is told each file that is followed
   */
  FollowedLogs(
      Instant bootBegan,
      Map<String, TailPosition> resume,
      InstantSource clock,
      Consumer<Path> onFollow) {
    this.bootBegan = bootBegan;
    this.resume = Map.copyOf(resume);
    this.clock = clock;
    this.onFollow = onFollow;
  }

  /**
   * Follows one more log with the output of scripts; one that is followed already, under whatever
   * name, is left as it is.
   *
   * @return true if it is new as such
   */
  boolean follow(String name, Path path) {
    if (further.remove(name)) {
      return true;
    }
    if (paths.containsKey(name) || paths.containsValue(path)) {
      return false;
    }
    if (paths.size() >= MAX_LOGS) {
      if (!tooMany) {
        tooMany = true;
        LOG.warn("more than {} logs: {} and further ones are not followed", MAX_LOGS, path);
      }
      return false;
    }
    paths.put(name, path);
    onFollow.accept(path);
    tailers.put(
        name,
        new LogTailer(
            name,
            path,
            new ThisBoot(
                bootBegan,
                line -> contains(line, "running 'init-local' at "),
                line -> contains(line, "running 'init' at ")),
            resume.getOrDefault(name, TailPosition.NONE),
            LIMITS,
            clock,
            System::nanoTime));
    return true;
  }

  /**
   * Follows a log that a marker names: only markers that do look at it, and it says nothing of the
   * boot.
   *
   * @return true if it is new
   */
  boolean followFurther(Path path) {
    boolean isNew = !paths.containsValue(path) && follow(path.toString(), path);
    if (isNew) {
      further.add(path.toString());
    }
    return isNew;
  }

  private static boolean contains(byte[] line, String text) {
    return new String(line, StandardCharsets.ISO_8859_1).contains(text);
  }

  Set<Path> files() {
    return new LinkedHashSet<>(paths.values());
  }

  /** The logs that hold the output of scripts: not cloud-init's own, nor those of markers alone. */
  Set<String> outputs() {
    Set<String> outputs = new LinkedHashSet<>(paths.keySet());
    outputs.remove(Marker.CLOUD_INIT);
    outputs.removeAll(further);
    return outputs;
  }

  /**
   * One look at each.
   *
   * @return true if there is more to read at once
   */
  boolean poll(Consumer<? super SourceRecord> out) {
    boolean more = false;
    for (Map.Entry<String, LogTailer> log : tailers.entrySet()) {
      more |= guard.poll("log " + log.getKey(), () -> log.getValue().poll(out), out);
    }
    return more;
  }

  /**
   * For how long none of them has had a new byte, but for those of markers alone: a service that
   * goes on writing there says nothing of the boot's end.
   */
  Duration quietFor() {
    return tailers.entrySet().stream()
        .filter(log -> !further.contains(log.getKey()))
        .map(log -> log.getValue().quietFor())
        .min(Duration::compareTo)
        .orElse(Duration.ofDays(1));
  }

  /** Gives last lines that have no end yet. */
  void flushPartial(Consumer<? super SourceRecord> out) {
    tailers.values().forEach(tailer -> tailer.flushPartial(out));
  }

  /** Where to go on in each. */
  Map<String, ObjectNode> positions() {
    Map<String, ObjectNode> positions = new TreeMap<>();
    tailers.forEach((name, tailer) -> positions.put(name, tailer.position().toJson()));
    return positions;
  }

  @Override
  public void close() {
    for (LogTailer tailer : tailers.values()) {
      try {
        tailer.close();
      } catch (IOException e) {
        LOG.warn("log: {}", e.toString());
      }
    }
  }
}
