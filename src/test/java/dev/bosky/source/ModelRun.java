package dev.bosky.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.source.ModelStream.Line;
import dev.bosky.source.ModelStream.Progress;
import dev.bosky.source.ModelStream.Where;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** One random sequence, done to files and to the model at once. */
final class ModelRun implements Closeable {
  private final Random random;
  private final long seed;
  private final ModelFiles files;
  private final Tail tail;
  private final List<String> done = new ArrayList<>();

  private final List<Line> expected = new ArrayList<>();
  private int counter;
  private int quiets;
  private boolean copiedSincePoll;

  /** False until a first look, which also holds empty files beside the log. */
  private boolean begun;

  private Stored stored = new Stored(TailPosition.NONE, Map.of(), Map.of());
  private boolean lateSinceStored;

  /** Each line given, by the place that its event's id is made of. */
  private Map<String, String> places = new HashMap<>();

  /** What a crash falls back to. */
  private record Stored(
      TailPosition position, Map<ModelStream, Progress> progress, Map<String, String> places) {}

  ModelRun(Path folder, long seed) {
    this.seed = seed;
    random = new Random(seed);
    files = new ModelFiles(folder, random.nextBoolean());
    tail =
        new Tail(files.log())
            .with(new TailLimits(ModelStream.MAX_LINE_BYTES, 300, Duration.ofSeconds(10), 8));
    if (random.nextBoolean()) {
      poll();
    }
    open();
  }

  void step() {
    int choice = random.nextInt(100);
    if (choice < 30) {
      write(randomLines());
    } else if (choice < 40) {
      write("half " + counter++ + ",");
    } else if (choice < 60) {
      poll();
    } else if (choice < 66) {
      restart();
    } else if (choice < 70) {
      crash();
    } else if (choice < 74) {
      quiet();
    } else if (choice < 80) {
      rotate();
    } else if (choice < 84) {
      rename();
    } else if (choice < 88) {
      open();
    } else if (choice < 93) {
      copyTruncate();
    } else if (choice < 95) {
      truncate();
    } else if (choice < 98) {
      delete();
    } else {
      writeLate();
    }
  }

  void poll() {
    note("poll");
    int from = expected.size();
    expectFrom(files.streams().stream().filter(s -> s.where == Where.EMPTIED));
    expectFrom(files.streams().stream().filter(s -> s.where != Where.EMPTIED));
    tail.poll();
    copiedSincePoll = false;
    begun = true;
    compare(from);
    if (random.nextInt(3) == 0) {
      note("store");
      stored = new Stored(tail.tailer().position(), progress(), new HashMap<>(places));
      lateSinceStored = false;
    }
  }

  private void expectFrom(Stream<ModelStream> some) {
    some.filter(ModelStream::isReachable)
        .filter(s -> s.isSeen() || s == files.current() || !begun)
        .forEach(s -> expected.addAll(s.read(quiets)));
  }

  private void compare(int from) {
    assertEquals(shown(expected), tail.texts(), this::story);
    for (int i = from; i < expected.size(); i++) {
      Line line = expected.get(i);
      LogLine given = tail.lines.get(i);
      assertEquals(line.offset(), given.offset(), this::story);
      assertEquals(line.cut(), given.cut(), this::story);
      String place = given.generation() + "@" + given.offset();
      assertNull(places.put(place, given.text()), () -> "twice at " + place + ": " + story());
      if (i > from) {
        int step = given.generation() - tail.lines.get(i - 1).generation();
        ModelStream before = expected.get(i - 1).stream();
        boolean inOrder = line.stream() == before ? step == 0 : step > 0;
        assertTrue(
            inOrder || before.where == Where.EMPTIED, () -> "generations out of order: " + story());
      }
    }
  }

  private static List<String> shown(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  private Map<ModelStream, Progress> progress() {
    Map<ModelStream, Progress> now = new HashMap<>();
    files.streams().forEach(s -> now.put(s, s.progress));
    return now;
  }

  /** The agent ends and begins again where it was. */
  private void restart() {
    note("restart");
    tail.restart();
    begun = !tail.tailer().position().isNone();
    files.streams().forEach(s -> s.restart(s.progress));
  }

  /** The agent ends, and begins again at what was stored: what came since is given once more. */
  private void crash() {
    if (lateSinceStored) {
      return; // Files seen since would be taken in the order of their times, which was changed.
    }
    note("crash");
    tail.start(stored.position());
    begun = !stored.position().isNone();
    files.streams().forEach(s -> s.restart(stored.progress().getOrDefault(s, Progress.NONE)));
    places = new HashMap<>(stored.places());
  }

  private void quiet() {
    note("quiet");
    quiets++;
    tail.pass(Duration.ofSeconds(10));
    poll();
  }

  private String randomLines() {
    // Two files that begin alike as far as they were read cannot be told apart.
    StringBuilder lines =
        new StringBuilder(files.written().content.isEmpty() ? "first " + counter++ : "");
    for (int i = random.nextInt(4); i >= 0; i--) {
      lines.append(
          switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "a\rb" + counter++;
            case 2 -> counter++ + "x".repeat(ModelStream.MAX_LINE_BYTES - 6 + random.nextInt(8));
            case 3 -> counter++ + "y".repeat(random.nextInt(200));
            default -> "line " + counter++;
          });
      lines.append(random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
    return lines.toString();
  }

  private void write(String text) {
    note("write " + text);
    files.write(text);
  }

  /** Another program writes into a file that was renamed long ago. */
  private void writeLate() {
    ModelStream late = files.old();
    if (late == null
        || late == files.written()
        || late.progress.read() == 0
        || late.where == Where.COPY) {
      return;
    }
    String text = "late " + counter++ + "\n";
    note("write to .2: " + text);
    files.writeLate(text);
    lateSinceStored = true;
  }

  private void rotate() {
    rename();
    open();
  }

  private void rename() {
    if (files.current() != null) {
      note("rename");
      files.rename();
    }
  }

  private void open() {
    if (files.current() == null) {
      note("open");
      files.open();
    }
  }

  private void copyTruncate() {
    if (files.current() == null) {
      return;
    }
    note("copy and truncate");
    copiedSincePoll = true;
    files.copy();
    for (int more = random.nextInt(4); more > 1; more--) {
      lookAround();
    }
    files.truncateCopied();
  }

  /** The agent looks, ends, begins again: while one that copies has not emptied yet. */
  private void lookAround() {
    switch (random.nextInt(3)) {
      case 0 -> poll();
      case 1 -> restart();
      default -> crash();
    }
  }

  private void truncate() {
    if (files.current() != null) {
      note("truncate");
      files.truncate();
    }
  }

  private void delete() {
    if (files.current() == null || copiedSincePoll) {
      return; // Copied, emptied and deleted between two polls: the order of the two is not known.
    }
    note("delete");
    files.delete();
  }

  private void note(String what) {
    done.add(what.replace("\n", "\\n").replace("\r", "\\r"));
  }

  private String story() {
    return "-Dtailer.seed=%d%n%s%n%s".formatted(seed, String.join("\n", done), tail.notices);
  }

  @Override
  public void close() {
    tail.close();
    files.close();
  }
}
