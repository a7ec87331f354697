package dev.bosky.boot;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a boot went and why: what goes into the {@code Outcome} block, and with it the failure that
 * explains it. All texts are masked and bounded.
 *
 * @param silent cloud-init reported no error, and the verdict is {@link Verdict#FAIL} all the same
 * @param cause one line; for {@link Verdict#INTERRUPTED} one of the words of {@link Interruption};
 *     empty for a success
 * @param reasons what the verdict rests on, the weightiest first; at most {@link #MAX_LIST}
 * @param errors cloud-init's own words; at most {@link #MAX_LIST}
 * @param recoverableErrors cloud-init's warnings by level; at most {@link #MAX_LIST} a level
 * @param durationSeconds from the boot's first sign to its end
 * @param firstVerdict how the first boot of this instance went, if this is a later one
 * @param fingerprint the same for like failures on different machines; empty for a success
 * @param failure the line to show, with the lines around it
 * @param script the script's line that the failure points to
 * @param boot where the boot stood when it ended
 * @param at when it ended, or was found to have ended
 */
public record Outcome(
    Verdict verdict,
    boolean silent,
    String cause,
    List<Reason> reasons,
    List<String> errors,
    Map<String, List<String>> recoverableErrors,
    OptionalDouble durationSeconds,
    Optional<Verdict> firstVerdict,
    String fingerprint,
    Optional<Failure> failure,
    Optional<ScriptLine> script,
    BootView boot,
    Instant at) {
  /** So many reasons, errors, and recoverable errors of a level are kept; the first ones. */
  public static final int MAX_LIST = 20;

  public Outcome {
    reasons = List.copyOf(reasons);
    errors = List.copyOf(errors);
    recoverableErrors = Collections.unmodifiableMap(new LinkedHashMap<>(recoverableErrors));
  }
}
