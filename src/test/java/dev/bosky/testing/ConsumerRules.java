package dev.bosky.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The event patterns in the CloudFormation templates of {@code cloud-config/consumers/}. */
public final class ConsumerRules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private ConsumerRules() {}

  public static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("cloud-config/consumers"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** A template; CloudFormation's tags are dropped, so that {@code !Ref X} reads {@code X}. */
  public static JsonNode template(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** The patterns of all templates as JSON texts, by {@code FILE/RULE}. */
  public static Map<String, String> patterns() throws IOException {
    Map<String, String> patterns = new TreeMap<>();
    for (Path file : templates()) {
      for (Map.Entry<String, JsonNode> resource : template(file).path("Resources").properties()) {
        if (resource.getValue().path("Type").asText().equals("AWS::Events::Rule")) {
          patterns.put(
              file.getFileName() + "/" + resource.getKey(),
              resource.getValue().at("/Properties/EventPattern").toString());
        }
      }
    }
    return patterns;
  }
}
