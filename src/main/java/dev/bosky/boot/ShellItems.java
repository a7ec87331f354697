package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How cloud-init makes a script of the list {@code runcmd} or {@code bootcmd}: a first line {@code
 * #!/bin/sh}, then each item, a list as quoted words on one line, a text as it stands.
 */
final class ShellItems {
  private static final String HEADER = "#!/bin/sh";

  private ShellItems() {}

  /** The script that cloud-init runs for that key: it leaves none on the disk for bootcmd. */
  static Optional<Script> script(String key, Stage stage, JsonNode config) {
    if (!config.path(key).isArray()) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (JsonNode item : config.path(key)) {
      lines.addAll(lines(item));
    }
    return Optional.of(new Script(key, stage, lines, starts(key, config, lines.size())));
  }

  /**
   * The first line of each item, from 1.
   *
   * @param lines how many lines the script has; if that does not fit the list, nothing is known
   */
  static List<Integer> starts(String key, JsonNode config, int lines) {
    List<Integer> starts = new ArrayList<>();
    int next = 2;
    for (JsonNode item : config.path(key)) {
      starts.add(next);
      next += lines(item).size();
    }
    return next - 1 == lines ? starts : List.of();
  }

  private static List<String> lines(JsonNode item) {
    if (item.isNull()) {
      return List.of();
    }
    if (!item.isArray()) {
      String text = item.asText();
      return text.isEmpty() ? List.of("") : (text + "\n").lines().toList();
    }
    List<String> words = new ArrayList<>();
    item.forEach(word -> words.add("'" + word.asText().replace("'", "'\\''") + "'"));
    return String.join(" ", words).lines().toList();
  }
}
