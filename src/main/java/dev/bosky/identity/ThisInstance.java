package dev.bosky.identity;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The instance this program runs on: the id that the user named, else the first that a file of
 * cloud-init tells, else the metadata service.
 *
 * <p>What the files leave out (older versions of cloud-init have no tags) is asked of the metadata
 * service, if it speaks of the same instance. An id that the user named is believed without a
 * question over the network, and the rest is told only if the files speak of that very instance.
 * Once known, the answer stays.
 */
public final class ThisInstance implements IdentityProvider {
  private final Optional<String> named;
  private final List<IdentityProvider> files;
  private final Optional<IdentityProvider> metadata;
  private volatile Optional<InstanceIdentity> known = Optional.empty();

  /**
   * The instance by these witnesses.
   *
   * @param named the id that the user gave
   * @param files in the order in which they are believed; no network
   * @param metadata the metadata service, unless it is switched off
   */
  public ThisInstance(
      Optional<String> named,
      List<? extends IdentityProvider> files,
      Optional<? extends IdentityProvider> metadata) {
    this.named = Objects.requireNonNull(named);
    this.files = List.copyOf(files);
    this.metadata = metadata.map(provider -> provider);
  }

  /** Whether asking again may bring an answer that was not there before. */
  public boolean mayComeLater() {
    return metadata.isPresent();
  }

  @Override
  public Optional<InstanceIdentity> find() {
    if (known.isEmpty()) {
      known = look();
    }
    return known;
  }

  private Optional<InstanceIdentity> look() {
    Optional<InstanceIdentity> local =
        files.stream().map(IdentityProvider::find).flatMap(Optional::stream).findFirst();
    if (named.isPresent()) {
      return local
          .filter(identity -> identity.instanceId().equals(named))
          .or(() -> named.map(InstanceIdentity::of));
    }
    if (local.isEmpty()) {
      return metadata.flatMap(IdentityProvider::find);
    }
    return local.map(identity -> isComplete(identity) ? identity : completed(identity));
  }

  /** Other clouds' instances are named otherwise, and EC2's service has nothing to say of them. */
  private static boolean isComplete(InstanceIdentity identity) {
    boolean onEc2 = identity.instanceId().filter(id -> id.startsWith("i-")).isPresent();
    return !onEc2 || (identity.accountId().isPresent() && !identity.tags().isEmpty());
  }

  private InstanceIdentity completed(InstanceIdentity local) {
    return metadata
        .flatMap(IdentityProvider::find)
        .filter(remote -> remote.instanceId().equals(local.instanceId()))
        .map(remote -> merged(local, remote))
        .orElse(local);
  }

  private static InstanceIdentity merged(InstanceIdentity first, InstanceIdentity second) {
    Map<String, String> tags = first.tags().isEmpty() ? second.tags() : first.tags();
    return new InstanceIdentity(
        first.instanceId(),
        first.region().or(second::region),
        first.availabilityZone().or(second::availabilityZone),
        first.accountId().or(second::accountId),
        first.instanceType().or(second::instanceType),
        first.imageId().or(second::imageId),
        first.hostname().or(second::hostname),
        first.autoScalingGroup().or(second::autoScalingGroup),
        tags);
  }
}
