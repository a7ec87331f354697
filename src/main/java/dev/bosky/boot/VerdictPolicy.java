package dev.bosky.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a boot went, from what is known about it: a pure function.
 *
 * <p>The first row that applies decides:
 *
 * <table>
 *   <caption>Situations and verdicts</caption>
 *   <tr><th>situation</th><th>verdict</th><th>silent</th></tr>
 *   <tr><td>result.json or status.json has errors</td><td>fail</td><td>no</td></tr>
 *   <tr><td>cloud-init's own failure line in the log</td><td>fail</td><td>no</td></tr>
 *   <tr><td>a decisive failure that no script has handled, whatever cloud-init says, and whether or
 *       not it ended</td><td>fail</td><td>yes</td></tr>
 *   <tr><td>cloud-init dropped user data; or knows none of its keys</td><td>fail</td><td>yes</td></tr>
 *   <tr><td>cloud-init's processes are gone and there is no result.json</td><td>fail</td><td>yes</td></tr>
 *   <tr><td>no end by the deadline</td><td>timeout</td><td>no</td></tr>
 *   <tr><td>the machine goes or went down before the end</td><td>interrupted</td><td>no</td></tr>
 *   <tr><td>the log just ends (replay)</td><td>unfinished</td><td>no</td></tr>
 *   <tr><td>it ended, with recoverable errors</td><td>degraded</td><td>no</td></tr>
 *   <tr><td>it ended</td><td>success</td><td>no</td></tr>
 * </table>
 *
 * <p>Not in the table because they change no verdict: success markers and messages; some unknown
 * keys beside known ones; that the boot before was cut off. The last two are told as reasons. That
 * user data's scripts do not run again after an interrupted boot is what {@code RanUserData} and
 * {@code FirstVerdict} say: a script that ends with {@code reboot} is common, and right.
 *
 * <p>Codes of reasons: {@code cloud-init-error}, {@code cloud-init-line}, {@code marker}, {@code
 * required-missing}, {@code explicit}, {@code message}, {@code user-data-ignored}, {@code
 * unknown-keys}, {@code died}, {@code timeout}, {@code interrupted}, {@code recoverable-errors},
 * {@code previous-boot-interrupted}; and {@code last-words}, the last line of sense before
 * cloud-init's own failure line, where it is not the line shown.
 */
final class VerdictPolicy {
  /** A verdict and what it rests on, the weightiest first. */
  record Judgement(Verdict verdict, boolean silent, List<Reason> reasons) {
    Judgement {
      reasons = List.copyOf(reasons);
    }
  }

  private VerdictPolicy() {}

  static Judgement judge(Situation s) {
    boolean failed =
        s.isReported()
            || !s.decisive().isEmpty()
            || !s.ignored().isEmpty()
            || s.keys().noneKnown()
            || s.end() == Situation.End.DIED;
    Verdict verdict = failed ? Verdict.FAIL : withoutFailure(s);
    return new Judgement(verdict, failed && !s.isReported(), reasons(s));
  }

  private static Verdict withoutFailure(Situation s) {
    return switch (s.end()) {
      case DEADLINE -> Verdict.TIMEOUT;
      case INTERRUPTED -> Verdict.INTERRUPTED;
      case OPEN -> Verdict.UNFINISHED;
      case FINISHED -> s.recoverableErrors().isEmpty() ? Verdict.SUCCESS : Verdict.DEGRADED;
      case DIED -> throw new IllegalStateException("a failure");
    };
  }

  private static List<Reason> reasons(Situation s) {
    List<Reason> reasons = new ArrayList<>(s.decisive());
    reasons.addAll(s.ignored());
    for (CloudInitError error : s.errors()) {
      reasons.add(
          new Reason(
              "cloud-init-error",
              error.cause(),
              "",
              error.module(),
              String.join(", ", error.scripts()),
              error.exitCode()));
    }
    reasons.addAll(s.reported());
    if (!s.keys().unknown().isEmpty()) {
      reasons.add(
          Reason.of(
              "unknown-keys",
              (s.keys().noneKnown()
                      ? "cloud-init knows none of the keys: "
                      : "cloud-init does not know the keys: ")
                  + String.join(", ", s.keys().unknown())));
    }
    switch (s.end()) {
      case DIED ->
          reasons.add(
              Reason.of("died", "cloud-init's processes are gone and there is no result.json"));
      case DEADLINE ->
          reasons.add(Reason.of("timeout", "cloud-init had not ended by the deadline"));
      case INTERRUPTED ->
          reasons.add(
              Reason.of(
                  "interrupted",
                  "the machine went down before cloud-init ended: "
                      + s.interruption().orElse(Interruption.UNKNOWN).label()));
      case FINISHED, OPEN -> {
        // Nothing to add.
      }
    }
    for (Map.Entry<String, List<String>> level : s.recoverableErrors().entrySet()) {
      reasons.add(
          Reason.of(
              "recoverable-errors",
              level.getValue().size() + " " + level.getKey() + ": " + level.getValue().get(0)));
    }
    if (s.previousInterrupted()) {
      reasons.add(
          Reason.of(
              "previous-boot-interrupted",
              "the boot before this one was cut off; scripts that run once per instance do not run again"));
    }
    return reasons;
  }
}
