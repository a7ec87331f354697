package dev.bosky.match;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a pattern file: which lines it takes and what they mean.
 *
 * @param pack the file's name in events
 * @param id names the marker within its pack
 * @param shipped true if the file came with Bosky
 * @param team whose file it is, if that says so
 * @param project goes into the event, if the file says so
 * @param match searched in the cleaned line, case-sensitive unless it says otherwise
 * @param message the event's message with {@code ${name}} for captures; the line itself if absent
 * @param decides whether it makes the boot's outcome a failure
 * @param stages the stages in which it holds; it also holds while the stage is unknown
 * @param logs {@code output}, {@code cloud-init}, or absolute paths
 * @param clearedBy a later line that takes the failure back, in the same log and before the boot's
 *     end; it has {@code ${name}} for captures
 * @param until the last line of the block that begins with the matched line
 * @param context how many lines before are evidence, 0 to {@value #MAX_CONTEXT}
 * @param limit events per boot, 1 to {@value #MAX_LIMIT}
 * @param required says by when an info or success has to be seen
 * @param examples lines it has to take and lines it must not take
 * @param place where it is defined
 */
public record Marker(
    String pack,
    String id,
    boolean shipped,
    Optional<String> team,
    Optional<String> project,
    MarkerStatus status,
    Expression match,
    Optional<String> message,
    Decides decides,
    Set<Stage> stages,
    List<String> logs,
    Optional<String> clearedBy,
    Optional<Expression> until,
    int context,
    int limit,
    Optional<Required> required,
    Examples examples,
    Place place) {
  /** The log that markers without {@code logs} look at: cloud-init's output. */
  public static final String OUTPUT = "output";

  /** cloud-init's own log. */
  public static final String CLOUD_INIT = "cloud-init";

  /** Lines before that are evidence, unless the marker says otherwise. */
  static final int DEFAULT_CONTEXT = 10;

  static final int MAX_CONTEXT = 50;

  /** Events of one marker in a boot, unless the marker says otherwise. */
  static final int DEFAULT_LIMIT = 5;

  static final int MAX_LIMIT = 1_000_000;

  /** Named groups of {@code match} and {@code until} together, so that an event stays small. */
  static final int MAX_FIELDS = 30;

  /**
   * A deadline for an info or a success.
   *
   * @param by this long after the boot's first sign; empty: by the boot's end
   */
  public record Required(Optional<Duration> by) {}

  /**
   * Lines that prove a marker.
   *
   * @param match has to be taken by this very marker
   * @param ignore must not be taken by it
   */
  public record Examples(List<Line> match, List<Line> ignore) {
    static final Examples NONE = new Examples(List.of(), List.of());

    public Examples {
      match = List.copyOf(match);
      ignore = List.copyOf(ignore);
    }

    /** One example and where it stands. */
    public record Line(String text, Place place) {}
  }

  public Marker {
    stages = Set.copyOf(stages);
    logs = List.copyOf(logs);
  }

  /** Names it among all markers: {@code pack/id}. */
  public String key() {
    return pack + "/" + id;
  }

  /** Whose it is: markers of one owner share their {@code ignore}s. */
  String owner() {
    return team.map(name -> "team " + name).orElse("pack " + pack);
  }

  boolean ignores() {
    return status == MarkerStatus.IGNORE;
  }

  /** Whether it looks at lines of that stage. */
  boolean holdsIn(Optional<Stage> stage) {
    return stage.isEmpty() || stages.contains(stage.get());
  }

  @Override
  public String toString() {
    return key();
  }
}
