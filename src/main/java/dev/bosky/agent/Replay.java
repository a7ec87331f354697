package dev.bosky.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.boot.BootSettings;
import dev.bosky.boot.CleanLine;
import dev.bosky.boot.History;
import dev.bosky.boot.Stage;
import dev.bosky.boot.UserData;
import dev.bosky.event.Draft;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Kind;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.json.JsonTree;
import dev.bosky.match.Marker;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternSet;
import dev.bosky.source.LineReader;
import dev.bosky.source.LogLine;
import dev.bosky.source.StatusDocument;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * What the agent would send for saved logs: the same matcher, boot tracker and event factory, with
 * no network and no state. The same log gives the same bytes, apart from {@code Time}.
 */
public final class Replay {
  private final EventFactory factory;
  private final InstanceIdentity instance;
  private final PatternSet patterns;
  private final int maxEvents;
  private final InstantSource clock;

  /**
   * @param instance what is known of the instance; usually nothing
   * @param maxEvents events of a boot at most
   */
  public Replay(
      PatternSet patterns,
      int maxEvents,
      EventFactory factory,
      InstanceIdentity instance,
      InstantSource clock) {
    this.patterns = patterns;
    this.maxEvents = maxEvents;
    this.factory = factory;
    this.instance = instance;
    this.clock = clock;
  }

  /**
   * Replays the logs as one.
   *
   * @param in what {@code -} stands for
   * @param out gets each event as soon as it is made
   * @throws IOException if a log or a status document cannot be read; what was made before has been
   *     given
   */
  public void run(ReplaySettings settings, Supplier<InputStream> in, Consumer<Event> out)
      throws IOException {
    run(settings, in, out, line -> {});
  }

  /**
   * A line as it was matched.
   *
   * @param line cleaned, not masked
   * @param stage the boot's stage, if it was known
   * @param ofABoot whether it was matched at all
   * @param inBlock whether it went on with the block of a marker above
   */
  public record Seen(CleanLine line, Optional<Stage> stage, boolean ofABoot, boolean inBlock) {}

  /**
   * As the other.
   *
   * @param seen is shown each line after it was matched; the line is good for this call only
   */
  public void run(
      ReplaySettings settings, Supplier<InputStream> in, Consumer<Event> out, Consumer<Seen> seen)
      throws IOException {
    String path =
        settings.logs().get(0).equals(ReplaySettings.STANDARD_INPUT)
            ? "standard input"
            : settings.logs().get(0);
    Pipeline pipeline =
        new Pipeline(
            patterns,
            new MatchSettings(maxEvents, MatchSettings.DEFAULT.outputLogs()),
            BootSettings.replay(),
            History.UNKNOWN,
            UserData.UNREADABLE,
            new PipelineSettings(Map.of(Marker.OUTPUT, path), Status.SUCCESS, Status.FAIL));
    pipeline.show(seen);
    Sorter sorter = new Sorter(out);
    int generation = 0;
    for (String log : settings.logs()) {
      try (InputStream bytes = open(log, in)) {
        read(bytes, generation, pipeline, sorter);
      }
      generation++;
    }
    Instant end = clock.instant();
    if (settings.statusFile().isPresent()) {
      pipeline.accept(document(settings.statusFile().get(), StatusDocument.Kind.STATUS), end);
    }
    if (settings.result().isPresent()) {
      pipeline.accept(document(settings.result().get(), StatusDocument.Kind.RESULT), end);
    }
    pipeline.endOfInput(settings.result().isPresent(), end);
    sorter.take(pipeline);
  }

  private void read(InputStream bytes, int generation, Pipeline pipeline, Sorter sorter)
      throws IOException {
    LineReader lines = new LineReader(Marker.OUTPUT, generation, LineReader.DEFAULT_MAX_LINE_BYTES);
    Consumer<LogLine> take =
        line -> {
          pipeline.accept(line, clock.instant());
          sorter.take(pipeline);
        };
    byte[] buffer = new byte[1 << 16];
    int count;
    while ((count = bytes.read(buffer)) > 0) {
      lines.feed(buffer, 0, count, take);
    }
    lines.flush(take);
  }

  private static InputStream open(String log, Supplier<InputStream> in) throws IOException {
    if (log.equals(ReplaySettings.STANDARD_INPUT)) {
      return in.get();
    }
    InputStream file = new BufferedInputStream(Files.newInputStream(Path.of(log)), 1 << 16);
    return log.endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file;
  }

  private static StatusDocument document(Path file, StatusDocument.Kind kind) throws IOException {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(file));
      return new StatusDocument(kind, json, Files.getLastModifiedTime(file).toInstant());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected JSON, found %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Gives drafts their boot: the boots of a log are numbered, there is no kernel to ask. */
  private final class Sorter {
    private final Consumer<Event> out;
    private int boot;

    Sorter(Consumer<Event> out) {
      this.out = out;
    }

    void take(Pipeline pipeline) {
      for (Draft draft : pipeline.takeDrafts()) {
        if (draft.kind() == Kind.STARTED) {
          boot++;
        }
        out.accept(factory.finish(draft, instance, "replay-" + Math.max(1, boot)));
      }
    }
  }
}
