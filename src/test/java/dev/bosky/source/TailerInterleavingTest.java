package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.testing.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rotation whose steps fall between any two of the tailer's own: every pair of moments is tried,
 * in turn. What a scheduler does once in a hundred thousand looks is here done each time.
 */
class TailerInterleavingTest {
  /** Fewer say that the others' work does not come in between any more. */
  private static final int FEWEST_MOMENTS = 50;

  private static final Set<When> NOTHING_READ =
      EnumSet.of(When.BEGINNING, When.AT_AN_EMPTY_LOG, When.RESTARTED_AT_AN_EMPTY_LOG);

  @TempDir Path folder;

  /** One who rotates: two steps, with what is written between and after them. */
  enum Way {
    COPYTRUNCATE(
        writer -> writer.copy("log.1"),
        writer -> writer.truncate().lines("new"),
        List.of("BOOT", "two", "three", "new", "last")),
    COPYTRUNCATE_TWICE(
        writer -> writer.copyTruncate("log.2").lines("new"),
        writer -> writer.copyTruncate("log.1").lines("newer"),
        List.of("BOOT", "two", "three", "new", "newer", "last")),
    RENAME(
        writer -> writer.rename("log.1").lines("late"),
        writer -> writer.reopen().lines("new"),
        List.of("BOOT", "two", "three", "late", "new", "last")),
    RENAME_TWICE(
        writer -> writer.rotate("log.2").lines("new"),
        writer -> writer.rotate("log.1").lines("newer"),
        List.of("BOOT", "two", "three", "new", "newer", "last"));

    private final Consumer<LogWriter> first;
    private final Consumer<LogWriter> second;
    private final List<String> written;

    Way(Consumer<LogWriter> first, Consumer<LogWriter> second, List<String> written) {
      this.first = first;
      this.second = second;
      this.written = written;
    }
  }

  /** What the tailer is at when it is disturbed. */
  enum When {
    BEGINNING,
    /** Nothing was read yet of what stands under the log's name. */
    AT_AN_EMPTY_LOG,
    GOING_ON,
    RESTARTED,
    /** A killed one: it reads again what it read since its position was stored. */
    RESTARTED_BEFORE,
    RESTARTED_AT_AN_EMPTY_LOG
  }

  @ParameterizedTest
  @MethodSource("rotations")
  void poll_givesEveryLineOnceAtWhateverMomentOneRotates(Way way, When when) throws IOException {
    int moments = 0;
    int first = 1;
    int reached = 2;
    while (reached > 0) {
      reached = run(way, when, first, first);
      int second = first + 1;
      while (reached > 0 && run(way, when, first, second) == 2) {
        second++;
        moments++;
      }
      first++;
    }
    assertTrue(moments > FEWEST_MOMENTS, "only so many: " + moments);
  }

  static Stream<Arguments> rotations() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(When.values()).map(when -> Arguments.of(way, when)));
  }

  /** Returns how many of the others' two steps fell between the tailer's own. */
  private int run(Way way, When when, int firstAt, int secondAt) throws IOException {
    Path place = Files.createTempDirectory(folder, "run");
    Path log = place.resolve("log");
    List<Runnable> toDo = new ArrayList<>();
    int[] steps = {0};
    int reached;
    try (Tail tail = new Tail(log);
        LogWriter writer = LogWriter.appending(log)) {
      toDo.add(() -> way.first.accept(writer));
      toDo.add(() -> way.second.accept(writer));
      tail.meanwhile(
          () -> {
            steps[0]++;
            while (!toDo.isEmpty() && steps[0] >= (toDo.size() == 2 ? firstAt : secondAt)) {
              toDo.remove(0).run();
            }
          });
      steps[0] = Integer.MIN_VALUE;
      tail.start(TailPosition.NONE);
      tail.poll();
      TailPosition empty = tail.tailer().position();
      writer.lines("BOOT", "two");
      if (when != When.AT_AN_EMPTY_LOG) {
        tail.poll();
      }
      TailPosition stored = tail.tailer().position();
      writer.lines("three");
      switch (when) {
        case BEGINNING -> {
          tail.lines.clear();
          tail.start(TailPosition.NONE);
        }
        case AT_AN_EMPTY_LOG, GOING_ON -> {}
        case RESTARTED -> tail.start(stored);
        case RESTARTED_BEFORE -> {
          tail.poll();
          tail.lines.remove(2);
          tail.start(stored);
        }
        case RESTARTED_AT_AN_EMPTY_LOG -> {
          tail.lines.clear();
          tail.start(empty);
        }
      }
      steps[0] = 0;
      tail.poll();
      reached = 2 - toDo.size();
      steps[0] = Integer.MIN_VALUE;
      toDo.forEach(Runnable::run);
      toDo.clear();
      tail.poll();
      writer.lines("last");
      tail.poll();
      tail.restart();
      tail.poll();

      String moment = "steps at " + firstAt + " and " + secondAt;
      List<String> given = new ArrayList<>(tail.texts());
      if (way == Way.COPYTRUNCATE_TWICE || NOTHING_READ.contains(when)) {
        // Emptied between the look at it and its reading, with a copy that nobody waited for yet.
        given.sort(Comparator.comparing(way.written::indexOf));
      }
      assertEquals(way.written, given, moment);
      assertEquals(List.of(), tail.notices, moment);
      assertEquals(way.written.size(), new HashSet<>(tail.places()).size(), moment);
    }
    return reached;
  }
}
