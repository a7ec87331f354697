package dev.bosky.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * Rules by name, each an event pattern as in AWS, matched by AWS's own rule engine. Immutable; any
 * thread.
 */
public final class RuleSet {
  /** No rules. */
  public static final RuleSet NONE = new RuleSet(Map.of(), Machine.builder().build());

  private static final String SUFFIX = ".json";

  private final List<String> names;
  private final Machine machine;

  private RuleSet(Map<String, String> patterns, Machine machine) {
    this.names = List.copyOf(patterns.keySet());
    this.machine = machine;
  }

  /**
   * Makes rules of patterns.
   *
   * @param patterns JSON texts by rule name
   * @throws RuleException if one is no event pattern
   */
  public static RuleSet of(Map<String, String> patterns) throws RuleException {
    Machine machine = Machine.builder().build();
    for (Map.Entry<String, String> rule : patterns.entrySet()) {
      add(machine, rule.getKey(), rule.getKey(), rule.getValue());
    }
    return new RuleSet(patterns, machine);
  }

  /**
   * Reads rule files: one pattern each, the rule's name is the file's without {@code .json}.
   *
   * @param places files, and folders whose {@code *.json} files are meant
   * @throws RuleException if a file is no event pattern, a folder has none, or two have one name
   */
  public static RuleSet load(List<Path> places) throws IOException {
    Machine machine = Machine.builder().build();
    Map<String, String> patterns = new LinkedHashMap<>();
    for (Path file : files(places)) {
      String fileName = file.getFileName().toString();
      String name =
          fileName.endsWith(SUFFIX)
              ? fileName.substring(0, fileName.length() - SUFFIX.length())
              : fileName;
      String pattern = Files.readString(file);
      if (patterns.put(name, pattern) != null) {
        throw new RuleException(file + ": there is another rule named '" + name + "'");
      }
      add(machine, name, file.toString(), pattern);
    }
    return new RuleSet(patterns, machine);
  }

  private static List<Path> files(List<Path> places) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        files.add(place);
        continue;
      }
      try (Stream<Path> inside = Files.list(place)) {
        List<Path> found = inside.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
        if (found.isEmpty()) {
          throw new RuleException(place + ": expected rule files *.json, found none");
        }
        files.addAll(found);
      }
    }
    return files;
  }

  private static void add(Machine machine, String name, String where, String pattern)
      throws RuleException {
    String wrong = JsonRuleCompiler.check(pattern);
    if (wrong != null) {
      throw RuleException.at(where, wrong);
    }
    try {
      machine.addRule(name, pattern);
    } catch (IOException e) {
      throw RuleException.at(where, e.getMessage());
    }
  }

  /** The rules' names, in the order given. */
  public List<String> names() {
    return names;
  }

  /** The names of the rules that the event meets, in the order given. */
  List<String> match(JsonNode event) {
    List<String> met = machine.rulesForJSONEvent(event);
    return names.stream().filter(met::contains).toList();
  }
}
