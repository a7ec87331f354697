package dev.bosky.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shell script does about a command of its own that fails: whether it looks at it ({@code
 * if}, {@code ||}, a loop that tries again, {@code $?}), stops at it ({@code set -e}), or goes on.
 *
 * <p>A heuristic that reads lines, not a shell's grammar. What it cannot place (text in quotes over
 * several lines, a command that only another script calls, another language) is {@link
 * Fate#UNKNOWN}.
 */
final class Guards {
  /** What becomes of a failing command. */
  enum Fate {
    /** The script goes on as if nothing was. */
    IGNORED,
    /** The script has a branch for it. */
    GUARDED,
    /** Neither is certain. */
    UNKNOWN
  }

  private static final Pattern SAYS =
      Pattern.compile("(?:/\\S*/)?([A-Za-z][\\w.+-]*)(?:\\[\\d+\\])?: ");

  /** What the shell complains of, behind the script's name and the line's number. */
  private static final Pattern SHELL_SAYS =
      Pattern.compile("^\\S+: (?:line )?\\d+: (?:\\S+: )??([^:\\s]+): ");

  private static final Pattern GUARD =
      Pattern.compile(
          "\\|\\||\\$\\?|PIPESTATUS|&&.*\\b(?:break|exit|return|continue)\\b"
              + "|(?:^|[;&|({]\\s*|\\s)(?:if|elif|while|until|!)\\s"
              + "|(?:^|\\s)\\w*(?:retry|retries|attempt|tries)\\w*\\s");

  /** The value is what counts, and is looked at later, if at all. */
  private static final Pattern TAKES_OUTPUT = Pattern.compile("\\w=['\"]?(?:\\$\\(|`)");

  private static final Pattern TEST = Pattern.compile("(?:if|elif|while|until|case|test)\\s|\\[");

  /** A condition that has not ended yet. */
  private static final Pattern IN_CONDITION =
      Pattern.compile("(?:^|[;&|({\\s])(?:if|elif|while|until|!)\\s(?!.*\\b(?:then|do)\\b)");

  private static final Set<String> KEYWORDS =
      Set.of(
          "if", "then", "else", "elif", "do", "while", "until", "test", "echo", "exit", "command",
          "sudo");
  private static final Pattern LOOP = Pattern.compile("(?:^|;\\s*)(?:for|while|until|select)\\s");
  private static final Pattern DONE = Pattern.compile("(?:^|;\\s*)done\\b");
  private static final Pattern FUNCTION =
      Pattern.compile("^(?:function\\s+([\\w-]+)\\s*(?:\\(\\))?|([\\w-]+)\\s*\\(\\))\\s*\\{?\\s*$");
  private static final Pattern END_OF_BLOCK = Pattern.compile("^[})](?:\\s|$)");
  private static final Pattern TRAP = Pattern.compile("^trap\\b.*\\b(?:ERR|EXIT)\\b");
  private static final Pattern BACKGROUND = Pattern.compile("(?<![&|>])&$");

  /** Takes up the status of what runs in the background. */
  private static final Pattern WAITS_FOR = Pattern.compile("\\bwait\\s+(?:-|\\$|[\"'%\\d])");

  /**
   * One command of the script.
   *
   * @param looked whether the script may look at how it ended
   * @param branches whether the script surely has a branch for its failure
   * @param piped whether it stands in a function or a block that pipes into something else
   */
  private record Code(int number, String text, boolean looked, boolean branches, boolean piped) {}

  private final boolean stops;
  private final boolean waits;
  private final boolean pipefail;
  private final List<Code> code = new ArrayList<>();

  Guards(Script script) {
    List<Script.Command> lines = script.isShell() ? script.commands() : List.of();
    stops = script.stopsAtFailure();
    waits = lines.stream().anyMatch(line -> WAITS_FOR.matcher(line.text()).find());
    pipefail = lines.stream().anyMatch(line -> line.text().contains("pipefail"));
    boolean trapped = lines.stream().anyMatch(line -> TRAP.matcher(line.text()).find());
    Deque<Integer> loops = new ArrayDeque<>();
    Deque<Integer> blocks = new ArrayDeque<>();
    Optional<String> function = Optional.empty();
    int functionStart = 0;
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      String next = i + 1 < lines.size() ? lines.get(i + 1).text() : "";
      boolean status = next.contains("$?");
      boolean looked =
          trapped
              || status
              || GUARD.matcher(text).find()
              || TAKES_OUTPUT.matcher(text).find()
              || looksAt(next, text);
      code.add(new Code(lines.get(i).number(), text, looked, status, false));
      if (LOOP.matcher(text).find()) {
        loops.push(i);
      }
      if (DONE.matcher(text).find() && !loops.isEmpty()) {
        guardLoop(loops.pop());
      }
      if (text.equals("{") || text.equals("(")) {
        blocks.push(i);
      } else if (END_OF_BLOCK.matcher(text).find() && !blocks.isEmpty()) {
        pipeFrom(blocks.pop(), isPipedOn(text, Optional.empty()));
      }
      Matcher opens = FUNCTION.matcher(text);
      if (opens.find()) {
        function = Optional.of(opens.group(1) == null ? opens.group(2) : opens.group(1));
        functionStart = i;
      } else if (text.equals("}") && function.isPresent()) {
        guardFunction(function.get(), functionStart, lines);
        function = Optional.empty();
      }
    }
  }

  /** Whether a line tests something that the line before it names: a file that it should make. */
  private static boolean looksAt(String next, String text) {
    Set<String> named = words(text);
    return TEST.matcher(next).lookingAt() && words(next).stream().anyMatch(named::contains);
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>(Arrays.asList(text.split("[\\s;&|\"'()\\[\\]]+")));
    words.removeIf(word -> word.length() < 2 || KEYWORDS.contains(word) || word.startsWith("-"));
    return words;
  }

  /** A loop that waits or leaves when it has what it wants tries again. */
  private void guardLoop(int start) {
    boolean tries =
        !code.get(start).text().matches("(?:.*;\\s*)?for\\s.*")
            || code.subList(start, code.size()).stream()
                .anyMatch(line -> line.text().matches(".*\\b(?:break|return|exit)\\b.*"));
    if (tries) {
      guardFrom(start);
    }
  }

  private void guardFunction(String name, int start, List<Script.Command> all) {
    Optional<String> quoted = Optional.of(Pattern.quote(name));
    ProgramCall calls = new ProgramCall(quoted.get());
    pipeFrom(
        start,
        all.stream()
            .filter(line -> calls.in(line.text()).isPresent())
            .anyMatch(line -> isPipedOn(line.text(), quoted)));
    Pattern call = Pattern.compile("(?<![\\w-])" + quoted.get() + "(?![\\w-])");
    boolean asked =
        all.stream()
            .filter(line -> call.matcher(line.text()).find())
            .anyMatch(line -> GUARD.matcher(line.text()).find());
    if (asked) {
      guardFrom(start);
    }
  }

  private void guardFrom(int start) {
    code.subList(start, code.size())
        .replaceAll(line -> new Code(line.number(), line.text(), true, true, line.piped()));
  }

  private void pipeFrom(int start, boolean piped) {
    code.subList(start, code.size())
        .replaceAll(
            line ->
                new Code(
                    line.number(),
                    line.text(),
                    line.looked(),
                    line.branches(),
                    line.piped() || piped));
  }

  /**
   * The program that a failure is of, as an expression for its name: the one that names itself in
   * the line, or else the one that the marker's pack is about. Empty if neither is known.
   */
  static Optional<String> programOf(Failure failure) {
    return namedIn(failure.evidence().text()).or(() -> ofPack(failure.marker()));
  }

  /** The program that names itself in what it says. */
  static Optional<String> namedIn(String words) {
    if (words.contains("Traceback (most recent call last):")) {
      return Optional.of("python[\\d.]*");
    }
    Matcher says = SAYS.matcher(words);
    return switch (says.lookingAt() ? says.group(1) : "") {
      case "E" -> Optional.of("apt(?:-get)?");
      case "fatal" -> Optional.of("git");
      case "", "ERROR", "Error", "error", "FATAL", "Fatal" -> Optional.empty();
      default -> Optional.of(Pattern.quote(says.group(1)));
    };
  }

  private static Optional<String> ofPack(String marker) {
    int slash = marker.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    return switch (marker.substring(0, slash)) {
      case "apt" -> Optional.of("apt(?:-get)?");
      case "dnf" -> Optional.of("(?:dnf|yum)");
      case "kubernetes" -> Optional.of("(?:kubectl|kubeadm|helm)");
      case "node" -> Optional.of("(?:npm|npx|node|yarn|pnpm)");
      case "pip" -> Optional.of("(?:pip|python)[\\d.]*");
      case "systemd" -> Optional.of("systemctl");
      default -> Optional.of(Pattern.quote(marker.substring(0, slash)));
    };
  }

  /** Whether the script calls that program. */
  boolean calls(String program) {
    ProgramCall calls = new ProgramCall(program);
    return code.stream().anyMatch(line -> calls.in(line.text()).isPresent());
  }

  /**
   * What becomes of the command that failed so.
   *
   * @param number the line that the shell named
   */
  Fate of(Failure failure, OptionalInt number) {
    if (number.isPresent()) {
      Matcher says = SHELL_SAYS.matcher(failure.evidence().text());
      Optional<String> named =
          says.find() ? Optional.of(Pattern.quote(says.group(1))) : Optional.empty();
      return code.stream()
          .filter(line -> line.number() <= number.getAsInt())
          .reduce((a, b) -> b)
          .map(line -> of(line, named))
          .orElse(Fate.UNKNOWN);
    }
    return programOf(failure).map(this::of).orElse(Fate.UNKNOWN);
  }

  /** What becomes of each call of that program, if it is the same for all that can be meant. */
  Fate of(String program) {
    ProgramCall calls = new ProgramCall(program);
    List<Fate> fates =
        code.stream()
            .filter(line -> calls.in(line.text()).isPresent())
            .filter(line -> !isStop(line, Optional.of(program)))
            .map(line -> of(line, Optional.of(program)))
            .distinct()
            .toList();
    return fates.size() == 1 ? fates.get(0) : Fate.UNKNOWN;
  }

  private Fate of(Code line, Optional<String> program) {
    if (line.branches() || isBranched(line.text(), program)) {
      return Fate.GUARDED;
    }
    return line.looked() || isStop(line, program) ? Fate.UNKNOWN : Fate.IGNORED;
  }

  /** Whether the script would have ended here. */
  private boolean isStop(Code line, Optional<String> program) {
    return stops
        && !line.looked()
        && (waits || !BACKGROUND.matcher(line.text()).find())
        && (pipefail || !(line.piped() || isPipedOn(line.text(), program)));
  }

  private static boolean isBranched(String text, Optional<String> program) {
    CommandTail tail = tail(text, program);
    return tail.or() || IN_CONDITION.matcher(text.substring(0, tail.start())).find();
  }

  private static boolean isPipedOn(String text, Optional<String> program) {
    return tail(text, program).pipe();
  }

  private static CommandTail tail(String text, Optional<String> program) {
    int start = program.map(name -> new ProgramCall(name).in(text).orElse(0)).orElse(0);
    return CommandTail.of(text, start);
  }
}
