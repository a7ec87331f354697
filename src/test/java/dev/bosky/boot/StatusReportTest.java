package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReportTest {
  private static StatusReport of(String json) throws IOException {
    return StatusReport.of(new ObjectMapper().readTree(json), UnaryOperator.identity());
  }

  @Test
  void of_readsSecondsSince1970AsUpTo24_1() throws IOException {
    StatusReport report =
        of(
            """
            {"v1": {"datasource": null, "stage": "modules-final",
              "init-local": {"errors": [], "start": 1795343600.5, "finished": 1795343601.0},
              "modules-init": {"errors": [], "start": null, "finished": null},
              "modules-final": {"errors": ["('x', E('y'))"], "start": 1795343610.0, "finished": null}}}
            """);

    assertEquals(Optional.of(Stage.MODULES_FINAL), report.running());
    assertEquals(1, report.errors().size());
    assertEquals(OptionalDouble.empty(), report.durationSeconds());
    assertEquals(Optional.of(Stage.INIT_LOCAL), report.lastEnded());
  }

  @Test
  void of_readsUptimesAsFrom24_2() throws IOException {
    StatusReport report =
        of(
            """
            {"v1": {"stage": null,
              "init": {"errors": [], "recoverable_errors": {"WARNING": ["w", "Stdout, stderr changing to (>> /var/log/a.log, &1)"], "ERROR": []}, "start": 4.5, "finished": 6.0},
              "modules-final": {"errors": [], "recoverable_errors": {"WARNING": ["v"]}, "start": 8.0, "finished": 20.5}}}
            """);

    assertEquals(16.0, report.durationSeconds().orElseThrow(), 0.001);
    assertEquals(Map.of("WARNING", List.of("w", "v")), report.recoverableErrors());
  }

  /** 23.4 to 24.1: recoverable errors, and seconds since 1970. */
  @Test
  void of_readsRecoverableErrorsAsIn23_4() throws IOException {
    StatusReport report =
        of(
            """
            {"v1": {"stage": null,
              "init-local": {"errors": [], "recoverable_errors": {"DEPRECATED": ["d"]}, "start": 1795343600.5, "finished": 1795343601.0},
              "modules-final": {"errors": [], "recoverable_errors": {"WARNING": ["v"], "ERROR": ["e"]}, "start": 1795343610.0, "finished": 1795343616.75}}}
            """);

    assertEquals(16.25, report.durationSeconds().orElseThrow(), 0.001);
    assertEquals(
        Map.of("DEPRECATED", List.of("d"), "WARNING", List.of("v"), "ERROR", List.of("e")),
        report.recoverableErrors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"v1\": null}",
        "{\"v1\": {\"errors\": \"text\", \"stage\": 7, \"init\": []}}",
        "{\"v1\": {\"init\": {\"start\": \"x\", \"errors\": null, \"recoverable_errors\": []}}}"
      })
  void of_takesWhatIsOfAnotherShape(String json) throws IOException {
    assertEquals(StatusReport.NONE, of(json));
  }

  @Test
  void toJson_isReadBack() throws IOException {
    StatusReport report =
        of(
            """
            {"v1": {"stage": "init", "errors": ["('x', E('y'))"],
              "init": {"recoverable_errors": {"WARNING": ["w"]}, "start": 4.5}}}
            """);

    assertEquals(report, of(report.toJson().toString()));
  }
}
