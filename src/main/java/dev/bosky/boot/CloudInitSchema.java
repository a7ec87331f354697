package dev.bosky.boot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The top-level keys of a cloud-config that the cloud-init of this machine knows, from the JSON
 * Schema file that it carries (22.1 on). Up to 24.1 cloud-init says nothing about a key it does not
 * know.
 */
public final class CloudInitSchema {
  /** Nothing is known: no key is called unknown. */
  public static final CloudInitSchema NONE = new CloudInitSchema(Set.of());

  /** Where the file stands below a Python library folder, by version. */
  private static final List<String> FILES =
      List.of(
          "cloudinit/config/schemas/schema-cloud-config-v1.json",
          "cloudinit/config/cloud-init-schema.json");

  /**
   * Keys that cloud-init acts on but that the schema of some version lacks: settings of the image,
   * of merging, and old spellings.
   */
  private static final Set<String> UNLISTED =
      Set.of(
          "apt_sources",
          "cloud_type",
          "datasource",
          "datasource_list",
          "debug",
          "def_log_file",
          "disable_vpc",
          "features",
          "instance-id",
          "launch-index",
          "log_cfgs",
          "logcfg",
          "manual_cache_clean",
          "merge_how",
          "merge_type",
          "network",
          "no_ssh_fingerprints",
          "output",
          "reporting",
          "snappy",
          "ssh_import_id",
          "ssh-import-id",
          "syslog_fix_perms",
          "system_info",
          "ubuntu-advantage",
          "ubuntu_autoinstall",
          "ubuntu_pro",
          "unverified_modules",
          "vendor_data",
          "vendor_data2",
          "version",
          "warnings");

  private static final int MAX_DEPTH = 20;

  private final Set<String> known;

  private CloudInitSchema(Set<String> known) {
    this.known = Set.copyOf(known);
  }

  /**
   * Looks for the file below the folders of the system's Python versions.
   *
   * @param libraries such as {@code /usr/lib}, {@code /usr/lib64}, {@code /usr/local/lib}
   */
  public static CloudInitSchema find(List<Path> libraries) {
    return libraries.stream()
        .flatMap(library -> packages(library).stream())
        .flatMap(packages -> FILES.stream().map(packages::resolve))
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(CloudInitSchema::read)
        .orElse(NONE);
  }

  private static List<Path> packages(Path library) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> pythons = Files.newDirectoryStream(library, "python3*")) {
      for (Path python : pythons) {
        found.add(python.resolve("dist-packages"));
        found.add(python.resolve("site-packages"));
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  private static Optional<CloudInitSchema> read(Path file) {
    try {
      return Optional.of(of(JsonTree.read(Files.readAllBytes(file))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static CloudInitSchema of(JsonNode schema) {
    Set<String> known = new HashSet<>();
    collect(schema, schema, known, 0);
    return new CloudInitSchema(known);
  }

  private static void collect(JsonNode node, JsonNode root, Set<String> known, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    node.path("properties").fieldNames().forEachRemaining(known::add);
    String reference = node.path("$ref").asText("");
    if (reference.startsWith("#/")) {
      collect(root.at(reference.substring(1)), root, known, depth + 1);
    }
    for (String several : List.of("allOf", "anyOf", "oneOf")) {
      node.path(several).forEach(one -> collect(one, root, known, depth + 1));
    }
  }

  /** Compares a cloud-config's top-level keys with those that are known. */
  UserData.Keys compare(JsonNode config) {
    if (known.isEmpty()) {
      return UserData.Keys.UNKNOWN;
    }
    List<String> unknown = new ArrayList<>();
    config
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key) && !UNLISTED.contains(key)) {
                unknown.add(key);
              }
            });
    return new UserData.Keys(unknown, !unknown.isEmpty() && unknown.size() == config.size());
  }
}
