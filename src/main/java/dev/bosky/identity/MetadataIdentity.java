package dev.bosky.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The instance as the metadata service describes it: the identity document, the host name and,
 * where the instance was started with tags in its metadata, the tags.
 *
 * <p>At most four requests and one for each allowed tag; the first that gets no answer ends it,
 * with what is known by then.
 */
public final class MetadataIdentity implements IdentityProvider {
  private static final String DOCUMENT = "/latest/dynamic/instance-identity/document";
  private static final String HOSTNAME = "/latest/meta-data/local-hostname";
  private static final String TAGS = "/latest/meta-data/tags/instance";

  private final MetadataService service;
  private final Set<String> tagNames;

  /**
   * The instance that this service describes.
   *
   * @param tagNames the tags that may leave the machine
   */
  public MetadataIdentity(MetadataService service, Set<String> tagNames) {
    this.service = service;
    this.tagNames = Set.copyOf(tagNames);
  }

  @Override
  public Optional<InstanceIdentity> find() {
    try {
      Optional<String> text = service.get(DOCUMENT);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      JsonNode document = JsonTree.read(text.get());
      return text(document, "instanceId").map(id -> describe(id, document));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private InstanceIdentity describe(String id, JsonNode document) {
    Optional<String> hostname = Optional.empty();
    Map<String, String> tags = new TreeMap<>();
    try {
      hostname = service.get(HOSTNAME);
      readTags(tags);
    } catch (IOException e) {
      // The id is what counts; the rest is told as far as it came.
    }
    return new InstanceIdentity(
        Optional.of(id),
        text(document, "region"),
        text(document, "availabilityZone"),
        text(document, "accountId"),
        text(document, "instanceType"),
        text(document, "imageId"),
        hostname,
        Optional.ofNullable(tags.get(InstanceDataFile.GROUP_TAG)),
        InstanceDataFile.allowed(tags, tagNames));
  }

  private void readTags(Map<String, String> tags) throws IOException {
    for (String name : service.get(TAGS).orElse("").lines().toList()) {
      if (tagNames.contains(name) || name.equals(InstanceDataFile.GROUP_TAG)) {
        service.get(TAGS + "/" + name).ifPresent(value -> tags.put(name, value));
      }
    }
  }

  private static Optional<String> text(JsonNode document, String field) {
    return Optional.ofNullable(document.path(field).textValue()).filter(text -> !text.isEmpty());
  }
}
