package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.boot.Situation.End;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link VerdictPolicy}, row by row. */
class VerdictPolicyTest {
  private static final CloudInitError ERROR =
      CloudInitError.of(
          "('scripts-user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted"
              + " commands'))");
  private static final Reason MARKER = Reason.of("marker", "package foo is in no repository");
  private static final Reason LINE = Reason.of("cloud-init-line", "Running module x failed");
  private static final Reason IGNORED = Reason.of("user-data-ignored", "Unhandled non-multipart");
  private static final UserData.Keys NO_KEYS = new UserData.Keys(List.of(), false);

  /** What is known, beginning with a boot of which nothing bad is. */
  private record Known(
      End end,
      List<CloudInitError> errors,
      List<Reason> reported,
      Map<String, List<String>> recoverable,
      List<Reason> decisive,
      List<Reason> ignored,
      UserData.Keys keys,
      boolean previousInterrupted) {
    static Known nothingBad(End end) {
      return new Known(end, List.of(), List.of(), Map.of(), List.of(), List.of(), NO_KEYS, false);
    }

    Known withErrors() {
      return new Known(
          end, List.of(ERROR), reported, recoverable, decisive, ignored, keys, previousInterrupted);
    }

    Known withReported() {
      return new Known(
          end, errors, List.of(LINE), recoverable, decisive, ignored, keys, previousInterrupted);
    }

    Known withRecoverable() {
      return new Known(
          end,
          errors,
          reported,
          Map.of("WARNING", List.of("one", "two")),
          decisive,
          ignored,
          keys,
          previousInterrupted);
    }

    Known withDecisive() {
      return new Known(
          end, errors, reported, recoverable, List.of(MARKER), ignored, keys, previousInterrupted);
    }

    Known withIgnored() {
      return new Known(
          end,
          errors,
          reported,
          recoverable,
          decisive,
          List.of(IGNORED),
          keys,
          previousInterrupted);
    }

    Known withKeys(boolean noneKnown) {
      return new Known(
          end,
          errors,
          reported,
          recoverable,
          decisive,
          ignored,
          new UserData.Keys(List.of("runcmds"), noneKnown),
          previousInterrupted);
    }

    Known afterInterruptedBoot() {
      return new Known(end, errors, reported, recoverable, decisive, ignored, keys, true);
    }

    VerdictPolicy.Judgement judge() {
      return VerdictPolicy.judge(
          new Situation(
              end,
              end == End.INTERRUPTED ? Optional.of(Interruption.SPOT) : Optional.empty(),
              errors,
              reported,
              recoverable,
              decisive,
              ignored,
              keys,
              previousInterrupted));
    }

    List<String> codes() {
      return judge().reasons().stream().map(Reason::code).toList();
    }
  }

  static Stream<Arguments> rows() {
    Known finished = Known.nothingBad(End.FINISHED);
    return Stream.of(
        row("it ended", finished, Verdict.SUCCESS, false),
        row("recoverable errors only", finished.withRecoverable(), Verdict.DEGRADED, false),
        row("errors", finished.withErrors(), Verdict.FAIL, false),
        row("own line", finished.withReported(), Verdict.FAIL, false),
        row("decisive", finished.withDecisive(), Verdict.FAIL, true),
        row("decisive and errors", finished.withDecisive().withErrors(), Verdict.FAIL, false),
        row(
            "decisive beats degraded",
            finished.withDecisive().withRecoverable(),
            Verdict.FAIL,
            true),
        row("dropped user data", finished.withIgnored(), Verdict.FAIL, true),
        row("no key known", finished.withKeys(true), Verdict.FAIL, true),
        row("a key unknown", finished.withKeys(false), Verdict.SUCCESS, false),
        row("after an interrupted boot", finished.afterInterruptedBoot(), Verdict.SUCCESS, false),
        row("died", Known.nothingBad(End.DIED), Verdict.FAIL, true),
        row("died with errors", Known.nothingBad(End.DIED).withErrors(), Verdict.FAIL, false),
        row("deadline", Known.nothingBad(End.DEADLINE), Verdict.TIMEOUT, false),
        row(
            "deadline with warnings",
            Known.nothingBad(End.DEADLINE).withRecoverable(),
            Verdict.TIMEOUT,
            false),
        row("going down", Known.nothingBad(End.INTERRUPTED), Verdict.INTERRUPTED, false),
        row("the log just ends", Known.nothingBad(End.OPEN), Verdict.UNFINISHED, false));
  }

  private static Arguments row(String situation, Known known, Verdict verdict, boolean silent) {
    return Arguments.of(situation, known, verdict, silent);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("rows")
  void judge_followsTheTable(String situation, Known known, Verdict verdict, boolean silent) {
    assertEquals(verdict, known.judge().verdict(), situation);
    assertEquals(silent, known.judge().silent(), situation);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void judge_callsSomethingDecisiveAFailureHoweverTheBootEnds(End end) {
    assertEquals(Verdict.FAIL, Known.nothingBad(end).withDecisive().judge().verdict());
    assertEquals(Verdict.FAIL, Known.nothingBad(end).withErrors().judge().verdict());
    assertEquals(Verdict.FAIL, Known.nothingBad(end).withIgnored().judge().verdict());
  }

  @Test
  void judge_givesNoReasonForASuccess() {
    assertEquals(List.of(), Known.nothingBad(End.FINISHED).codes());
  }

  @Test
  void judge_tellsAllReasonsTheWeightiestFirst() {
    Known all =
        Known.nothingBad(End.DEADLINE)
            .withRecoverable()
            .withKeys(false)
            .withErrors()
            .withIgnored()
            .withDecisive()
            .afterInterruptedBoot();

    assertEquals(
        List.of(
            "marker",
            "user-data-ignored",
            "cloud-init-error",
            "unknown-keys",
            "timeout",
            "recoverable-errors",
            "previous-boot-interrupted"),
        all.codes());
  }

  @Test
  void judge_namesModuleAndScriptOfAnError() {
    Reason reason = Known.nothingBad(End.FINISHED).withErrors().judge().reasons().get(0);

    assertEquals("scripts-user", reason.module());
    assertEquals("part-001", reason.script());
  }

  @Test
  void judge_namesWhyTheMachineWentDown() {
    Reason reason = Known.nothingBad(End.INTERRUPTED).judge().reasons().get(0);

    assertEquals("interrupted", reason.code());
    assertTrue(reason.text().endsWith("spot"), reason.text());
  }
}
