package dev.bosky.boot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads cloud-config: YAML that others wrote, so with bounds and without complaints. */
final class CloudConfigYaml {
  /** An alias may not blow a small file up. */
  private static final int MAX_ALIASES = 50;

  private static final int MAX_DEPTH = 50;

  private static final YAMLFactory YAML = factory();

  private CloudConfigYaml() {}

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  /** The mapping in that text; missing if it is no YAML, or no mapping. */
  static JsonNode read(String text) {
    try (JsonParser parser = YAML.createParser(text)) {
      JsonNode tree = JsonTree.read(parser);
      return tree.isObject() ? tree : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
