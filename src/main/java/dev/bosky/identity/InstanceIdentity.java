package dev.bosky.identity;

import java.util.Map;
import java.util.Optional;

/**
 * Which instance this is, as far as it is known.
 *
 * @param instanceId such as {@code i-0abc}; empty only where the agent gave up asking
 * @param region the Region's code, such as {@code eu-west-1}
 * @param availabilityZone such as {@code eu-west-1a}
 * @param accountId twelve digits
 * @param instanceType such as {@code t3.small}
 * @param imageId such as {@code ami-0abc}
 * @param hostname the local host name
 * @param autoScalingGroup the group's name
 * @param tags the instance's tags that are on the allow-list
 */
public record InstanceIdentity(
    Optional<String> instanceId,
    Optional<String> region,
    Optional<String> availabilityZone,
    Optional<String> accountId,
    Optional<String> instanceType,
    Optional<String> imageId,
    Optional<String> hostname,
    Optional<String> autoScalingGroup,
    Map<String, String> tags) {
  /** Nothing is known. */
  public static final InstanceIdentity UNKNOWN =
      new InstanceIdentity(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  public InstanceIdentity {
    tags = Map.copyOf(tags);
  }

  /** Only the id is known. */
  public static InstanceIdentity of(String instanceId) {
    return new InstanceIdentity(
        Optional.of(instanceId),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
