package dev.bosky.agent;

import dev.bosky.source.TailPosition;
import dev.bosky.spool.StateFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier agent left on this disk: its checkpoint, as far as this build reads it.
 *
 * <p>In the same boot the agent goes on where it stands. A checkpoint of another form, as after an
 * upgrade in mid-boot, or a damaged one keeps no agent from starting: the boot's logs are read
 * again from their beginning, and what was told comes out with the same ids. Of another form that
 * much is taken: how many boots there were, and whether the outcome has been told, which is not
 * told again.
 *
 * <p>For the thread that makes the agent.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
  private static final String AGAIN =
      "this boot's logs are read again from their beginning, what was told comes with the same ids";

  private static final String TOLD = "this boot's outcome has been told, and is not told again";

  private final Optional<Checkpoint> kept;
  private final ThisBoot boot;

  /**
   * A pipeline that knows what is to be known of this boot, and where its logs are gone on with.
   */
  record Resumed(Pipeline pipeline, Map<String, TailPosition> positions) {}

  private Resumption(Optional<Checkpoint> kept, ThisBoot boot) {
    this.kept = kept;
    this.boot = boot;
  }

  /**
   * Reads the checkpoint.
   *
   * @throws IOException if the disk cannot be read at all
   */
  static Resumption of(StateFile file, ThisBoot boot) throws IOException {
    StateFile.Content content = file.load();
    if (content instanceof StateFile.Content.Present present) {
      try {
        return new Resumption(Optional.of(Checkpoint.fromJson(present.document())), boot);
      } catch (IllegalArgumentException e) {
        LOG.warn("checkpoint: {}; {}", e.getMessage(), AGAIN);
      }
    } else if (content instanceof StateFile.Content.Quarantined damaged) {
      LOG.warn("checkpoint: {}; {}", damaged.text(), AGAIN);
    } else if (content instanceof StateFile.Content.Newer newer) {
      LOG.warn("checkpoint: {}; {}", newer.text(), AGAIN);
    }
    return new Resumption(Optional.empty(), boot);
  }

  /** The checkpoint, of whatever boot. */
  Optional<Checkpoint> checkpoint() {
    return kept;
  }

  /** The checkpoint, if it is of the boot that runs now. */
  Optional<Checkpoint> ofThisBoot() {
    return kept.filter(checkpoint -> checkpoint.boot().bootId().equals(boot.bootId()));
  }

  /**
   * Goes on in this boot.
   *
   * @param fresh makes a pipeline for this boot that knows nothing yet
   */
  Resumed resume(Supplier<Pipeline> fresh) {
    Pipeline pipeline = fresh.get();
    if (ofThisBoot().isEmpty()) {
      return new Resumed(pipeline, Map.of());
    }
    Checkpoint checkpoint = ofThisBoot().get();
    Map<String, TailPosition> positions = Map.of();
    try {
      positions = checkpoint.positions();
      pipeline.restore(checkpoint.pipeline());
      return new Resumed(pipeline, positions);
    } catch (IllegalArgumentException e) {
      Pipeline again = fresh.get();
      boolean told = again.restoreOtherForm(checkpoint.pipeline());
      LOG.warn("checkpoint: {}; {}", e.getMessage(), told ? TOLD : AGAIN);
      return new Resumed(again, told ? positions : Map.of());
    }
  }

  /**
   * The boot before, if the checkpoint is of an earlier one: what another build wrote may be
   * nothing that this one reads, and then nothing more is told of it.
   *
   * @param over makes a pipeline for a boot that is over
   */
  Optional<PreviousBoot> previous(Supplier<Pipeline> over, InstantSource clock) {
    if (kept.isEmpty() || ofThisBoot().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PreviousBoot(kept.get(), over.get(), boot, clock));
    } catch (IllegalArgumentException e) {
      LOG.warn("checkpoint of the boot before: {}; nothing more is told of it", e.getMessage());
      return Optional.empty();
    }
  }
}
