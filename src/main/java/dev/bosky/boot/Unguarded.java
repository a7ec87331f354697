package dev.bosky.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which commands of a shell script may fail without the script looking at it: no {@code if}, no
 * {@code ||}, no loop that tries again, no {@code $?}.
 *
 * <p>A heuristic that reads lines, not a shell's grammar, and prefers to say that a command is
 * guarded: what it cannot place (text in quotes over several lines, a command that only another
 * script calls) is. For scripts that go on after a failure; the others have handled theirs.
 */
final class Unguarded {
  /** Before a command's name: the beginning, a separator, a keyword, a command that runs others. */
  private static final String BEFORE_NAME =
      "(?:^|[;&|({`]|\\$\\()\\s*"
          + "(?:(?:then|do|else|if|elif|while|until|!|sudo|env|exec|nohup|time|timeout\\s+\\S+"
          + "|\\w*(?:retry|attempt)\\w*(?:\\s+\\d+)*)\\s+)*(?:-\\S+\\s+|\\w+=\\S*\\s+)*"
          + "['\"]?(?:/\\S*/)?";

  private static final Pattern SAYS =
      Pattern.compile("(?:/\\S*/)?([A-Za-z][\\w.+-]*)(?:\\[\\d+\\])?: ");

  private static final Pattern GUARD =
      Pattern.compile(
          "\\|\\||\\$\\?|PIPESTATUS|&&.*\\b(?:break|exit|return|continue)\\b"
              + "|(?:^|[;&|({]\\s*|\\s)(?:if|elif|while|until|!)\\s"
              + "|(?:^|\\s)\\w*(?:retry|retries|attempt|tries)\\w*\\s");

  /** The value is what counts, and is looked at later, if at all. */
  private static final Pattern TAKES_OUTPUT = Pattern.compile("\\w=['\"]?(?:\\$\\(|`)");

  private static final Pattern TEST = Pattern.compile("(?:if|elif|while|until|case|test)\\s|\\[");

  private static final Set<String> KEYWORDS =
      Set.of(
          "if", "then", "else", "elif", "do", "while", "until", "test", "echo", "exit", "command",
          "sudo");
  private static final Pattern LOOP = Pattern.compile("(?:^|;\\s*)(?:for|while|until|select)\\s");
  private static final Pattern DONE = Pattern.compile("(?:^|;\\s*)done\\b");
  private static final Pattern FUNCTION =
      Pattern.compile("^(?:function\\s+([\\w-]+)\\s*(?:\\(\\))?|([\\w-]+)\\s*\\(\\))\\s*\\{?\\s*$");
  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*['\"\\\\]?(\\w+)['\"]?");
  private static final Pattern TRAP = Pattern.compile("^trap\\b.*\\b(?:ERR|EXIT)\\b");

  /** One line of the script that holds a command. */
  private record Code(int number, String text, boolean guarded) {}

  private final List<Code> code = new ArrayList<>();

  Unguarded(Script script) {
    List<Code> lines = commands(script.lines());
    boolean trapped = lines.stream().anyMatch(line -> TRAP.matcher(line.text()).find());
    Deque<Integer> loops = new ArrayDeque<>();
    Optional<String> function = Optional.empty();
    int functionStart = 0;
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      String next = i + 1 < lines.size() ? lines.get(i + 1).text() : "";
      boolean guarded =
          trapped
              || GUARD.matcher(text).find()
              || TAKES_OUTPUT.matcher(text).find()
              || next.contains("$?")
              || looksAt(next, text);
      code.add(new Code(lines.get(i).number(), text, guarded));
      if (LOOP.matcher(text).find()) {
        loops.push(i);
      }
      if (DONE.matcher(text).find() && !loops.isEmpty()) {
        guardLoop(loops.pop());
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

  /** Whether that line, from 1, is a command that nothing guards. */
  boolean at(int number) {
    Optional<Code> last = code.stream().filter(line -> line.number() <= number).reduce((a, b) -> b);
    return last.filter(line -> !line.guarded()).isPresent();
  }

  /**
   * The program that a complaint is of, as an expression for its name; empty if it does not say.
   */
  static Optional<String> programOf(String words) {
    if (words.contains("Traceback (most recent call last):")) {
      return Optional.of("python[\\d.]*");
    }
    Matcher says = SAYS.matcher(words);
    if (!says.lookingAt()) {
      return Optional.empty();
    }
    return switch (says.group(1)) {
      case "E" -> Optional.of("apt(?:-get)?");
      case "fatal" -> Optional.of("git");
      default -> Optional.of(Pattern.quote(says.group(1)));
    };
  }

  /** Whether the script calls that program. */
  boolean calls(String program) {
    return !callsOf(program).isEmpty();
  }

  /** Whether no call of that program is guarded. */
  boolean everyCallOf(String program) {
    return callsOf(program).stream().noneMatch(Code::guarded);
  }

  private List<Code> callsOf(String program) {
    Predicate<String> calls =
        Pattern.compile(BEFORE_NAME + program + "['\"]?(?=[\\s;)|&`]|$)").asPredicate();
    return code.stream().filter(line -> calls.test(line.text())).toList();
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

  private void guardFunction(String name, int start, List<Code> all) {
    Pattern call = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
    boolean asked =
        all.stream()
            .filter(line -> call.matcher(line.text()).find())
            .anyMatch(line -> GUARD.matcher(line.text()).find());
    if (asked) {
      guardFrom(start);
    }
  }

  private void guardFrom(int start) {
    code.subList(start, code.size()).replaceAll(line -> new Code(line.number(), line.text(), true));
  }

  /** The lines with commands: continued lines as one, without comments and here-documents. */
  private static List<Code> commands(List<String> lines) {
    List<Code> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      StringBuilder text = new StringBuilder(lines.get(i).strip());
      while (text.length() > 0 && text.charAt(text.length() - 1) == '\\' && i + 1 < lines.size()) {
        text.setCharAt(text.length() - 1, ' ');
        text.append(lines.get(++i).strip());
      }
      if (text.length() == 0 || text.charAt(0) == '#') {
        continue;
      }
      commands.add(new Code(number, text.toString(), false));
      Matcher here = HERE_DOCUMENT.matcher(text);
      if (here.find() && text.indexOf("<<<") < 0) {
        while (i + 1 < lines.size() && !lines.get(++i).strip().equals(here.group(1))) {
          // The document is somebody's input.
        }
      }
    }
    return commands;
  }
}
