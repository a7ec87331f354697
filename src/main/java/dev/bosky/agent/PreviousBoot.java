package dev.bosky.agent;

import static dev.bosky.boot.Interruption.POWER_CUT;
import static dev.bosky.boot.Interruption.REBOOT;
import static dev.bosky.boot.Interruption.UNKNOWN;

import dev.bosky.boot.History;
import dev.bosky.boot.Interruption;
import dev.bosky.event.Draft;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.Marker;
import dev.bosky.source.SourceRecord;
import dev.bosky.source.StatusDocument;
import dev.bosky.source.StatusFile;
import dev.bosky.source.TailPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boot that an earlier agent followed on this disk, and that is over: the rest of its logs, and
 * the outcome that is still owed for it.
 *
 * <p>It goes on exactly where that agent's checkpoint stands, so what was told already comes out as
 * the same events again, and nothing of this boot is told in its name: a log is read up to the
 * first sign of this boot; one without such signs only if it was not written since.
 *
 * <p>For the reader thread only.
 */
final class PreviousBoot {
  private final Checkpoint checkpoint;
  private final Pipeline pipeline;
  private final ThisBoot thisBoot;
  private final Map<String, TailPosition> positions;
  private final InstantSource clock;

  /**
   * @param checkpoint of that boot
   * @param pipeline for a boot that is over; is restored here
   * @param thisBoot the one that runs now
   * @throws IllegalArgumentException if the checkpoint is of a form that this build does not read
   */
  PreviousBoot(Checkpoint checkpoint, Pipeline pipeline, ThisBoot thisBoot, InstantSource clock) {
    this.checkpoint = checkpoint;
    this.pipeline = pipeline;
    this.thisBoot = thisBoot;
    this.clock = clock;
    this.positions = checkpoint.positions();
    pipeline.restore(checkpoint.pipeline());
  }

  /** Whether it was a boot of this instance, and not of the one that an image was made from. */
  boolean isOf(InstanceIdentity instance) {
    return instance.instanceId().filter(checkpoint.instanceId()::equals).isPresent();
  }

  /** What is owed for that boot, as events in its name. */
  List<Event> owed(AgentLogs where, EventFactory factory, InstanceIdentity instance) {
    List<Event> owed = new ArrayList<>();
    Map<String, Path> logs =
        where.known(Optional.of(checkpoint), pipeline.patterns().furtherLogs());
    for (Draft draft : settle(logs, where.lastStatus(), where.lastResult())) {
      owed.add(factory.finish(draft, instance, checkpoint.boot().bootId()));
    }
    return owed;
  }

  /**
   * What is owed for that boot, in order: markers of its last lines, and its outcome. Nothing if
   * its outcome had been told.
   *
   * @param paths the files of that boot's logs, by name
   * @param status where its status.json may still be
   * @param result where its result.json may still be
   */
  private List<Draft> settle(Map<String, Path> paths, Path status, Path result) {
    if (pipeline.verdict().isEmpty()) {
      try (FollowedLogs logs =
          new FollowedLogs(checkpoint.boot().bootStarted(), positions, clock, path -> {})) {
        paths.forEach(
            (name, path) -> {
              if (hasSigns(name) || !wasWrittenSince(path)) {
                logs.follow(name, path);
              }
            });
        pipeline.outputLogs(logs.outputs());
        while (logs.poll(this::accept)) {
          // What one look leaves, the next one reads: the files have an end.
        }
        logs.flushPartial(this::accept);
      }
      document(StatusDocument.Kind.STATUS, status);
      document(StatusDocument.Kind.RESULT, result);
      pipeline.endOfPreviousBoot(cause(), clock.instant());
    }
    return pipeline.takeDrafts();
  }

  /** Cloud-init's banners stand in both of its logs. */
  private static boolean hasSigns(String log) {
    return log.equals(Marker.OUTPUT) || log.equals(Marker.CLOUD_INIT);
  }

  private boolean wasWrittenSince(Path path) {
    try {
      return !Files.getLastModifiedTime(path).toInstant().isBefore(thisBoot.bootStarted());
    } catch (IOException e) {
      // Not there, or not to be read: there is nothing to be had from it.
      return true;
    }
  }

  private void accept(SourceRecord news) {
    pipeline.accept(news, clock.instant());
  }

  /**
   * Only a document that was written in that boot, or in one in between of which nothing is known:
   * cloud-init removes both at the beginning of each boot.
   */
  private void document(StatusDocument.Kind kind, Path path) {
    Instant began = checkpoint.boot().bootStarted();
    try (StatusFile file = new StatusFile(kind, path, began, System::nanoTime)) {
      file.poll(
          news -> {
            if (news instanceof StatusDocument found
                && found.modified().isBefore(thisBoot.bootStarted())) {
              pipeline.accept(found, clock.instant());
            }
          });
    }
  }

  /**
   * Why it was cut off. An agent that lived to see an orderly shutdown has told it itself, or has
   * noted that it was stopped.
   */
  private Interruption cause() {
    if (checkpoint.interruption().isPresent()) {
      return checkpoint.interruption().get();
    }
    if (pipeline.isCutShort()) {
      return REBOOT;
    }
    return checkpoint.stopped() ? UNKNOWN : POWER_CUT;
  }

  /** What this boot has to know of it. */
  History history() {
    return pipeline.forNextBoot();
  }
}
