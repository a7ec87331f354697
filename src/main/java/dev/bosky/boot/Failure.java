package dev.bosky.boot;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that went wrong in this boot, or may have. All texts are masked.
 *
 * @param origin who says so
 * @param marker {@code pack/id} of the marker; empty if there is none
 * @param decides whether it makes the boot fail
 * @param pending the name under which {@link BootTracker#cleared} takes it back; empty if nothing
 *     can
 * @param message one line for a person
 * @param position the line; empty if there is none, as for an event sent by hand
 * @param fields the marker's captures
 * @param at when the line was read
 */
public record Failure(
    Origin origin,
    String marker,
    Decides decides,
    Optional<String> pending,
    String message,
    Evidence evidence,
    Optional<Position> position,
    Map<String, String> fields,
    OptionalInt exitCode,
    Instant at) {

  /** Who says that something went wrong; its name in lower case is the reason's code. */
  public enum Origin {
    /** A marker of a pattern file. */
    MARKER("marker"),
    /** A marker that had to be seen by now. */
    REQUIRED("required-missing"),
    /** A line {@code ::bosky fail::}. */
    EXPLICIT("explicit"),
    /** {@code bosky --fail}. */
    MESSAGE("message"),
    /** Cloud-init's own line, or the last line of sense before it. */
    CLOUD_INIT("cloud-init");

    private final String code;

    Origin(String code) {
      this.code = code;
    }

    /** The code of the {@link Reason} it gives. */
    public String code() {
      return code;
    }
  }

  public Failure {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * What a module of cloud-init ended with, by result.json: no line of a log.
   *
   * @param cause what the module, or the program it ran, said last
   */
  static Failure ofModule(String module, String cause, Instant at) {
    return new Failure(
        Origin.CLOUD_INIT,
        "",
        Decides.NO,
        Optional.empty(),
        "cloud-init's module " + module + " failed: " + cause,
        new Evidence(List.of(), cause, List.of()),
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        at);
  }

  /** The same with another message. */
  Failure withMessage(String other) {
    return new Failure(
        origin, marker, decides, pending, other, evidence, position, fields, exitCode, at);
  }

  /** The same with another exit code. */
  Failure withExitCode(OptionalInt code) {
    return new Failure(
        origin, marker, decides, pending, message, evidence, position, fields, code, at);
  }

  /** The same with other evidence. */
  Failure withEvidence(Evidence other) {
    return new Failure(
        origin, marker, decides, pending, message, other, position, fields, exitCode, at);
  }
}
