package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where one boot ends and the next begins in a saved log. */
class SeveralBootsTest {
  private static String running(String action, String time, double up) {
    return "Cloud-init v. 22.2.2 running '%s' at Sun, 22 Nov 2026 %s +0000. Up %s seconds.\n"
        .formatted(action, time, up);
  }

  private static String finished(String time, double up) {
    return "Cloud-init v. 22.2.2 finished at Sun, 22 Nov 2026 %s +0000. Datasource DataSourceEc2.  Up %s seconds\n"
        .formatted(time, up);
  }

  private static List<Verdict> verdicts(String log) {
    return Boots.replay(log).outcomes().stream().map(Outcome::verdict).toList();
  }

  @Test
  void replay_tellsBootsApartThatBeginAtInit() {
    assertEquals(
        List.of(Verdict.SUCCESS, Verdict.SUCCESS),
        verdicts(
            running("init", "12:00:10", 10)
                + running("modules:final", "12:00:20", 20)
                + finished("12:00:30", 30)
                + running("init", "12:10:10", 9)
                + finished("12:10:30", 29)));
  }

  @Test
  void replay_tellsBootsApartAlthoughTheUptimeDoesNotGoBack() {
    assertEquals(
        List.of(Verdict.INTERRUPTED, Verdict.SUCCESS),
        verdicts(
            running("init", "12:00:05", 5)
                + running("modules:config", "12:00:06", 6)
                + running("init", "12:10:10", 10)
                + finished("12:10:30", 30)));
  }

  @Test
  void replay_takesAStageRunAgainByHandForTheSameBoot() {
    assertEquals(
        List.of(Verdict.SUCCESS),
        verdicts(
            running("init-local", "12:00:10", 10)
                + running("modules:final", "12:00:20", 20)
                + finished("12:00:30", 30)
                + running("single", "13:00:00", 3600)
                + running("init-local", "13:00:10", 3610)
                + running("modules:final", "13:00:20", 3620)
                + finished("13:00:30", 3630)));
  }

  @Test
  void replay_takesAClockSetInTheMiddleForTheSameBoot() {
    assertEquals(
        List.of(Verdict.SUCCESS),
        verdicts(
            running("init-local", "09:00:10", 10)
                + running("init", "12:00:12", 12)
                + running("modules:final", "12:00:20", 20)
                + finished("12:00:30", 30)));
  }

  @Test
  void replay_takesALogThatBeginsInTheMiddle() {
    assertEquals(List.of(Verdict.SUCCESS), verdicts("words\n" + finished("12:00:30", 30)));
    assertEquals(List.of(Verdict.UNFINISHED), verdicts("words\n"));
    assertEquals(List.of(), verdicts(""));
  }

  @Test
  void replay_tellsTheTruncatedBootBeforeTheFirstBanner() {
    assertEquals(
        List.of(Verdict.SUCCESS, Verdict.SUCCESS),
        verdicts(
            "words\n"
                + finished("11:00:30", 30)
                + running("init-local", "12:00:10", 10)
                + finished("12:00:30", 30)));
  }

  @Test
  void replay_tellsAFailureInTheBootItStandsIn() {
    Boots boots = Boots.replaying(running("init-local", "12:00:10", 10) + finished("12:00:30", 30));
    boots.lines(running("init-local", "12:10:10", 10));
    boots.marker("app/boom", "boom");
    boots.lines(finished("12:10:30", 30));

    assertEquals(
        List.of(Verdict.SUCCESS, Verdict.FAIL),
        boots.end().outcomes().stream().map(Outcome::verdict).toList());
  }
}
