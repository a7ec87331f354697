package dev.bosky.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes finished events: puts what is the same in every event of this instance around what a draft
 * says, computes the id, and keeps the size in bounds.
 *
 * <p>Texts come in masked. Has no state; any thread may call it. The same draft and identity give
 * the same bytes.
 */
public final class EventFactory {
  /** {@code SchemaVersion}; additions do not change it. */
  public static final String SCHEMA_VERSION = "1";

  /** A summary is one line of at most this many characters. */
  public static final int MAX_SUMMARY_CHARS = 200;

  /** In a draft, the key of the event that {@code RefersTo} means. */
  public static final String REFERS_TO_KEY = "RefersToKey";

  /** The detail's blocks after the head, in the order in which a person wants to read them. */
  private static final List<String> BLOCKS =
      List.of(
          "Pending",
          "Deadline",
          "RefersTo",
          "Outcome",
          "Boot",
          "Marker",
          "Log",
          "Evidence",
          "Notice");

  private final EventSettings settings;

  public EventFactory(EventSettings settings) {
    this.settings = Objects.requireNonNull(settings);
  }

  /** The same, for events made while other patterns are in force. */
  public EventFactory withPatterns(String hash) {
    return new EventFactory(settings.withPatterns(hash));
  }

  /**
   * The event of a draft.
   *
   * @param bootId the boot it belongs to
   */
  public Event finish(Draft draft, InstanceIdentity instance, String bootId) {
    String id = idOf(instance.instanceId().orElse(EventSettings.UNKNOWN), bootId, draft.key());
    return build(draft, id, instance, bootId);
  }

  /**
   * An event sent by hand.
   *
   * @param text the message, masked, of any length
   * @param boot the {@code Boot} block without its id, as far as it is known
   */
  public Event message(
      Status status,
      String text,
      InstanceIdentity instance,
      String bootId,
      ObjectNode boot,
      Instant time) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return message(id, status, text, instance, bootId, boot, time);
  }

  /** As the other, for a message whose id was given to it before. */
  public Event message(
      String id,
      Status status,
      String text,
      InstanceIdentity instance,
      String bootId,
      ObjectNode boot,
      Instant time) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("Message", text);
    detail.set("Boot", boot);
    Draft draft = new Draft(Kind.MESSAGE, status, 0, time, "", "", detail);
    return build(draft, id, instance, bootId);
  }

  private Event build(Draft draft, String id, InstanceIdentity instance, String bootId) {
    String instanceId = instance.instanceId().orElse(EventSettings.UNKNOWN);
    String team = team(draft, instance);
    String message = draft.detail().path("Message").asText();
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put(
        "Status", settings.statuses().getOrDefault(draft.status().label(), draft.status().label()));
    detail.put("Message", message);
    detail.put("SchemaVersion", SCHEMA_VERSION);
    detail.put("Id", id);
    detail.put("Kind", draft.kind().label());
    if (draft.sequence() > 0) {
      detail.put("Sequence", draft.sequence());
    }
    detail.put("Team", team);
    detail.put("Summary", summary(draft, instanceId, team, message));
    detail.set("Instance", instanceBlock(instance, instanceId));
    if (!settings.labels().isEmpty()) {
      ObjectNode labels = detail.putObject("Labels");
      new TreeMap<>(settings.labels()).forEach(labels::put);
    }
    if (draft.detail().has(REFERS_TO_KEY)) {
      String key = draft.detail().get(REFERS_TO_KEY).asText();
      detail.put("RefersTo", idOf(instanceId, bootId, key));
    }
    for (String block : BLOCKS) {
      if (block.equals("Boot")) {
        detail.set("Boot", bootBlock(draft, bootId));
      } else if (draft.detail().has(block)) {
        detail.set(block, draft.detail().get(block).deepCopy());
      }
    }
    ObjectNode agent = detail.putObject("Agent");
    agent.put("Version", settings.agentVersion());
    if (!settings.patterns().isEmpty()) {
      agent.put("Patterns", settings.patterns());
    }
    if (draft.kind() != Kind.MESSAGE) {
      DetailSize.fit(detail);
    }
    return new Event(
        id,
        draft.kind(),
        draft.status(),
        draft.sequence(),
        draft.time().truncatedTo(ChronoUnit.MILLIS),
        settings.project(),
        settings.detailType(),
        resources(instance),
        settings.bus(),
        JsonTree.text(detail));
  }

  private String team(Draft draft, InstanceIdentity instance) {
    if (!draft.team().isEmpty()) {
      return draft.team();
    }
    return settings
        .team()
        .or(() -> Optional.ofNullable(instance.tags().get("team")))
        .orElse(EventSettings.UNKNOWN);
  }

  private static ObjectNode bootBlock(Draft draft, String bootId) {
    ObjectNode boot = JsonNodeFactory.instance.objectNode();
    boot.put("Id", bootId);
    if (draft.detail().path("Boot") instanceof ObjectNode known) {
      boot.setAll(known);
    }
    return boot;
  }

  private static ObjectNode instanceBlock(InstanceIdentity instance, String instanceId) {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("Id", instanceId);
    instance.region().ifPresent(v -> block.put("Region", v));
    instance.availabilityZone().ifPresent(v -> block.put("AvailabilityZone", v));
    instance.accountId().ifPresent(v -> block.put("AccountId", v));
    instance.instanceType().ifPresent(v -> block.put("Type", v));
    instance.imageId().ifPresent(v -> block.put("ImageId", v));
    instance.hostname().ifPresent(v -> block.put("Hostname", v));
    instance.autoScalingGroup().ifPresent(v -> block.put("AutoScalingGroup", v));
    if (!instance.tags().isEmpty()) {
      ObjectNode tags = block.putObject("Tags");
      new TreeMap<>(instance.tags()).forEach(tags::put);
    }
    return block;
  }

  /** The instance id, then its ARN where account and Region are known. */
  private static List<String> resources(InstanceIdentity instance) {
    List<String> resources = new ArrayList<>();
    instance
        .instanceId()
        .ifPresent(
            id -> {
              resources.add(id);
              if (instance.accountId().isPresent() && instance.region().isPresent()) {
                String region = instance.region().get();
                resources.add(
                    "arn:%s:ec2:%s:%s:instance/%s"
                        .formatted(partition(region), region, instance.accountId().get(), id));
              }
            });
    return resources;
  }

  /** The partition of a Region, by the prefixes of AWS's own list. */
  public static String partition(String region) {
    return Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "us-isof-", "aws-iso-f",
            "eu-isoe-", "aws-iso-e",
            "eusc-", "aws-eusc")
        .entrySet()
        .stream()
        .filter(e -> region.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("aws");
  }

  /** Who, for whom, what, where: {@code i-0abc payments: text (part-001, 41 s after boot)}. */
  private static String summary(Draft draft, String instanceId, String team, String message) {
    String head = instanceId + " " + team + ": ";
    List<String> where = new ArrayList<>();
    String script = draft.detail().path("Boot").path("Script").asText("");
    String stage = draft.detail().path("Boot").path("Stage").asText("");
    if (!script.isEmpty()) {
      where.add(script);
    } else if (!stage.isEmpty()) {
      where.add(stage);
    }
    if (draft.detail().path("Boot").has("UptimeSeconds")) {
      where.add(
          Math.round(draft.detail().path("Boot").path("UptimeSeconds").asDouble())
              + " s after boot");
    }
    String tail = where.isEmpty() ? "" : " (" + String.join(", ", where) + ")";
    String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (head.length() + tail.length() > MAX_SUMMARY_CHARS / 2) {
      tail = "";
    }
    return cut(cut(head, MAX_SUMMARY_CHARS / 2) + cut(line, room(head, tail)) + tail);
  }

  private static int room(String head, String tail) {
    return Math.max(20, MAX_SUMMARY_CHARS - head.length() - tail.length());
  }

  private static String cut(String text) {
    return cut(text, MAX_SUMMARY_CHARS);
  }

  /** At most so many characters, never half a surrogate pair; an ellipsis shows the cut. */
  static String cut(String text, int maxChars) {
    if (text.length() <= maxChars) {
      return text;
    }
    int end = maxChars - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** 128 bits of SHA-256 over the three, in hexadecimal. */
  static String idOf(String instanceId, String bootId, String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((instanceId + '\n' + bootId + '\n' + key).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
