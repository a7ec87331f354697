package dev.bosky.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What cloud-init knows of the instance: {@code /run/cloud-init/instance-data.json}, on any cloud.
 *
 * <p>{@code /run} is emptied at every boot, so what stands there is of this boot. The standard keys
 * ({@code v1}) are in every version from 18.4 on; account, type, image and tags are from what the
 * EC2 data source copied of the metadata service. Names are written with hyphens or with
 * underscores, by version and place; both are read.
 */
public final class InstanceDataFile implements IdentityProvider {
  /** Where cloud-init writes it. */
  public static final String PATH = "/run/cloud-init/instance-data.json";

  /** The tag in which the auto-scaling service notes the group's name. */
  static final String GROUP_TAG = "aws:autoscaling:groupName";

  /** Some hundred times the usual size. */
  static final int MAX_BYTES = 16_000_000;

  /** The id that cloud-init gives where it found no data source: no instance's name. */
  static final String NO_DATA_SOURCE = "iid-datasource-none";

  private final Path file;
  private final Set<String> tagNames;

  /**
   * The file at that path.
   *
   * @param tagNames the tags that may leave the machine
   */
  public InstanceDataFile(Path file, Set<String> tagNames) {
    this.file = file;
    this.tagNames = Set.copyOf(tagNames);
  }

  /** A file that is absent, or cannot be read or understood, is "not known yet". */
  @Override
  public Optional<InstanceIdentity> find() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? Optional.empty() : parse(JsonTree.read(bytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<InstanceIdentity> parse(JsonNode root) {
    JsonNode v1 = root.path("v1");
    JsonNode ds = root.path("ds");
    JsonNode metadata = child(ds, "meta-data");
    JsonNode document = child(child(child(ds, "dynamic"), "instance-identity"), "document");
    Optional<String> id =
        text(v1, "instance-id")
            .or(() -> text(metadata, "instance-id"))
            .filter(text -> !text.equals(NO_DATA_SOURCE));
    Map<String, String> tags = tags(child(metadata, "tags").path("instance"));
    return id.map(
        instanceId ->
            new InstanceIdentity(
                Optional.of(instanceId),
                text(v1, "region").or(() -> text(document, "region")),
                text(v1, "availability-zone").or(() -> text(document, "availabilityZone")),
                text(document, "accountId"),
                text(document, "instanceType").or(() -> text(metadata, "instance-type")),
                text(document, "imageId").or(() -> text(metadata, "ami-id")),
                text(v1, "local-hostname"),
                Optional.ofNullable(tags.get(GROUP_TAG)),
                allowed(tags, tagNames)));
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<String, JsonNode> tag : node.properties()) {
      if (tag.getValue().isValueNode()) {
        tags.put(tag.getKey(), tag.getValue().asText());
      }
    }
    return tags;
  }

  /** Those of the tags that may leave the machine. */
  static Map<String, String> allowed(Map<String, String> tags, Set<String> names) {
    Map<String, String> allowed = new TreeMap<>(tags);
    allowed.keySet().retainAll(names);
    return allowed;
  }

  private static JsonNode child(JsonNode node, String hyphenated) {
    return node.has(hyphenated) ? node.path(hyphenated) : node.path(hyphenated.replace('-', '_'));
  }

  private static Optional<String> text(JsonNode node, String hyphenated) {
    JsonNode value = child(node, hyphenated);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(value.asText())
        : Optional.empty();
  }
}
