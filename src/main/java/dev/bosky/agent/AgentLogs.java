package dev.bosky.agent;

import dev.bosky.match.Marker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Where cloud-init's logs and documents are, and what they are called in events and patterns. */
final class AgentLogs {
  static final Path OUTPUT = Path.of("/var/log/cloud-init-output.log");

  /** What a common snippet sends a script's whole output to. */
  static final Path USER_DATA = Path.of("/var/log/user-data.log");

  static final Path CLOUD_INIT = Path.of("/var/log/cloud-init.log");
  static final Path RESULT = Path.of("/run/cloud-init/result.json");
  static final Path STATUS = Path.of("/run/cloud-init/status.json");

  /** What the links in {@code /run} point into: changes are seen there. */
  static final Path DATA = Path.of("/var/lib/cloud/data");

  private AgentLogs() {}

  /** The logs to follow by name; the first that was named is the output log. */
  static Map<String, Path> paths(AgentSettings settings) {
    Map<String, Path> paths = new LinkedHashMap<>();
    if (settings.logs().isEmpty()) {
      paths.put(Marker.OUTPUT, OUTPUT);
      paths.put(USER_DATA.toString(), USER_DATA);
      paths.put(Marker.CLOUD_INIT, CLOUD_INIT);
    }
    for (Path log : settings.logs()) {
      boolean isOutput = paths.isEmpty();
      paths.put(isOutput ? Marker.OUTPUT : name(log), log);
    }
    return paths;
  }

  private static String name(Path log) {
    return log.endsWith("cloud-init.log") ? Marker.CLOUD_INIT : log.toString();
  }

  /** The logs that hold the output of scripts: all but cloud-init's own. */
  static Set<String> outputs(Collection<String> names) {
    Set<String> outputs = new LinkedHashSet<>(names);
    outputs.remove(Marker.CLOUD_INIT);
    return outputs;
  }
}
