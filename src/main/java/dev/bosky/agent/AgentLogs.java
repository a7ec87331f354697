package dev.bosky.agent;

import dev.bosky.boot.OutputLogs;
import dev.bosky.boot.UserData;
import dev.bosky.match.Marker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where cloud-init's logs and documents are, and what they are called in events and patterns.
 *
 * <p>Followed are cloud-init's two logs at their usual places, what {@code output:} names in its
 * configuration and in the user data, {@code /var/log/user-data.log}, and the files to which the
 * user data's scripts send all their words with {@code exec}. Logs named by option stand in for all
 * of these. Those that pattern files name are followed besides, for their markers alone.
 */
final class AgentLogs {
  private final AgentSettings settings;
  private final UserData userData;

  /**
   * @param userData tells the scripts
   */
  AgentLogs(AgentSettings settings, UserData userData) {
    this.settings = settings;
    this.userData = userData;
  }

  Path result() {
    return settings.result().orElse(at("run/cloud-init/result.json"));
  }

  Path status() {
    return settings.statusFile().orElse(at("run/cloud-init/status.json"));
  }

  /** Where the last boot's document still is until this boot's cloud-init begins. */
  Path lastResult() {
    return settings.result().orElse(data("result.json"));
  }

  /** Likewise. */
  Path lastStatus() {
    return settings.statusFile().orElse(data("status.json"));
  }

  /** A file in the folder that the links in {@code /run} point into: changes are seen there. */
  Path data(String name) {
    return at("var/lib/cloud/data").resolve(name);
  }

  private Path at(String path) {
    return settings.root().resolve(path);
  }

  /** The logs to follow from the start, by name; the first that was named is the output log. */
  Map<String, Path> first() {
    Map<String, Path> paths = new LinkedHashMap<>();
    if (settings.logs().isEmpty()) {
      paths.put(Marker.OUTPUT, at("var/log/cloud-init-output.log"));
      paths.put(Marker.CLOUD_INIT, at("var/log/cloud-init.log"));
      found().forEach(path -> paths.put(path.toString(), path));
    }
    for (Path log : settings.logs()) {
      paths.put(paths.isEmpty() ? Marker.OUTPUT : name(log), log);
    }
    return paths;
  }

  private static String name(Path log) {
    return log.endsWith("cloud-init.log") ? Marker.CLOUD_INIT : log.toString();
  }

  /** Further logs, as far as the machine tells of them by now; none if the user named the logs. */
  Set<Path> found() {
    Set<Path> paths = new LinkedHashSet<>();
    if (settings.logs().isEmpty()) {
      paths.add(at("var/log/user-data.log"));
      paths.addAll(
          OutputLogs.configured(at("etc/cloud"), at("var/lib/cloud/instance/cloud-config.txt")));
      userData.scripts().map(OutputLogs::ofScripts).ifPresent(paths::addAll);
    }
    return paths;
  }

  /** The file that cloud-init said its output goes to; empty if the user named the logs. */
  Optional<Path> announced(Path path) {
    return settings.logs().isEmpty() ? Optional.of(path) : Optional.empty();
  }

  /**
   * The file of a log that was followed before, by its name; empty if it is not to be followed any
   * more.
   */
  Optional<Path> before(String name) {
    return settings.logs().isEmpty() && name.startsWith("/")
        ? Optional.of(Path.of(name))
        : Optional.empty();
  }

  /** What to watch for changes, besides the logs. */
  List<Path> documents() {
    return List.of(result(), status(), data("result.json"));
  }

  /**
   * The logs known from the start: by default, by what the machine says, and from before.
   *
   * @param further those for markers alone: what a marker needs is the log from now on
   */
  Map<String, Path> known(Optional<Checkpoint> kept, Set<Path> further) {
    Map<String, Path> paths = first();
    Set<String> names = new LinkedHashSet<>(kept.map(Checkpoint::logs).orElse(Map.of()).keySet());
    further.forEach(path -> names.remove(path.toString()));
    names.forEach(name -> before(name).ifPresent(path -> paths.putIfAbsent(name, path)));
    return paths;
  }
}
