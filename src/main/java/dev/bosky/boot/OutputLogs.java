package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the files in which a boot's words can be read: those that {@code output:} names in
 * cloud-init's configuration, and those to which the user data's scripts send theirs.
 *
 * <pre>
 *   output: {all: '| tee -a /var/log/cloud-init-output.log'}
 *   output: {init: {output: '{@literal >} /var/log/i.log', error: '&amp;1'}, final: ['{@literal >>} /var/log/o', '{@literal >>} /var/log/e']}
 *   exec {@literal > >}(tee /var/log/user-data.log | logger -t user-data -s 2{@literal >}/dev/console) 2{@literal >}&amp;1
 * </pre>
 */
public final class OutputLogs {
  /** The names by which {@code output:} speaks of stages; the first two stages share one. */
  private static final List<String> MODES = List.of("init", "config", "final", "all");

  private static final int MAX_FILE_BYTES = 1 << 20;

  private static final Pattern EXEC =
      Pattern.compile("^\\s*(?:set\\s[^;]*;\\s*)?exec\\s+(?:\\d?>|&>)(.*)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "^\\s*(?:export\\s+|readonly\\s+)?(\\w+)=(?:\"([^\"$]*)\"|'([^']*)'|([^\\s\"'$;]+))");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)\\}?");

  private OutputLogs() {}

  /**
   * The files that {@code output:} names, in the order of the stages.
   *
   * @param etc {@code /etc/cloud}
   * @param userConfig the user data's merged cloud-config ({@code
   *     /var/lib/cloud/instance/cloud-config.txt}), which goes before {@code etc}; what cannot be
   *     read is left out
   */
  public static List<Path> configured(Path etc, Path userConfig) {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    List<Path> sources = new ArrayList<>(List.of(etc.resolve("cloud.cfg")));
    sources.addAll(sorted(etc.resolve("cloud.cfg.d")));
    sources.add(userConfig);
    for (Path source : sources) {
      if (text(source).path("output") instanceof ObjectNode more) {
        output.setAll(more);
      }
    }
    Set<Path> files = new LinkedHashSet<>();
    for (String mode : MODES) {
      for (OutputTarget target : targets(output.path(mode)).values()) {
        files.addAll(target.files());
      }
    }
    return List.copyOf(files);
  }

  /** Standard output and error of one stage, by {@code output} and {@code error}. */
  private static Map<String, OutputTarget> targets(JsonNode setting) {
    Map<String, OutputTarget> targets = new LinkedHashMap<>();
    if (setting.isTextual()) {
      targets.put("output", new OutputTarget(setting.asText()));
    } else if (setting.isArray()) {
      targets.put("output", new OutputTarget(setting.path(0).asText("")));
      targets.put("error", new OutputTarget(setting.path(1).asText("")));
    } else {
      setting
          .properties()
          .forEach(e -> targets.put(e.getKey(), new OutputTarget(e.getValue().asText(""))));
    }
    return targets;
  }

  private static List<Path> sorted(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.cfg")) {
      entries.forEach(files::add);
    } catch (IOException e) {
      return List.of();
    }
    files.sort(null);
    return files;
  }

  private static JsonNode text(Path file) {
    try (var in = Files.newInputStream(file)) {
      return CloudConfigYaml.read(new String(in.readNBytes(MAX_FILE_BYTES), UTF_8));
    } catch (IOException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /**
   * The files to which shell scripts send all of their output with {@code exec}. Variables count
   * where the script sets them to a plain text before.
   */
  public static List<Path> ofScripts(List<Script> scripts) {
    Set<Path> files = new LinkedHashSet<>();
    for (Script script : scripts) {
      Map<String, String> variables = new HashMap<>();
      for (String line : script.lines()) {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (assignment.find()) {
          variables.put(assignment.group(1), value(assignment));
        }
        Matcher exec = EXEC.matcher(line);
        if (exec.find()) {
          String target = expand(exec.group(1), variables);
          boolean toCommand = target.stripLeading().startsWith(">(");
          files.addAll(
              new OutputTarget(toCommand ? "|" + target.strip().substring(2) : "|cat >" + target)
                  .files());
        }
      }
    }
    return List.copyOf(files);
  }

  private static String value(Matcher assignment) {
    for (int group = 2; group <= 4; group++) {
      if (assignment.group(group) != null) {
        return assignment.group(group);
      }
    }
    return "";
  }

  private static String expand(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(variables.getOrDefault(m.group(1), "")));
  }
}
