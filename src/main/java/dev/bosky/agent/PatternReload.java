package dev.bosky.agent;

import dev.bosky.match.PatternLoader;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternWatch;
import dev.bosky.match.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changed pattern files while the agent runs: the next line is matched with them. Counts
 * against limits, open blocks and failures that may yet be taken back stay as they are. A refused
 * file is told by a notice and in the agent's own log, once for each change.
 *
 * <p>For the reader thread only.
 */
final class PatternReload {
  /** The notice's code. */
  static final String REFUSED = "patterns-refused";

  /** Between two looks at the files; a change is taken at the second look that finds it. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(PatternReload.class);

  private final PatternWatch files;
  private final boolean explicitMarkers;
  private Instant lookedAt = Instant.EPOCH;

  PatternReload(PatternWatch files, boolean explicitMarkers) {
    this.files = files;
    this.explicitMarkers = explicitMarkers;
  }

  /**
   * Looks at the files, if it is time to.
   *
   * @return the hash of what is in force from now on, if something has changed
   */
  Optional<String> step(Pipeline pipeline, Instant now) {
    if (Duration.between(lookedAt, now).abs().compareTo(LOOK) < 0) {
      return Optional.empty();
    }
    lookedAt = now;
    return files.poll().map(loaded -> take(loaded, pipeline, now));
  }

  private String take(PatternLoader.Loaded loaded, Pipeline pipeline, Instant now) {
    PatternSet set = explicitMarkers ? loaded.set().withExplicitMarkers() : loaded.set();
    pipeline.use(set);
    List<Problem> errors = loaded.problems().stream().filter(Problem::isError).toList();
    errors.forEach(error -> LOG.warn("patterns: {}", error));
    if (!errors.isEmpty()) {
      String text =
          "changed pattern files refused, what was in force stays: "
              + errors.get(0)
              + (errors.size() > 1 ? " (the first of " + errors.size() + " errors)" : "");
      pipeline.notice(REFUSED, errors.size(), text, now);
    }
    LOG.info("patterns: {} markers of {} files in force", set.list().size(), loaded.files().size());
    return loaded.set().hash();
  }
}
