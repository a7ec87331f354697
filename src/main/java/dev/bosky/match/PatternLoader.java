package dev.bosky.match;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads pattern files and tells everything that is wrong with them at once.
 *
 * <p>A file with an error is refused as a whole; the others stay in force. No file throws.
 */
public final class PatternLoader {
  /** A mistaken path to a log must not fill the memory. */
  static final int MAX_FILE_BYTES = 1_000_000;

  static final int MAX_FILES = 500;

  /** In all files together; each costs memory and, a little, time at each line. */
  static final int MAX_MARKERS = 5_000;

  /** In all files together; each is searched for in every text that goes out. */
  static final int MAX_MASKS = 200;

  private PatternLoader() {}

  /**
   * What was read.
   *
   * @param set the markers of all files without an error
   * @param problems of all files, by file and place
   * @param files the files that are in force
   */
  public record Loaded(PatternSet set, List<Problem> problems, List<PatternFile> files) {
    public Loaded {
      problems = problems.stream().sorted(Problem.BY_PLACE).toList();
      files = List.copyOf(files);
    }

    public boolean hasErrors() {
      return problems.stream().anyMatch(Problem::isError);
    }
  }

  /**
   * Reads the sources; a later one comes before an earlier one, and its markers replace those of
   * the same {@code pack/id}.
   */
  public static Loaded load(List<PatternSource> sources) {
    List<Problem> problems = new ArrayList<>();
    List<PatternFile> files = new ArrayList<>();
    for (int level = 0; level < sources.size(); level++) {
      for (Path path : files(sources.get(level), problems)) {
        boolean shipped = sources.get(level).origin() == PatternSource.Origin.SHIPPED;
        read(path, shipped, level, CompiledPacks.NONE, problems).ifPresent(files::add);
      }
    }
    return combine(files, problems);
  }

  /** Puts files together, those read first at the head; refuses what does not fit together. */
  static Loaded combine(List<PatternFile> read, List<Problem> problems) {
    List<PatternFile> files = new ArrayList<>();
    Map<String, PatternFile> packs = new HashMap<>();
    int markers = 0;
    int masks = 0;
    for (PatternFile file : read) {
      PatternFile same = packs.putIfAbsent(file.level() + "/" + file.pack(), file);
      if (same != null) {
        problems.add(
            Problem.error(
                file.place(),
                "pack",
                "a name of its own",
                "'" + file.pack() + "', which is also the pack of " + same.source(),
                "rename one of the two"));
      } else if (files.size() == MAX_FILES) {
        problems.add(tooMany(file, MAX_FILES, "files", MAX_FILES + 1));
      } else if (markers + file.markers().size() > MAX_MARKERS) {
        problems.add(tooMany(file, MAX_MARKERS, "markers", markers + file.markers().size()));
      } else if (masks + file.mask().size() > MAX_MASKS) {
        problems.add(tooMany(file, MAX_MASKS, "mask expressions", masks + file.mask().size()));
      } else {
        markers += file.markers().size();
        masks += file.mask().size();
        files.add(file);
      }
    }
    return new Loaded(PatternSet.of(files), problems, files);
  }

  private static Problem tooMany(PatternFile file, int most, String what, int found) {
    return Problem.error(
        Place.of(file.source()),
        "",
        "at most " + most + " " + what + " in all",
        found + " with this file",
        "leave out what this machine does not need");
  }

  /** The files of a source in the order of their names. */
  static List<Path> files(PatternSource source, List<Problem> problems) {
    Path path = source.path();
    if (!Files.isDirectory(path)) {
      boolean absent = source.origin() == PatternSource.Origin.SITE && Files.notExists(path);
      return absent ? List.of() : List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> named = entries.filter(PatternLoader::isPatternFile).sorted().toList();
      List<Path> files = new ArrayList<>();
      for (Path file : named) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          problems.add(
              Problem.error(
                  Place.of(file.toString()),
                  "",
                  "a file",
                  "a pipe, socket or device",
                  "remove it"));
        } else {
          files.add(file);
        }
      }
      return files;
    } catch (IOException e) {
      problems.add(unreadable(path, e));
      return List.of();
    }
  }

  private static boolean isPatternFile(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || isJson(name))
        && !Files.isDirectory(path);
  }

  /** The expected results of golden logs and the schema lie beside the files and are none. */
  private static boolean isJson(String name) {
    return name.endsWith(".json")
        && !name.endsWith(".expected.json")
        && !name.endsWith(".schema.json");
  }

  /**
   * Reads one file; empty if it has an error.
   *
   * @param compiled files that need not be parsed
   */
  static Optional<PatternFile> read(
      Path path, boolean shipped, int level, CompiledPacks compiled, List<Problem> problems) {
    if (path.toString().endsWith(".log")) {
      problems.add(
          Problem.error(
              Place.of(path.toString()),
              "",
              "a pattern file",
              "a log",
              "bosky patterns explain takes logs; a golden log runs with the pattern file beside"
                  + " it"));
      return Optional.empty();
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      problems.add(unreadable(path, e));
      return Optional.empty();
    }
    if (bytes.length > MAX_FILE_BYTES) {
      problems.add(
          Problem.error(
              Place.of(path.toString()),
              "",
              "a pattern file of at most " + MAX_FILE_BYTES + " bytes",
              "more",
              "split it by theme"));
      return Optional.empty();
    }
    Optional<PatternFile> known = compiled.find(path, bytes, level);
    if (known.isPresent()) {
      return known;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(path.toString(), text, shipped, level, problems);
    } catch (CharacterCodingException e) {
      problems.add(notUtf8(path, bytes));
      return Optional.empty();
    }
  }

  /** Reads one file's text; empty if it has an error. */
  static Optional<PatternFile> parse(
      String name, String text, boolean shipped, int level, List<Problem> problems) {
    YamlSource source = new YamlSource(name, text);
    Optional<PatternFile> file = new PatternFileReader(source, shipped, level).read();
    problems.addAll(source.problems());
    return source.problems().stream().anyMatch(Problem::isError) ? Optional.empty() : file;
  }

  private static Problem notUtf8(Path path, byte[] bytes) {
    boolean wide = bytes.length > 1 && (bytes[0] & bytes[1] & 0xfe) == 0xfe;
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer before = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8.newDecoder().decode(rest, before, true);
    String text = before.flip().toString();
    int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
    Place place = new Place(path.toString(), line, text.length() - text.lastIndexOf('\n'));
    return Problem.error(
        wide ? Place.of(path.toString()) : place,
        "",
        "UTF-8",
        wide ? "UTF-16" : String.format("the byte 0x%02X", bytes[rest.position()]),
        "save it as UTF-8");
  }

  private static Problem unreadable(Path path, IOException e) {
    return Problem.error(
        Place.of(path.toString()),
        "",
        "a file or folder that can be read",
        e instanceof NoSuchFileException
            ? "nothing there"
            : e instanceof AccessDeniedException
                ? "no permission to read it"
                : String.valueOf(e.getMessage()),
        "");
  }
}
